/** One MySQL statement: a query, a look at the schema, a change of database, or a write. */

import { SqlError } from '../../sql-error.ts'
import { Cursor } from '../cursor.ts'
import { parseExpression } from '../expression/expression.ts'
import { expressionList } from '../parts.ts'
import { GRAMMAR, names, parseQuery, tableName } from '../query/query.ts'
import type { ColumnReference, Expression, NamedTable, Statement, Write } from '../syntax.ts'
import { columnDefinition, parseTableDefinition } from './table-definition.ts'

/** Throws SqlError where the server would. */
export function parseStatement(source: string): Statement {
  const c = new Cursor(source, GRAMMAR)
  if (c.atEnd()) throw new SqlError(1065, 'Query was empty')
  const statement = read(c)
  if (c.takeSymbol(';')) {
    while (c.takeSymbol(';'));
    // The connector reads one result set.
    if (!c.atEnd()) throw new SqlError(0, 'Use multi=True when executing multiple statements')
  } else if (!c.atEnd()) throw c.error()
  return statement
}

function read(c: Cursor): Statement {
  if (c.isSymbol('(') || c.isWord('SELECT') || c.isWord('WITH') || c.isWord('TABLE') || c.isWord('VALUES'))
    return { kind: 'query', query: parseQuery(c) }
  const word = c.token.kind === 'word' ? c.token.upper : ''
  switch (word) {
    case 'SHOW':
      c.next()
      return show(c)
    case 'DESCRIBE':
    case 'DESC':
    case 'EXPLAIN':
      c.next()
      return describe(c)
    case 'USE':
      c.next()
      return { kind: 'use', database: c.name() }
    case 'SET':
    case 'COMMIT':
    case 'ROLLBACK':
    case 'BEGIN':
    case 'START':
    case 'UNLOCK':
    case 'LOCK':
    case 'FLUSH':
    case 'ANALYZE':
      rest(c)
      return { kind: 'nothing' }
    case 'INSERT':
    case 'REPLACE':
      return insert(c)
    case 'UPDATE':
      return update(c)
    case 'DELETE':
      return remove(c)
    case 'CREATE':
      return create(c)
    case 'DROP':
      return drop(c)
    case 'TRUNCATE':
      c.next()
      c.takeWord('TABLE')
      return { kind: 'delete', table: tableName(c), where: undefined }
    case 'ALTER':
      return alter(c)
    case 'CALL':
    case 'GRANT':
    case 'REVOKE':
    case 'LOAD':
    case 'PREPARE':
    case 'EXECUTE':
    case 'DO':
    case 'HANDLER':
    case 'KILL':
    case 'RENAME':
    case 'OPTIMIZE':
    case 'INSTALL':
    case 'SHUTDOWN':
      throw new SqlError(0, `${word} statements are not run here`)
    default:
      throw c.error()
  }
}

function rest(c: Cursor): void {
  while (!c.atEnd() && !c.isSymbol(';')) c.next()
}

