/**
 * Where a kept shop lies: bytes that are written once, from the beginning to the end, and read at any place. Both at once, without
 * waiting: a step of the shop is a plain function. All numbers are little-endian, as they are wherever this runs.
 */

export type Bytes = Uint8Array<ArrayBuffer>

interface Readable {
  /** From the start of a buffer of their own. @throws where they cannot be read */
  read(from: number, to: number): Bytes
}

/** What was written can be read meanwhile. */
export interface ByteSink extends Readable {
  /** All of them. @throws where the disk takes no more */
  write(bytes: Bytes): void
}

export interface ByteSource extends Readable {
  readonly size: number
}

export function bytesOf(numbers: Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array): Bytes {
  return new Uint8Array(numbers.buffer as ArrayBuffer, numbers.byteOffset, numbers.byteLength) // none here is shared
}

export function textBytes(text: string): Bytes {
  return new TextEncoder().encode(text)
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** A Uint32Array that grows by pieces: nothing is ever copied, and nothing is held twice. */
export class Numbers {
  readonly #pieces: Uint32Array[] = []
  length = 0

  push(value: number): void {
    const at = this.length % PIECE
    if (at === 0) this.#pieces.push(new Uint32Array(PIECE))
    ;(this.#pieces[this.#pieces.length - 1] as Uint32Array)[at] = value // there is one by now
    this.length++
  }

  /** @param place below `length` */
  at(place: number): number {
    return (this.#pieces[Math.floor(place / PIECE)] as Uint32Array)[place % PIECE] as number
  }

  /** Values from a place on, as many as lie together. @param place below `length` */
  together(place: number): Uint32Array {
    const [piece, start] = [Math.floor(place / PIECE), place % PIECE]
    return (this.#pieces[piece] as Uint32Array).subarray(start, start + this.length - place)
  }

  whole(): Uint32Array {
    const all = new Uint32Array(this.length)
    this.#pieces.forEach((piece, i) => {
      all.set(piece.subarray(0, Math.min(PIECE, this.length - i * PIECE)), i * PIECE)
    })
    return all
  }
}

const PIECE = 2 ** 20
