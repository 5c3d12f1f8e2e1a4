/**
 * SQLite as WebAssembly (@sqlite.org/sqlite-wasm) that counts its work, fetched when it is started and not before.
 * Starting it is the only thing here that waits; everything after is synchronous.
 */
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { readWasmFile } from '#sqlite.wasm'
import { createMeter, type Meter, type WorkLeft } from './meter.ts'
import { meteredWasm, STACK_POINTER, WORK_LEFT } from './metered-wasm.ts'
import { type RawSqlite, rawSqlite } from './raw-sqlite.ts'

export interface SqlEngine {
  readonly sqlite: Sqlite3Static
  /** The same without its checks, for what is called often. */
  readonly raw: RawSqlite
  readonly scratch: Scratch
  /** `3.54.1`. */
  readonly version: string
  readonly meter: Meter
  /** Bytes that SQLite holds now. */
  memoryUsed(): number
  /** A statement begins; whether it is the first since the engine began anew. */
  begin(): boolean
  /** Rises each time that the engine begins anew; whatever was opened in it before is gone then. */
  age(): number
  /**
   * As it was when it had just started: the same bytes in memory, nothing open. After a trap nothing else may be asked
   * of it.
   */
  renew(): void
}

/** Places in WebAssembly's memory for what one call is given; they are there as long as the engine is. */
export interface Scratch {
  /** For the text of a statement, while it is prepared. */
  readonly statement: Room
  /** For the text that a function gives back. */
  readonly value: Room
}

export interface Room {
  readonly at: number
  readonly bytes: number
}

const STATEMENT_BYTES = 2 ** 16
const VALUE_BYTES = 2 ** 14
/** For two numbers of SQLite's status, one of which is SQLITE_STATUS_MEMORY_USED. */
const STATUS_BYTES = 8
const MEMORY_USED = 0
/** Bytes that SQLite may hold in all; WebAssembly's memory never shrinks, so that it must not grow. */
const MOST_MEMORY = 512 * 2 ** 20

let started: Promise<SqlEngine> | undefined
let running: SqlEngine | undefined

/** The engine, once it was started; undefined before. */
export function startedEngine(): SqlEngine | undefined {
  return running
}

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
  const [{ default: init }, bytes] = await Promise.all([import('@sqlite.org/sqlite-wasm'), readWasmFile()])
  const module = await WebAssembly.compile(meteredWasm(bytes))
  let exports: WebAssembly.Exports = {}
  const sqlite = await initialised(init, module, (made) => {
    exports = made.exports
  })
  const [left, stack] = [exports[WORK_LEFT] as WorkLeft, exports[STACK_POINTER] as WorkLeft] // as metered-wasm.ts made them
  const meter = createMeter(left)
  new sqlite.oo1.DB(':memory:').exec(`PRAGMA hard_heap_limit = ${MOST_MEMORY}`).close()
  const raw = rawSqlite(sqlite)
  const at = sqlite.wasm.alloc(STATEMENT_BYTES + VALUE_BYTES + STATUS_BYTES)
  const scratch: Scratch = {
    statement: { at, bytes: STATEMENT_BYTES },
    value: { at: at + STATEMENT_BYTES, bytes: VALUE_BYTES },
  }
  const statusAt = at + STATEMENT_BYTES + VALUE_BYTES
  const image = memoryImage(sqlite.wasm.heap8u())
  const stackAtStart = stack.value
  let [age, fresh] = [0, true]
  running = {
    sqlite,
    raw,
    scratch,
    version: sqlite.version.libVersion,
    meter,
    memoryUsed() {
      raw.call.sqlite3_status(MEMORY_USED, statusAt, statusAt + 4, 0)
      return raw.words()[statusAt >> 2] as number // it is inside
    },
    begin() {
      const first = fresh
      fresh = false
      return first
    },
    age: () => age,
    renew() {
      age++
      fresh = true
      meter.start()
      stack.value = stackAtStart
      const memory = sqlite.wasm.heap8u()
      memory.set(image)
      memory.fill(0, image.length)
    },
  }
  return running
}

type Init = typeof import('@sqlite.org/sqlite-wasm').default

/** Emscripten's way to hand in a module, which the package's types do not name. */
function initialised(
  init: Init,
  module: WebAssembly.Module,
  made: (instance: WebAssembly.Instance) => void,
): Promise<Sqlite3Static> {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): void => {
      WebAssembly.instantiate(module, imports).then((instance) => {
        made(instance)
        done(instance)
      }, reject)
    }
    ;(init as (options: object) => Promise<Sqlite3Static>)({ instantiateWasm }).then(resolve, reject)
  })
}

/** What memory holds, without the zeros at its end. */
function memoryImage(memory: Uint8Array): Uint8Array {
  let end = memory.length
  while (end > 0 && memory[end - 1] === 0) end--
  return memory.slice(0, end)
}
