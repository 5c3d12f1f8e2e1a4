/** Whether two lists of numbers have the same bits: millions of them at once, where `toEqual` would take seconds. */
export function sameBits(a: Uint8Array | Float32Array | undefined, b: Uint8Array | Float32Array): boolean {
  return (
    a !== undefined &&
    Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength))
  )
}
