/** The kernel's WebAssembly in Node: read from the disk. */
import { readFile } from 'node:fs/promises'

export function readKernelFile(): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL('./kernel.wasm', import.meta.url)) as Promise<Uint8Array<ArrayBuffer>> // never shared memory
}
