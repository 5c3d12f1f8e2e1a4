/** SHOW, DESCRIBE and EXPLAIN. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { Explain, Show, Shown, Statement } from '../statement-syntax.ts'
import { insert, remove, update } from './manipulation.ts'

/** Answers that have no rows here: the words after SHOW, and the columns. */
const WITHOUT_ROWS: readonly (readonly [words: string, columns: string])[] = [
  [
    'TRIGGERS',
    'Trigger Event Table Statement Timing Created sql_mode Definer character_set_client collation_connection Database_Collation',
  ],
  [
    'EVENTS',
    'Db Name Definer Time_zone Type Execute_at Interval_value Interval_field Starts Ends Status Originator character_set_client collation_connection Database_Collation',
  ],
  [
    'PROCEDURE STATUS',
    'Db Name Type Definer Modified Created Security_type Comment character_set_client collation_connection Database_Collation',
  ],
  [
    'FUNCTION STATUS',
    'Db Name Type Definer Modified Created Security_type Comment character_set_client collation_connection Database_Collation',
  ],
  ['OPEN TABLES', 'Database Table In_use Name_locked'],
  ['PLUGINS', 'Name Status Type Library License'],
  ['WARNINGS', 'Level Code Message'],
  ['ERRORS', 'Level Code Message'],
  ['PROFILES', 'Query_ID Duration Query'],
  ['PROFILE', 'Status Duration'],
  ['MASTER STATUS', 'File Position Binlog_Do_DB Binlog_Ignore_DB Executed_Gtid_Set'],
  ['BINARY LOGS', 'Log_name File_size Encrypted'],
  ['MASTER LOGS', 'Log_name File_size Encrypted'],
  ['REPLICAS', 'Server_Id Host Port Source_Id Replica_UUID'],
]

const PLAIN: Omit<Show, 'what'> = {
  kind: 'show',
  full: false,
  global: false,
  guarded: false,
  database: undefined,
  table: undefined,
  columns: [],
  like: undefined,
  where: undefined,
}

export function show(c: Cursor): Statement {
  const extended = c.takeWord('EXTENDED')
  const full = c.takeWord('FULL')
  if (c.takeWord('TABLES')) return { ...PLAIN, what: 'tables', full, database: fromName(c), ...filter(c) }
  if (c.takeWord('COLUMNS') || c.takeWord('FIELDS'))
    return { ...PLAIN, what: 'columns', full, ...inTable(c), ...filter(c) }
  if (full && c.takeWord('PROCESSLIST')) return { ...PLAIN, what: 'processlist', full }
  if (full) throw c.error()
  if (c.takeOne('INDEX', 'INDEXES', 'KEYS') !== undefined) {
    const table = inTable(c)
    return { ...PLAIN, what: 'index', ...table, where: c.takeWord('WHERE') ? c.expression() : undefined }
  }
  if (extended) throw c.error()
  if (c.takeWord('DATABASES') || c.takeWord('SCHEMAS')) return { ...PLAIN, what: 'databases', ...filter(c) }
  if (c.takeWord('TABLE', 'STATUS')) return { ...PLAIN, what: 'table-status', database: fromName(c), ...filter(c) }
  if (c.takeWord('CREATE')) return created(c)
  const scope = c.takeOne('GLOBAL', 'SESSION', 'LOCAL')
  const scoped: Shown | undefined = c.takeWord('VARIABLES') ? 'variables' : c.takeWord('STATUS') ? 'status' : undefined
  if (scoped !== undefined) return { ...PLAIN, what: scoped, global: scope === 'GLOBAL', ...filter(c) }
  if (scope !== undefined) throw c.error()
  if (c.takeWord('CHARACTER', 'SET') || c.takeWord('CHARSET')) return { ...PLAIN, what: 'character-set', ...filter(c) }
  if (c.takeWord('COLLATION')) return { ...PLAIN, what: 'collation', ...filter(c) }
  if (c.takeWord('STORAGE', 'ENGINES') || c.takeWord('ENGINES')) return { ...PLAIN, what: 'engines' }
  if (c.takeWord('PROCESSLIST')) return { ...PLAIN, what: 'processlist' }
  if (c.takeWord('PRIVILEGES')) return { ...PLAIN, what: 'privileges' }
  if (c.takeWord('GRANTS')) {
    if (c.isWord('FOR'))
      throw new SqlError(0, 'SHOW GRANTS FOR an account is not supported here; SHOW GRANTS tells your own')
    return { ...PLAIN, what: 'grants' }
  }
  if (c.isWord('COUNT') && c.isSymbol('(', 1)) return counted(c)
  for (const [words, columns] of WITHOUT_ROWS) {
    const [first = '', ...rest] = words.split(' ')
    if (!c.takeWord(first, ...rest)) continue
    // Clauses that choose among rows: there are none.
    c.skipStatement()
    return { ...PLAIN, what: 'nothing', columns: columns.split(' ') }
  }
  if (c.takeOne('ENGINE', 'BINLOG', 'REPLICA', 'SLAVE', 'RELAYLOG', 'MASTER', 'BINARY') !== undefined)
    throw new SqlError(0, 'This form of SHOW is not supported here')
  throw c.error()
}

