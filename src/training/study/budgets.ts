/** The budgets of an exploration, ascending, of whatever it spends; each is told once, when it is exceeded. */
export class Budgets {
  readonly #limits: readonly number[]
  #reached = 0

  constructor(limits: readonly number[]) {
    this.#limits = limits
  }

  /** Whether the last one has been told. */
  get spent(): boolean {
    return this.#reached === this.#limits.length
  }

  /** Those that so much exceeds and that have not been told. */
  *exceededBy(spent: number): Generator<number, void, void> {
    for (; this.#reached < this.#limits.length; this.#reached++) {
      const limit = this.#limits[this.#reached] as number // reached is below the length
      if (spent <= limit) return
      yield limit
    }
  }
}
