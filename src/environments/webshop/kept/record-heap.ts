/** Texts by key, held as bytes in large pieces: the attributes of a million products while their items come by. */
import { type Bytes, textBytes, textOf } from './bytes.ts'

const PIECE = 2 ** 24

export class RecordHeap {
  /** By key: where its text starts, pieces counted on. */
  readonly #places = new Map<string, number>()
  readonly #pieces: Uint8Array[] = []
  #piece = new Uint8Array(0)
  #filled = 0

  get size(): number {
    return this.#places.size
  }

  /** In the place of what the key had. */
  set(key: string, text: string): void {
    const bytes = textBytes(text)
    if (this.#filled + bytes.length + 4 > this.#piece.length) {
      this.#piece = new Uint8Array(Math.max(PIECE, bytes.length + 4))
      this.#pieces.push(this.#piece)
      this.#filled = 0
    }
    this.#places.set(key, (this.#pieces.length - 1) * 2 ** 26 + this.#filled)
    new DataView(this.#piece.buffer).setUint32(this.#filled, bytes.length)
    this.#piece.set(bytes, this.#filled + 4)
    this.#filled += bytes.length + 4
  }

  get(key: string): string | undefined {
    const place = this.#places.get(key)
    if (place === undefined) return undefined
    const piece = this.#pieces[Math.floor(place / 2 ** 26)] as Bytes // it was put there
    const at = place % 2 ** 26
    const length = new DataView(piece.buffer).getUint32(at)
    return textOf(piece.subarray(at + 4, at + 4 + length))
  }
}
