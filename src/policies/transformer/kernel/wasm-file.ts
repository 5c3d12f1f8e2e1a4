/** The kernel's WebAssembly in a page or a worker: fetched. `package.json` says who gets this file and who its neighbour. */

/** Rejects where it cannot be fetched. */
export async function readKernelFile(): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(new URL('./kernel.wasm', import.meta.url))
  if (!answer.ok) throw new Error(`kernel.wasm: the server answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}
