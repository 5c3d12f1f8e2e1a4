/**
 * One SQLite database in memory that holds the tables of all MySQL databases, and runs compiled statements in it, one
 * after the other, each within its limits.
 */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { tableSql } from '../compile/sqlite-text.ts'
import type { SqlLimits } from '../limits.ts'
import type { StoredTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { SqlValue } from '../values/result-set.ts'
import { AGAIN, type Allowance, createAllowance } from './allowance.ts'
import type { SqlEngine } from './engine/engine.ts'
import { explainedError } from './explained-error.ts'
import { registerFunctions } from './functions/register.ts'
import { loadTables, tableAsText } from './load-tables.ts'
import { prepare, rowsOf } from './read-rows.ts'
import { createGuards, type Mode, restrict } from './restrict.ts'

/** The savepoint at which everything is as it was loaded. */
const LOADED = 'loaded'
/** Of the work that a statement may cost, for the indexes that it is given. */
const TO_INDEX = 0.2

export interface Connection {
  /**
   * Rows of a compiled query. Throws SqlError for what goes over a limit.
   * @param share of the work that a statement may cost; all of it without
   * @param look the part of that after which it is given up, where the statement's answer does not hang on it
   */
  query(sql: string, width: number, share?: number, look?: number): SqlValue[][]
  /** Lays tables that are made up for a statement beside the others, in the place of those of their names. */
  lend(tables: readonly StoredTable[]): void
  /** Does it while there are indexes at these places (SQLite's words for a table and its columns). Throws SqlError. */
  indexed<T>(places: readonly string[], act: () => T): T
  /**
   * Runs compiled writes. Throws SqlError, and then everything is as it was loaded.
   * @param again they ran once in this place, and are needed anew
   */
  write(statements: readonly string[], again?: boolean): void
  /** Starts from what was loaded. Cheap when nothing was written. */
  restore(): void
  /** Rises when all that was written is gone though nobody asked for it: the engine had to begin anew. */
  age(): number
  /** What the next statements may cost, until the next call. */
  readonly allowance: Allowance
  /** The engine begins anew, and this connection in it, so that nothing from before counts. */
  renew(): void
  close(): void
}

export function openConnection(engine: SqlEngine, tables: readonly StoredTable[], limits: SqlLimits): Connection {
  const { capi, oo1 } = engine.sqlite
  const { meter } = engine
  const allowance = createAllowance(engine, limits)
  let mode: Mode = 'own'
  const guards = createGuards(engine, () => mode, allowance.exceeded)
  let written = false
  let opened: { readonly db: Database; readonly age: number } | undefined
  database()

  /** The database, loaded once more where the engine has begun anew. */
  function database(): Database {
    if (opened !== undefined && opened.age === engine.age()) return opened.db
    const db = new oo1.DB(':memory:')
    mode = 'own'
    db.exec(
      `PRAGMA temp_store = MEMORY; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF`,
    )
    registerFunctions(engine, db)
    loadTables(engine, db, tables)
    restrict(engine, db, limits, guards)
    db.exec(`SAVEPOINT ${LOADED}`)
    mode = 'read'
    written = false
    opened = { db, age: engine.age() }
    return db
  }

  /** Within what is allowed. Throws SqlError; after a trap the engine begins anew. */
  function bounded<T>(act: (db: Database) => T, share: number, look?: number): T {
    const db = database()
    allowance.start(share, look)
    try {
      const done = act(db)
      allowance.end()
      return done
    } catch (thrown) {
      allowance.end(isOutOfMemory(thrown) ? 'memory' : undefined)
      if (!(thrown instanceof SqlError || thrown instanceof engine.sqlite.SQLite3Error)) engine.renew()
      throw explainedError(thrown, allowance.ranOut())
    }
  }

  function query(sql: string, width: number, share = 1, look?: number): SqlValue[][] {
    return bounded(
      (db) => {
        const statement = prepare(engine, db, sql)
        try {
          return rowsOf(engine, db, statement, width, limits)
        } finally {
          if (!meter.trapped()) engine.raw.call.sqlite3_finalize(statement)
        }
      },
      share,
      look,
    )
  }

  function own(db: Database, sql: string): void {
    mode = 'own'
    meter.start()
    try {
      db.exec(sql)
    } finally {
      mode = 'read'
    }
  }

  function lend(tables: readonly StoredTable[]): void {
    if (tables.length === 0) return
    const db = database()
    mode = 'own'
    written = true
    try {
      for (const table of tables) {
        meter.start()
        db.exec(`DROP TABLE IF EXISTS ${tableSql(table)}`)
        for (const sql of tableAsText(table)) db.exec(sql)
      }
    } catch (thrown) {
      throw explainedError(thrown, isOutOfMemory(thrown) ? 'memory' : undefined)
    } finally {
      mode = 'read'
    }
  }

  function indexed<T>(places: readonly string[], act: () => T): T {
    const age = engine.age()
    const make = places.map((place, i) => `CREATE INDEX "asked ${i}" ON ${place}`)
    try {
      bounded((db) => {
        mode = 'own'
        for (const sql of make) db.exec(sql)
      }, TO_INDEX)
      mode = 'read'
      return act()
    } finally {
      mode = 'read'
      if (age === engine.age()) for (const i of places.keys()) own(database(), `DROP INDEX IF EXISTS "asked ${i}"`)
    }
  }

  function write(statements: readonly string[], again = false): void {
    own(database(), 'SAVEPOINT statement')
    written = true
    try {
      bounded(
        (db) => {
          mode = 'write'
          for (const sql of statements) db.exec(sql)
        },
        again ? AGAIN : 1,
      )
      own(database(), 'RELEASE statement')
    } catch (thrown) {
      undo()
      throw thrown
    } finally {
      mode = 'read'
    }
  }

  /** Back to what was loaded. Some failures make SQLite roll everything back: then the savepoints are gone as well. */
  function undo(): void {
    const db = database()
    if (!written) return
    own(db, capi.sqlite3_get_autocommit(db) !== 0 ? `SAVEPOINT ${LOADED}` : `ROLLBACK TO ${LOADED}`)
    written = false
  }

  return {
    query,
    lend,
    indexed,
    write,
    restore: undo,
    age: () => engine.age(),
    allowance,
    renew() {
      engine.renew()
      database()
    },
    close() {
      if (opened?.age === engine.age()) opened.db.close()
      guards.remove()
    },
  }
}

/** SQLite's own word for it, or that of what hands values to it. */
function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof Error && /out of memory|NOMEM|WasmAllocError/.test(`${thrown.name} ${thrown.message}`)
}
