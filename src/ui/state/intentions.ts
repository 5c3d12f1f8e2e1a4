/**
 * Which run stands in Explore is decided by many: presses, files, links to a run, and the page by itself. Here is their
 * order. A wish of the visitor takes its number when it is made, and wins over all that were made before it; what the page
 * does by itself waits until no wish is under way, and gives way to every one. Whoever does not stand any more asks the
 * lab for nothing and puts nothing on the page.
 */
import { Turns } from '../../core/turns.ts'

/** The number of a wish; of what the page does by itself, that of the wish before it. */
export type Intention = number

export class Intentions {
  /** The newest wish that has come as far as the lab: another one may still read its file. */
  newest: Intention = 0
  readonly #turns = new Turns()
  #wishes = 0
  #fulfilling = 0

  /** Whether a run that the visitor asked for is being opened: what is asked for now is asked of that one. */
  get opening(): boolean {
    return this.#fulfilling > 0
  }

  /** To be called when the visitor asks, before anything is waited for. */
  wish(): Intention {
    return ++this.#wishes
  }

  /** False from when a newer wish has come as far as the lab. */
  stands(intention: Intention): boolean {
    return intention >= this.newest
  }

  /** Has the lab do it after what it was asked before. @returns undefined where something newer has come between */
  take<T>(intention: Intention, work: () => Promise<T>): Promise<T | undefined> {
    this.newest = Math.max(this.newest, intention)
    const own = intention === 0
    if (!own) this.#fulfilling++
    const taken = this.#turns.take(async () => (this.stands(intention) ? work() : undefined))
    return own ? taken : taken.finally(() => this.#fulfilling--)
  }

  /** What the page does by itself. @param work looks at what stands there by then */
  async byItself<T>(work: (own: Intention) => Promise<T> | undefined): Promise<T | undefined> {
    await this.idle()
    return work(this.newest)
  }

  /** Resolves when no run is being opened. */
  idle(): Promise<void> {
    return this.#turns.idle()
  }
}
