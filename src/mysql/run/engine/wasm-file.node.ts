/** SQLite's WebAssembly in Node: read from the disk. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export function readWasmFile(): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'))
}
