/** Tasks a second over the last seconds of running. */

const WINDOW_MS = 4_000

export class Rate {
  #marks: { readonly atMs: number; readonly count: number }[] = []

  reset(): void {
    this.#marks = []
  }

  /** @param count finished tasks so far */
  mark(atMs: number, count: number): void {
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
