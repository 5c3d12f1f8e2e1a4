/**
 * SQLite's own functions as WebAssembly exports them, and its memory: numbers in, numbers out. The package's `capi` looks at
 * every argument of every call anew, which costs more than most calls do; what runs for each statement, row and value goes
 * this way. test/mysql/raw-sqlite.test.ts holds that it gives what `capi` gives.
 */
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm'

/** Pointers are numbers; 0 is none. What gives a code gives SQLite's. */
export interface SqliteFunctions {
  sqlite3_prepare_v2(db: number, text: number, bytes: number, statementAt: number, tailAt: number): number
  sqlite3_step(statement: number): number
  sqlite3_finalize(statement: number): number
  sqlite3_column_type(statement: number, i: number): number
  sqlite3_column_double(statement: number, i: number): number
  sqlite3_column_int64(statement: number, i: number): bigint
  sqlite3_column_text(statement: number, i: number): number
  sqlite3_column_bytes(statement: number, i: number): number
  sqlite3_value_type(value: number): number
  sqlite3_value_double(value: number): number
  sqlite3_value_int64(value: number): bigint
  sqlite3_value_text(value: number): number
  sqlite3_value_bytes(value: number): number
  sqlite3_result_null(context: number): void
  sqlite3_result_int(context: number, value: number): void
  sqlite3_result_double(context: number, value: number): void
  sqlite3_result_text(context: number, at: number, bytes: number, release: number): void
  sqlite3_aggregate_context(context: number, bytes: number): number
  sqlite3_set_authorizer(db: number, authorizer: number, context: number): number
  sqlite3_progress_handler(db: number, steps: number, handler: number, context: number): void
  sqlite3_status(what: number, nowAt: number, mostAt: number, reset: number): number
}

export interface RawSqlite {
  readonly call: SqliteFunctions
  readonly memory: WebAssembly.Memory
  /** Memory as bytes. Any call may make it grow: a view that was taken before is empty then. */
  bytes(): Uint8Array
  /** Memory as words of 32 bits: what is at a pointer is at a quarter of it. */
  words(): Int32Array
  /** A text of so many bytes in UTF-8. */
  text(at: number, bytes: number): string
}

/** SQLite's kinds of values (`sqlite3_column_type`, `sqlite3_value_type`). */
export const KIND = { integer: 1, float: 2, text: 3, blob: 4, null: 5 } as const

export function rawSqlite({ wasm }: Sqlite3Static): RawSqlite {
  const decoder = new TextDecoder()
  let bytes: Uint8Array = new Uint8Array(0)
  let words: Int32Array = new Int32Array(0)
  function look(): void {
    bytes = wasm.heap8u()
    words = new Int32Array(bytes.buffer)
  }
  const raw: RawSqlite = {
    call: wasm.exports as SqliteFunctions,
    memory: (wasm as unknown as { readonly memory: WebAssembly.Memory }).memory, // the package's own, untold by its types
    bytes() {
      if (bytes.length === 0) look()
      return bytes
    },
    words() {
      if (words.length === 0) look()
      return words
    },
    text(at, length) {
      if (length === 0) return ''
      const heap = raw.bytes()
      return (
        (length < SHORT.length ? ascii(heap, at, length) : undefined) ?? decoder.decode(heap.subarray(at, at + length))
      )
    },
  }
  return raw
}

/** Texts shorter than this are put together here: to ask the decoder costs as much as 40 letters. A list of each length. */
const SHORT = Array.from({ length: 33 }, (_, length) => new Array<number>(length).fill(0))

/** Undefined where not all of it is ASCII. */
function ascii(heap: Uint8Array, at: number, length: number): string | undefined {
  const codes = SHORT[length] as number[] // it is shorter
  for (let i = 0; i < length; i++) {
    const code = heap[at + i] as number
    if (code > 0x7f) return undefined
    codes[i] = code
  }
  return String.fromCharCode.apply(null, codes)
}