function counted(c: Cursor): Show {
  c.next()
  for (const symbol of ['(', '*', ')']) c.expectSymbol(symbol)
  if (c.takeWord('WARNINGS')) return { ...PLAIN, what: 'warning-count' }
  c.expectWord('ERRORS')
  return { ...PLAIN, what: 'error-count' }
}

/** After SHOW CREATE. */
function created(c: Cursor): Show {
  if (c.takeWord('TABLE')) return { ...PLAIN, what: 'create-table', table: tableName(c) }
  if (c.takeWord('VIEW')) return { ...PLAIN, what: 'create-view', table: tableName(c) }
  if (c.takeWord('DATABASE') || c.takeWord('SCHEMA')) {
    const guarded = c.takeWord('IF', 'NOT', 'EXISTS')
    return { ...PLAIN, what: 'create-database', guarded, database: c.name() }
  }
  const stored = c.takeOne('PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT')
  if (stored === undefined) {
    if (c.isWord('USER')) throw new SqlError(0, 'SHOW CREATE USER is not supported here')
    throw c.error()
  }
  const { name } = tableName(c)
  if (stored === 'TRIGGER') throw new SqlError(1360, 'Trigger does not exist')
  if (stored === 'EVENT') throw new SqlError(1539, `Unknown event '${name}'`)
  throw new SqlError(1305, `${stored} ${name} does not exist`)
}

function fromName(c: Cursor): string | undefined {
  return c.takeOne('FROM', 'IN') === undefined ? undefined : c.name()
}

/** `FROM table`, `FROM table FROM database`, `FROM database.table`. */
function inTable(c: Cursor): Pick<Show, 'table'> {
  if (c.takeOne('FROM', 'IN') === undefined) throw c.error()
  const table = tableName(c)
  const database = fromName(c)
  return { table: database === undefined ? table : { ...table, database } }
}

function filter(c: Cursor): Pick<Show, 'like' | 'where'> {
  if (c.takeWord('LIKE')) {
    if (c.token.kind !== 'string') throw c.error()
    return { like: c.next().text, where: undefined }
  }
  return { like: undefined, where: c.takeWord('WHERE') ? c.expression() : undefined }
}

/** After DESCRIBE, DESC or EXPLAIN. */
export function describe(c: Cursor): Statement {
  const form = formOf(c)
  if (form !== undefined || startsStatement(c))
    return { kind: 'explain', form: form ?? 'TRADITIONAL', statement: explained(c) }
  const table = tableName(c)
  if (c.token.kind === 'string') return { kind: 'describe', table, column: c.next().text }
  return { kind: 'describe', table, column: c.isName() ? c.name() : undefined }
}

function formOf(c: Cursor): Explain['form'] | undefined {
  if (c.takeWord('ANALYZE')) {
    if (c.takeWord('FORMAT')) formatName(c)
    return 'ANALYZE'
  }
  if (!c.isWord('FORMAT') || !c.isSymbol('=', 1)) return undefined
  c.next()
  return formatName(c)
}

function formatName(c: Cursor): Explain['form'] {
  c.expectSymbol('=')
  const token = c.next()
  const format = token.text.toUpperCase()
  if (format === 'TRADITIONAL' || format === 'TREE' || format === 'JSON') return format
  throw new SqlError(1791, `Unknown EXPLAIN format name: '${token.text}'`)
}

function startsStatement(c: Cursor): boolean {
  return c.isSymbol('(') || /^(SELECT|WITH|TABLE|VALUES|INSERT|REPLACE|UPDATE|DELETE|FOR)$/.test(c.token.upper)
}

function explained(c: Cursor): Explain['statement'] {
  switch (c.token.upper) {
    case 'INSERT':
    case 'REPLACE':
      return insert(c)
    case 'UPDATE':
      return update(c)
    case 'DELETE':
      return remove(c)
    case 'FOR':
      throw new SqlError(0, 'EXPLAIN FOR CONNECTION is not supported here')
    default:
      return { kind: 'query', query: c.query() }
  }
}
