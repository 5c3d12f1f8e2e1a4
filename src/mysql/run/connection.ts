/**
 * One SQLite database in memory that holds the tables of all MySQL databases (`"world_1.city"`), and the guard around
 * everything that runs in it: a step budget, limits, and an authorizer that knows reading and writing rows only.
 */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { createTableSql, tableSql } from '../compile/sqlite-text.ts'
import { LIMIT_WORDS, type SqlLimits } from '../limits.ts'
import type { Cell, StoredTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { SqlValue } from '../values/result-set.ts'
import { typeOfColumn } from '../values/value-type.ts'
import type { SqlEngine } from './engine.ts'
import { raisedBy } from './functions/raised-errors.ts'
import { registerFunctions } from './functions/register.ts'

/** How often the guard looks, in steps of the virtual machine. */
const GUARD_EVERY = 1000
/** What a call out of WebAssembly counts for, in the same steps. */
const CALL_COST = 40
const SAVEPOINT = 'episode'

export interface Connection {
  /** Rows of a compiled query. Throws SqlError for what goes over a limit. */
  query(sql: string, width: number, most?: number): SqlValue[][]
  /** Runs compiled writes. Throws SqlError, and then everything is as it was loaded. */
  write(statements: readonly string[]): void
  /** Starts from what was loaded. Cheap when nothing was written. */
  restore(): void
  /** How large the databases are. */
  bytes(): number
  close(): void
}

export function openConnection(engine: SqlEngine, tables: readonly StoredTable[], limits: SqlLimits): Connection {
  const { capi, wasm, oo1 } = engine.sqlite
  const db = new oo1.DB(':memory:')
  db.exec(
    `PRAGMA temp_store = MEMORY; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF`,
  )
  let left = Number.POSITIVE_INFINITY
  let stopped: 'operations' | 'memory' | undefined
  const charge = (): boolean => {
    left -= CALL_COST
    if (left < 0) stopped ??= 'operations'
    return stopped === undefined
  }
  registerFunctions(engine, db, charge)
  load(db, tables)
  const pages = Number(db.selectValue('PRAGMA page_count'))
  db.exec(`PRAGMA max_page_count = ${pages + limits.extraPages}`)
  capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0)
  for (const [name, value] of [
    ['SQLITE_LIMIT_LENGTH', limits.valueBytes],
    ['SQLITE_LIMIT_SQL_LENGTH', 400_000],
    ['SQLITE_LIMIT_COLUMN', 2000],
    ['SQLITE_LIMIT_EXPR_DEPTH', 400],
    ['SQLITE_LIMIT_COMPOUND_SELECT', 100],
    ['SQLITE_LIMIT_VDBE_OP', 200_000],
    ['SQLITE_LIMIT_FUNCTION_ARG', 100],
    ['SQLITE_LIMIT_ATTACHED', 0],
    ['SQLITE_LIMIT_LIKE_PATTERN_LENGTH', 1000],
    ['SQLITE_LIMIT_TRIGGER_DEPTH', 1],
    ['SQLITE_LIMIT_WORKER_THREADS', 0],
  ] as const)
    capi.sqlite3_limit(db, capi[name], value)

  const guard = (): number => {
    left -= GUARD_EVERY
    if (left < 0) stopped = 'operations'
    else if (wasm.heap8u().byteLength > limits.memoryBytes) stopped = 'memory'
    return stopped === undefined ? 0 : 1
  }
  capi.sqlite3_progress_handler(db, GUARD_EVERY, guard, 0)
  db.exec(`SAVEPOINT ${SAVEPOINT}`)
  let mode: 'read' | 'write' | 'own' = 'read'
  let written = false
  const reading = new Set<number>([capi.SQLITE_SELECT, capi.SQLITE_READ, capi.SQLITE_FUNCTION, capi.SQLITE_RECURSIVE])
  const writing = new Set<number>([
    ...reading,
    capi.SQLITE_INSERT,
    capi.SQLITE_UPDATE,
    capi.SQLITE_DELETE,
    capi.SQLITE_CREATE_TABLE,
    capi.SQLITE_CREATE_INDEX,
    capi.SQLITE_DROP_TABLE,
    capi.SQLITE_DROP_INDEX,
    capi.SQLITE_ALTER_TABLE,
    capi.SQLITE_REINDEX,
    capi.SQLITE_TRANSACTION,
    capi.SQLITE_SAVEPOINT,
  ])
  capi.sqlite3_set_authorizer(
    db,
    (_context, action) => {
      if (mode === 'own' || (mode === 'read' ? reading : writing).has(action)) return capi.SQLITE_OK
      return capi.SQLITE_DENY
    },
    0,
  )

  function explained(thrown: unknown): SqlError {
    if (thrown instanceof SqlError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    const raised = raisedBy(message)
    if (raised !== undefined) return new SqlError(1242, raised)
    if (stopped === 'operations') return new SqlError(3024, LIMIT_WORDS.operations)
    if (stopped === 'memory' || /out of memory|NOMEM|memory access|RangeError/i.test(message))
      return new SqlError(0, LIMIT_WORDS.memory)
    if (/too big/.test(message)) return new SqlError(1301, LIMIT_WORDS.value)
    if (/database or disk is full/.test(message)) return new SqlError(1114, LIMIT_WORDS.full('tmp'))
    const unique = /UNIQUE constraint failed: (.*)/.exec(message)
    if (unique !== null) return new SqlError(1062, `Duplicate entry for key '${unique[1] ?? ''}'`)
    const missing = /NOT NULL constraint failed: .*\.(.*)/.exec(message)
    if (missing !== null) return new SqlError(1048, `Column '${missing[1] ?? ''}' cannot be null`)
    if (/too many|Expression tree|parser stack|too large|limit/i.test(message))
      return new SqlError(0, LIMIT_WORDS.complex)
    return new SqlError(
      0,
      `The engine could not run it: ${message.replace(/^SQLITE_\w+: sqlite3 result code \d+: /, '')}`,
    )
  }

  function budget(): void {
    left = limits.operations
    stopped = undefined
  }

  function query(sql: string, width: number, most = limits.rows): SqlValue[][] {
    budget()
    const rows: SqlValue[][] = []
    let characters = 0
    try {
      const statement = db.prepare(sql)
      try {
        const pointer = statement.pointer
        if (pointer === undefined) throw new Error('no statement')
        while (statement.step()) {
          if (rows.length >= most) throw new SqlError(0, LIMIT_WORDS.rows(most))
          const row: SqlValue[] = new Array<SqlValue>(width)
          for (let i = 0; i < width; i++) {
            const cell = cellOf(pointer, i)
            if (typeof cell === 'string') characters += cell.length
            row[i] = cell
          }
          characters += width * 4
          if (characters > limits.characters) throw new SqlError(0, LIMIT_WORDS.characters(limits.characters))
          rows.push(row)
        }
      } finally {
        statement.finalize()
      }
    } catch (thrown) {
      throw explained(thrown)
    }
    return rows
  }

  function cellOf(pointer: number, i: number): SqlValue {
    switch (capi.sqlite3_column_type(pointer, i)) {
      case capi.SQLITE_INTEGER: {
        const value = capi.sqlite3_column_double(pointer, i)
        return Number.isSafeInteger(value) ? value : BigInt(capi.sqlite3_column_int64(pointer, i))
      }
      case capi.SQLITE_FLOAT:
        return capi.sqlite3_column_double(pointer, i)
      case capi.SQLITE_NULL:
        return null
      default:
        return capi.sqlite3_column_text(pointer, i) ?? ''
    }
  }

  function own(sql: string): void {
    mode = 'own'
    budget()
    db.exec(sql)
    mode = 'read'
  }

  function write(statements: readonly string[]): void {
    budget()
    own('SAVEPOINT statement')
    budget()
    mode = 'write'
    written = true
    try {
      for (const sql of statements) db.exec(sql)
      own('RELEASE statement')
    } catch (thrown) {
      const error = explained(thrown)
      // Some failures make SQLite roll everything back: then the savepoints are gone, and with them all that was written.
      if (capi.sqlite3_get_autocommit(db) !== 0) own(`SAVEPOINT ${SAVEPOINT}`)
      else own(`ROLLBACK TO ${SAVEPOINT}`)
      written = false
      throw error
    } finally {
      mode = 'read'
    }
  }

  function restore(): void {
    if (!written) return
    own(`ROLLBACK TO ${SAVEPOINT}`)
    written = false
  }

  function pageCount(): number {
    mode = 'own'
    const count = Number(db.selectValue('PRAGMA page_count'))
    mode = 'read'
    return count
  }

  return {
    query,
    write,
    restore,
    bytes: () => pageCount() * 4096,
    close: () => db.close(),
  }
}

function load(db: Database, tables: readonly StoredTable[]): void {
  db.exec('BEGIN')
  for (const table of tables) {
    const [create = '', ...indexes] = createTableSql(table)
    db.exec(create)
    const places = table.columns.map(() => '?').join(', ')
    const statement = db.prepare(`INSERT INTO ${tableSql(table)} VALUES (${places})`)
    const types = table.columns.map(({ type }) => typeOfColumn(type).kind)
    try {
      for (const row of table.rows) {
        statement.bind(row.map((cell, i) => bound(cell, types[i] === 'float')))
        statement.stepReset()
      }
    } finally {
      statement.finalize()
    }
    for (const index of indexes) db.exec(index)
  }
  db.exec('COMMIT')
}

/** FLOAT holds 24 bits, as in MySQL: 78.4 in it is not 78.4. */
function bound(cell: Cell, float: boolean): Cell {
  return float && typeof cell === 'number' ? Math.fround(cell) : cell
}
