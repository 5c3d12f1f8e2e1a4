/**
 * One SQLite database in memory that holds the tables of all MySQL databases, and runs compiled statements in it, one
 * after the other, each within its limits.
 */

import { tableSql } from '../compile/sqlite-text.ts'
import { LIMIT_WORDS, type SqlLimits } from '../limits.ts'
import type { StoredTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { SqlValue } from '../values/result-set.ts'
import { createBudget } from './budget.ts'
import type { SqlEngine } from './engine.ts'
import { explainedError } from './explained-error.ts'
import { registerFunctions } from './functions/register.ts'
import { loadTable, loadTables } from './load-tables.ts'
import { type Mode, restrict } from './restrict.ts'

/** The savepoint at which everything is as it was loaded. */
const LOADED = 'loaded'

export interface Connection {
  /** Rows of a compiled query. Throws SqlError for what goes over a limit. */
  query(sql: string, width: number): SqlValue[][]
  /** Lays tables that are made up for a statement beside the others, in the place of those of their names. */
  lend(tables: readonly StoredTable[]): void
  /** Runs compiled writes. Throws SqlError, and then everything is as it was loaded. */
  write(statements: readonly string[]): void
  /** Starts from what was loaded. Cheap when nothing was written. */
  restore(): void
  close(): void
}

export function openConnection(engine: SqlEngine, tables: readonly StoredTable[], limits: SqlLimits): Connection {
  const { capi, oo1 } = engine.sqlite
  const db = new oo1.DB(':memory:')
  db.exec(
    `PRAGMA temp_store = MEMORY; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF`,
  )
  const budget = createBudget(engine, limits)
  let mode: Mode = 'own'
  let written = false
  registerFunctions(engine, db, budget.charge)
  loadTables(db, tables)
  restrict(engine, db, limits, budget, () => mode)
  db.exec(`SAVEPOINT ${LOADED}`)
  mode = 'read'

  function query(sql: string, width: number): SqlValue[][] {
    budget.start()
    const rows: SqlValue[][] = []
    let characters = 0
    try {
      const statement = db.prepare(sql)
      try {
        const pointer = statement.pointer
        if (pointer === undefined) throw new Error('no statement')
        while (statement.step()) {
          if (rows.length >= limits.rows) throw new SqlError(0, LIMIT_WORDS.rows(limits.rows))
          const row: SqlValue[] = new Array<SqlValue>(width)
          for (let i = 0; i < width; i++) {
            const value = valueAt(pointer, i)
            if (typeof value === 'string') characters += value.length
            row[i] = value
          }
          characters += width * 4
          if (characters > limits.characters) throw new SqlError(0, LIMIT_WORDS.characters(limits.characters))
          rows.push(row)
        }
      } finally {
        statement.finalize()
      }
    } catch (thrown) {
      throw explainedError(thrown, budget.stopped())
    }
    return rows
  }

  function valueAt(pointer: number, i: number): SqlValue {
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
    budget.start()
    db.exec(sql)
    mode = 'read'
  }

  function lend(tables: readonly StoredTable[]): void {
    if (tables.length === 0) return
    mode = 'own'
    budget.start()
    written = true
    try {
      for (const table of tables) {
        db.exec(`DROP TABLE IF EXISTS ${tableSql(table)}`)
        loadTable(db, table)
      }
    } catch (thrown) {
      throw explainedError(thrown, budget.stopped())
    } finally {
      mode = 'read'
    }
  }

  function write(statements: readonly string[]): void {
    own('SAVEPOINT statement')
    budget.start()
    mode = 'write'
    written = true
    try {
      for (const sql of statements) db.exec(sql)
      own('RELEASE statement')
    } catch (thrown) {
      const error = explainedError(thrown, budget.stopped())
      // Some failures make SQLite roll everything back: then the savepoints are gone, and with them all that was written.
      if (capi.sqlite3_get_autocommit(db) !== 0) own(`SAVEPOINT ${LOADED}`)
      else own(`ROLLBACK TO ${LOADED}`)
      written = false
      throw error
    } finally {
      mode = 'read'
    }
  }

  function restore(): void {
    if (!written) return
    own(`ROLLBACK TO ${LOADED}`)
    written = false
  }

  return { query, lend, write, restore, close: () => db.close() }
}
