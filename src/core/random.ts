/**
 * Named random streams. One seed a run; every draw comes from a child stream named by what it is for
 * (`stream(seed).child('task', 3).child('step', 2)`), never by call order, so that pausing, resuming or spreading work
 * over workers cannot change a result. A name is absorbed into a 128-bit key; the draws are sfc32 (PractRand-clean,
 * https://pracrand.sourceforge.net) started from that key.
 */
import { avalanche as mix } from './digest.ts'

export class RandomStream {
  readonly #key: readonly [number, number, number, number]
  #a = 0
  #b = 0
  #c = 0
  #d = 0
  #started = false

  /** Use `stream(seed)`; a key is four 32-bit words. */
  constructor(key: readonly [number, number, number, number]) {
    this.#key = key
  }

  /** The stream named by `path` below this one. It does not matter what has been drawn from this one. */
  child(...path: readonly (string | number)[]): RandomStream {
    let [a, b, c, d] = this.#key
    for (const part of path) {
      const words = typeof part === 'number' ? 3 : part.length + 1
      for (let i = 0; i < words; i++) {
        const word = wordOf(part, i)
        a = mix(a ^ word)
        b = mix((b + a) ^ Math.imul(word, 0x9e3779b1))
        c = mix((c ^ b) + Math.imul(word, 0x85ebca77))
        d = mix((d + c) ^ word)
      }
    }
    return new RandomStream([a, b, c, d])
  }

  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number {
    if (!this.#started) this.#start()
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return (t >>> 0) / 4294967296
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  /** A uniformly shuffled copy (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = items.slice()
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = copy[i] as T // i and j are inside the array
      copy[i] = copy[j] as T
      copy[j] = held
    }
    return copy
  }

  #start(): void {
    ;[this.#a, this.#b, this.#c, this.#d] = this.#key
    this.#started = true
    for (let i = 0; i < 12; i++) this.next()
  }
}

/** What a part of a name is absorbed as: its kind, then the low and the high half of a number, or the units of a text. */
function wordOf(part: string | number, i: number): number {
  if (typeof part === 'string') return i === 0 ? 0x73747200 ^ part.length : part.charCodeAt(i - 1)
  if (i === 0) return 0x6e756d00
  return i === 1 ? part | 0 : Math.floor(part / 0x100000000) | 0
}

/** The root stream of a seed (a safe integer). */
export function stream(seed: number): RandomStream {
  return new RandomStream([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]).child('seed', seed)
}
