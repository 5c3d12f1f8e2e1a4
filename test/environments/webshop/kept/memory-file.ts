/** A file in memory, to write a shop to and to read it from. */
import type { ByteSink, ByteSource, Bytes } from '../../../../src/environments/webshop/kept/bytes.ts'

export class MemoryFile implements ByteSink, ByteSource {
  #bytes: Bytes = new Uint8Array(0)
  reads = 0

  get size(): number {
    return this.#bytes.length
  }

  write(bytes: Bytes): void {
    const all = new Uint8Array(this.size + bytes.length)
    all.set(this.#bytes)
    all.set(bytes, this.size)
    this.#bytes = all
  }

  read(from: number, to: number): Bytes {
    this.reads++
    return this.#bytes.slice(from, to)
  }

  /** What a crash would leave of it. */
  cut(size: number): MemoryFile {
    const left = new MemoryFile()
    left.write(this.#bytes.slice(0, size))
    return left
  }
}