function show(c: Cursor): Statement {
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
  rest(c)
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

function describe(c: Cursor): Statement {
  if (
    ['SELECT', 'WITH', 'FORMAT', 'ANALYZE', 'INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'TABLE'].includes(c.token.upper) ||
    c.isSymbol('(')
  ) {
    if (c.takeWord('FORMAT')) {
      c.expectSymbol('=')
      c.next()
    } else c.takeWord('ANALYZE')
    parseQuery(c)
    return { kind: 'explain' }
  }
  const table = tableName(c)
  if (c.token.kind === 'string') return { kind: 'describe', table, column: c.next().text }
  return { kind: 'describe', table, column: c.isName() ? c.name() : undefined }
}

function insert(c: Cursor): Write {
  const replace = c.next().upper === 'REPLACE'
  c.takeOne('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY')
  const ignore = c.takeWord('IGNORE')
  c.takeWord('INTO')
  const table = tableName(c)
  const columns =
    c.isSymbol('(') && c.peek(1).upper !== 'SELECT' && c.peek(1).upper !== 'WITH' ? columnList(c) : undefined
  const common = { kind: 'insert', verb: replace ? 'REPLACE' : ignore ? 'INSERT OR IGNORE' : 'INSERT', table } as const
  if (c.takeWord('SET')) {
    const set = assignments(c)
    return {
      ...common,
      columns: set.map(({ column }) => column.name),
      rows: [set.map(({ value }) => value)],
      query: undefined,
    }
  }
  if (c.takeWord('VALUES') || c.takeWord('VALUE')) {
    const rows: Expression[][] = []
    do rows.push(valueRow(c))
    while (c.takeSymbol(','))
    if (c.isWord('ON')) throw new SqlError(0, 'ON DUPLICATE KEY UPDATE is not supported here')
    return { ...common, columns, rows, query: undefined }
  }
  return { ...common, columns, rows: [], query: parseQuery(c) }
}

function columnList(c: Cursor): string[] {
  if (!c.isSymbol(')', 1)) return names(c)
  c.next()
  c.next()
  return []
}

function valueRow(c: Cursor): Expression[] {
  c.expectSymbol('(')
  const row = c.isSymbol(')') ? [] : expressionList(c)
  c.expectSymbol(')')
  return row
}

function assignments(c: Cursor): { column: ColumnReference; value: Expression }[] {
  const set: { column: ColumnReference; value: Expression }[] = []
  do {
    const first = c.name()
    const second = c.takeSymbol('.') ? c.nameAfterDot() : undefined
    c.expectSymbol('=')
    const column: ColumnReference = {
      kind: 'column',
      database: undefined,
      table: second === undefined ? undefined : first,
      name: second ?? first,
    }
    set.push({ column, value: parseExpression(c) })
  } while (c.takeSymbol(','))
  return set
}

function update(c: Cursor): Write {
  c.next()
  c.takeWord('LOW_PRIORITY')
  c.takeWord('IGNORE')
  const table = aliased(c)
  if (!c.isWord('SET') && (c.isSymbol(',') || /^(INNER|JOIN|LEFT|RIGHT|CROSS|NATURAL)$/.test(c.token.upper)))
    throw new SqlError(0, 'UPDATE of several tables is not supported here')
  c.expectWord('SET')
  const set = assignments(c)
  const where = c.takeWord('WHERE') ? parseExpression(c) : undefined
  refuseOrder(c, 'UPDATE')
  return { kind: 'update', table, set, where }
}

function aliased(c: Cursor): NamedTable {
  const table = tableName(c)
  if (c.takeWord('AS')) return { ...table, alias: c.name() }
  return c.isName() ? { ...table, alias: c.name() } : table
}

function remove(c: Cursor): Write {
  c.next()
  c.takeWord('LOW_PRIORITY')
  c.takeWord('QUICK')
  c.takeWord('IGNORE')
  if (!c.takeWord('FROM'))
    throw c.isName() ? new SqlError(0, 'DELETE from several tables is not supported here') : c.error()
  const table = aliased(c)
  const where = c.takeWord('WHERE') ? parseExpression(c) : undefined
  refuseOrder(c, 'DELETE')
  return { kind: 'delete', table, where }
}

function refuseOrder(c: Cursor, verb: string): void {
  if (c.isWord('ORDER') || c.isWord('LIMIT'))
    throw new SqlError(0, `${verb} with ORDER BY or LIMIT is not supported here`)
}

function create(c: Cursor): Write {
  c.next()
  c.takeWord('TEMPORARY')
  if (c.takeWord('TABLE')) return { kind: 'create-table', table: parseTableDefinition(c) }
  const what = c.token.upper
  if (c.atEnd()) throw c.error()
  throw new SqlError(0, `CREATE ${what} is not run here`)
}

function drop(c: Cursor): Write {
  c.next()
  c.takeWord('TEMPORARY')
  if (!c.takeWord('TABLE') && !c.takeWord('TABLES')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `DROP ${c.token.upper} is not run here`)
  }
  const ifExists = c.takeWord('IF', 'EXISTS')
  const tables = [tableName(c)]
  while (c.takeSymbol(',')) tables.push(tableName(c))
  if (!c.takeWord('CASCADE')) c.takeWord('RESTRICT')
  return { kind: 'drop-table', tables, ifExists }
}

function alter(c: Cursor): Write {
  c.next()
  if (!c.takeWord('TABLE')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `ALTER ${c.token.upper} is not run here`)
  }
  const table = tableName(c)
  if (c.takeWord('ADD')) {
    if (/^(PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK)$/.test(c.token.upper))
      throw new SqlError(0, 'ALTER TABLE cannot add keys here')
    c.takeWord('COLUMN')
    const column = columnDefinition(c)
    if (c.takeWord('AFTER')) c.name()
    else c.takeWord('FIRST')
    return { kind: 'alter-table', table, change: { kind: 'add', column } }
  }
  if (c.takeWord('DROP')) {
    c.takeWord('COLUMN')
    return { kind: 'alter-table', table, change: { kind: 'drop', column: c.name() } }
  }
  if (c.takeWord('RENAME')) {
    if (c.takeWord('COLUMN')) {
      const column = c.name()
      c.expectWord('TO')
      return { kind: 'alter-table', table, change: { kind: 'rename', column, to: c.name() } }
    }
    if (!c.takeWord('TO')) c.takeWord('AS')
    return { kind: 'alter-table', table, change: { kind: 'rename-table', to: c.name() } }
  }
  throw new SqlError(0, 'This change of a table is not supported here')
}
