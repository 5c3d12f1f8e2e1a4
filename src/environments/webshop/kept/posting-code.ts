/**
 * Postings as bytes: for each document how many numbers it lies behind the one before, doubled, one more where the term occurs more
 * than once; then how often above two. Seven bits a byte, the lowest first, the eighth set where more follow. Most take one or two.
 */
import { dampingOf, type Postings } from '../search/search-index.ts'

/** Bytes that grow. Those of one term after the other. */
export class PostingBytes {
  #bytes = new Uint8Array(2 ** 16)
  length = 0
  #last = -1

  /** The next posting is the first of another term. */
  begin(): void {
    this.#last = -1
  }

  /** @param document above that of the posting before */
  put(document: number, occurrences: number): void {
    if (this.length + 10 > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#number(2 * (document - this.#last - 1) + (occurrences > 1 ? 1 : 0))
    if (occurrences > 1) this.#number(occurrences - 2)
    this.#last = document
  }

  #number(value: number): void {
    let rest = value
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.length++] = rest
  }

  /** What there is, and empties it. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.length)
    this.length = 0
    return taken
  }
}

/** @param count postings in the bytes @param inverses by document, 1 / norm */
export function decodePostings(bytes: Uint8Array, count: number, inverses: Float32Array, weight: number): Postings {
  const documents = new Uint32Array(count)
  const dampings = new Float32Array(count)
  let largestDamping = 0
  let document = -1
  let at = 0
  for (let i = 0; i < count; i++) {
    let value = 0
    let byte = 128
    for (let shift = 0; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
    }
    let occurrences = 1
    if (value & 1) {
      occurrences = 0
      byte = 128
      for (let shift = 0; byte > 127; shift += 7) {
        byte = bytes[at++] ?? 0
        occurrences |= (byte & 127) << shift
      }
      occurrences += 2
    }
    document += (value >>> 1) + 1
    documents[i] = document
    const damping = dampingOf(occurrences, inverses[document] as number)
    dampings[i] = damping
    if (damping > largestDamping) largestDamping = damping
  }
  return { weight, documents, dampings, largestDamping }
}
