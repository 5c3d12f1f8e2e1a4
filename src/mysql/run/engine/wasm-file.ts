/** SQLite's WebAssembly in a page or a worker: fetched. `package.json` says who gets this file and who its neighbour. */

/** Rejects where it cannot be fetched. */
export async function readWasmFile(): Promise<Uint8Array> {
  // biome-ignore lint/style/noRestrictedGlobals: starting fetches its own file, and is the one thing here that waits
  const answer = await fetch(new URL('@sqlite.org/sqlite-wasm/sqlite3.wasm', import.meta.url))
  if (!answer.ok) throw new Error(`sqlite3.wasm: the server answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}
