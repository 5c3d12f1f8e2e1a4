/**
 * For how long somebody who is asked again and again has not answered. Told by a clock that never goes back; and a look
 * that comes late counts little, because whoever slept (a suspended tab, a closed laptop) cannot tell who else did.
 */

/** From one look to the next at most this much is counted. */
const MOST_MS = 2_000

export class Silence {
  /** When it is worth saying next; doubles with each time. */
  readonly #firstMs: number
  #worthMs: number
  #silentMs = 0
  #lookedMs: number | undefined

  /** @param firstMs the silence that is worth saying first */
  constructor(firstMs: number) {
    this.#firstMs = firstMs
    this.#worthMs = firstMs
  }

  answered(): void {
    this.#silentMs = 0
    this.#worthMs = this.#firstMs
    this.#lookedMs = undefined
  }

  /** To be called while an answer is waited for. @returns the silence in milliseconds where it is worth saying */
  look(nowMs: number): number | undefined {
    this.#silentMs += Math.min(MOST_MS, nowMs - (this.#lookedMs ?? nowMs))
    this.#lookedMs = nowMs
    if (this.#silentMs < this.#worthMs) return undefined
    this.#worthMs *= 2
    return this.#silentMs
  }
}
