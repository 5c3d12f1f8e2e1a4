/** What SQLite refuses by itself: values, statements and databases that are too large, and all but reading and writing rows. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import type { SqlLimits } from '../limits.ts'
import type { SqlEngine } from './engine/engine.ts'

/** How often SQLite asks whether to go on, in steps of its virtual machine. */
const ASKED_EVERY = 1000

/** Statements that read, statements that write, and what the connection runs for itself. */
export type Mode = 'read' | 'write' | 'own'

/** What SQLite calls while it prepares and runs statements: places in WebAssembly's table of functions. */
export interface Guards {
  readonly authorizer: number
  readonly progress: number
  /** Gives the places back; nothing may hold them any more. */
  remove(): void
}

/**
 * For all databases that a connection opens in an engine, one after the other.
 * @param mode asked of each statement as it is prepared
 * @param interrupted asked every thousand steps of SQLite's virtual machine
 */
export function createGuards(
  { sqlite: { capi, wasm } }: SqlEngine,
  mode: () => Mode,
  interrupted: () => boolean,
): Guards {
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
  const { SQLITE_OK: yes, SQLITE_DENY: no } = capi
  // The tables and columns that an action is about stay in WebAssembly: nothing here hangs on them.
  const authorizer = wasm.installFunction('i(pipppp)', (_context: number, action: number): number => {
    const now = mode()
    return now === 'own' || (now === 'read' ? reading : writing).has(action) ? yes : no
  })
  const progress = wasm.installFunction('i(p)', () => (interrupted() ? 1 : 0))
  return {
    authorizer,
    progress,
    remove() {
      wasm.uninstallFunction(authorizer)
      wasm.uninstallFunction(progress)
    },
  }
}

export function restrict(engine: SqlEngine, db: Database, limits: SqlLimits, guards: Guards): void {
  const { raw } = engine
  const { capi } = engine.sqlite
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
  const pointer = db.pointer ?? 0
  raw.call.sqlite3_progress_handler(pointer, ASKED_EVERY, guards.progress, 0)
  raw.call.sqlite3_set_authorizer(pointer, guards.authorizer, 0)
}
