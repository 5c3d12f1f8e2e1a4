/**
 * SQLite as WebAssembly (@sqlite.org/sqlite-wasm), fetched when it is started and not before. Starting it is the only
 * thing here that waits; everything after is synchronous.
 */
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm'

export interface SqlEngine {
  readonly sqlite: Sqlite3Static
  /** `3.54.1`. */
  readonly version: string
}

let started: Promise<SqlEngine> | undefined

/** One engine a worker; rejects where WebAssembly or its file cannot be loaded, and tries again when asked again. */
export function startSqlEngine(): Promise<SqlEngine> {
  started ??= start().catch((thrown: unknown) => {
    started = undefined
    throw thrown
  })
  return started
}

async function start(): Promise<SqlEngine> {
  // Without these the module would look for the browser's file systems and start a worker of its own.
  const quiet = () => undefined
  const off = { opfs: true, 'opfs-vfs': true, 'opfs-sahpool': true, 'opfs-wl': true, kvvfs: true }
  Object.assign(globalThis, { sqlite3ApiConfig: { warn: quiet, error: quiet, debug: quiet, disable: { vfs: off } } })
  const { default: init } = await import('@sqlite.org/sqlite-wasm')
  const sqlite = await init()
  return { sqlite, version: sqlite.version.libVersion }
}
