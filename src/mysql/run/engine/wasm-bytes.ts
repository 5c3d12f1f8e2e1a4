/** Reading and writing what WebAssembly modules are made of (WebAssembly 2.0, chapter 5). */

export class WasmReader {
  readonly bytes: Uint8Array
  /** Where the next byte is read. */
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('The module ends too early.')
    return byte
  }

  /** An unsigned number of 32 bits, LEB128. */
  u32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new Error('A number in the module is too long.')
  }

  /** Passes over a number of any width, LEB128. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }
}

export class WasmWriter {
  private buffer: Uint8Array<ArrayBuffer>
  private length = 0

  constructor(expected: number) {
    this.buffer = new Uint8Array(Math.ceil(expected))
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.grow(end - start)
    this.buffer.set(from.subarray(start, end), this.length)
    this.length += end - start
  }

  list(values: readonly number[]): void {
    this.grow(values.length)
    this.buffer.set(values, this.length)
    this.length += values.length
  }

  u32(value: number): void {
    this.list(u32Bytes(value))
  }

  /** Another's bytes after their number. */
  sized({ buffer, length }: WasmWriter): void {
    this.u32(length)
    this.copy(buffer, 0, length)
  }

  written(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.length)
  }

  private grow(by: number): void {
    if (this.length + by <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.length + by))
    larger.set(this.buffer)
    this.buffer = larger
  }
}

export function u32Bytes(value: number): number[] {
  const bytes: number[] = []
  for (; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  bytes.push(value)
  return bytes
}
