/** Tasks a second over the last seconds of running. */

const WINDOW_MS = 4_000
/** Nothing runs that is not heard of for so long: the machine slept, or the tab was suspended. */
const SLEPT_MS = 30_000

export class Rate {
  #marks: { readonly atMs: number; readonly count: number }[] = []

  reset(): void {
    this.#marks = []
  }

  /** @param count finished tasks so far */
  mark(atMs: number, count: number): void {
    if (atMs - (this.#marks.at(-1)?.atMs ?? atMs) > SLEPT_MS) this.reset()
    const last = this.#marks.at(-1)
    if (last === undefined || atMs - last.atMs >= 100) this.#marks.push({ atMs, count })
    while ((this.#marks[1]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs - WINDOW_MS) this.#marks.shift()
  }

  /** Undefined until a fifth of a second has been seen. */
  perSecond(atMs: number, count: number): number | undefined {
    const first = this.#marks[0]
    if (first === undefined || atMs - first.atMs < 200) return undefined
    return ((count - first.count) * 1000) / (atMs - first.atMs)
  }
}
