/**
 * A 64-bit digest of text, to tell one data set or set of weights from another. Not cryptographic: it names content, it does not guard
 * it. Two lanes of multiply-and-rotate, finished with MurmurHash3's avalanche.
 */

/** Every bit of the word depends on every other (MurmurHash3's 32-bit finaliser). */
export function avalanche(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export class Digest {
  #a = 0x243f6a88
  #b = 0x85a308d3

  /** Adds texts; where one ends and the next begins counts, and so does how many there are. */
  add(...texts: readonly string[]): this {
    let a = this.#a
    let b = this.#b
    for (const text of texts) {
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i)
        a = Math.imul(a ^ code, 0x9e3779b1)
        a = (a << 13) | (a >>> 19)
        b = Math.imul(b ^ code, 0x85ebca77)
        b = (b << 17) | (b >>> 15)
      }
      a = Math.imul(a ^ text.length ^ 0x10000, 0x9e3779b1)
      b = Math.imul(b ^ text.length ^ 0x20000, 0x85ebca77)
    }
    this.#a = a
    this.#b = b
    return this
  }

  /** Adds a list: its length, then its texts. */
  list(texts: readonly string[]): this {
    return this.add(`[${texts.length}`, ...texts)
  }

  /** 16 hexadecimal digits. */
  hex(): string {
    const a = avalanche(this.#a ^ (this.#b >>> 7))
    const b = avalanche(this.#b ^ (this.#a >>> 5))
    return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0')
  }
}
