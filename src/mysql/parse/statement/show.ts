/** SHOW, DESCRIBE and EXPLAIN. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { Statement } from '../statement-syntax.ts'

export function show(c: Cursor): Statement {
  const full = c.takeWord('FULL')
  if (!full) c.takeWord('EXTENDED')
  const common = { kind: 'show', full } as const
  if (c.takeWord('TABLES')) {
    const database = fromName(c)
    return { ...common, what: 'tables', database, table: undefined, like: likeText(c) }
  }
  if (c.takeWord('COLUMNS') || c.takeWord('FIELDS')) {
    if (c.takeOne('FROM', 'IN') === undefined) throw c.error()
    const table = tableName(c)
    const database = fromName(c)
    const inside = database === undefined ? table : { ...table, database }
    return { ...common, what: 'columns', database, table: inside, like: likeText(c) }
  }
  if (full) throw c.error()
  if (c.takeWord('DATABASES') || c.takeWord('SCHEMAS'))
    return { ...common, what: 'databases', database: undefined, table: undefined, like: likeText(c) }
  if (c.takeWord('CREATE', 'TABLE'))
    return { ...common, what: 'create-table', database: undefined, table: tableName(c), like: undefined }
  if (c.takeOne('INDEX', 'INDEXES', 'KEYS') !== undefined) {
    if (c.takeOne('FROM', 'IN') === undefined) throw c.error()
    return { ...common, what: 'index', database: undefined, table: tableName(c), like: undefined }
  }
  const known = [
    'WARNINGS',
    'ERRORS',
    'TRIGGERS',
    'EVENTS',
    'VARIABLES',
    'STATUS',
    'PROCESSLIST',
    'GRANTS',
    'OPEN',
    'GLOBAL',
    'SESSION',
    'TABLE',
    'ENGINES',
    'PLUGINS',
    'PRIVILEGES',
    'COLLATION',
    'CHARACTER',
    'PROCEDURE',
    'FUNCTION',
    'CREATE',
  ]
  if (!known.includes(c.token.upper)) throw c.error()
  c.skipStatement()
  return { ...common, what: 'empty', database: undefined, table: undefined, like: undefined }
}

function fromName(c: Cursor): string | undefined {
  return c.takeOne('FROM', 'IN') === undefined ? undefined : c.name()
}

function likeText(c: Cursor): string | undefined {
  if (c.takeWord('LIKE')) {
    if (c.token.kind !== 'string') throw c.error()
    return c.next().text
  }
  if (c.takeWord('WHERE')) throw new SqlError(0, 'SHOW ... WHERE is not supported here; use LIKE')
  return undefined
}

export function describe(c: Cursor): Statement {
  if (
    ['SELECT', 'WITH', 'FORMAT', 'ANALYZE', 'INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'TABLE'].includes(c.token.upper) ||
    c.isSymbol('(')
  ) {
    if (c.takeWord('FORMAT')) {
      c.expectSymbol('=')
      c.next()
    } else c.takeWord('ANALYZE')
    c.query()
    return { kind: 'explain' }
  }
  const table = tableName(c)
  if (c.token.kind === 'string') return { kind: 'describe', table, column: c.next().text }
  return { kind: 'describe', table, column: c.isName() ? c.name() : undefined }
}
