/** Says that something on the page changed; the elements draw themselves anew, batched by lit. */

/**
 * `progress`: only how far something has come that goes on by itself (a run, a comparison, a training). `motion`: only how far
 * the playhead has come in its task. `sight`: only what is seen of the world from there. They are said many times a second, and
 * what shows none of it has nothing to draw anew.
 */
export type Change = 'anything' | 'progress' | 'motion' | 'sight'

export class Changes {
  readonly #listeners = new Set<(change: Change) => void>()

  /** @returns stops listening */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  say(change: Change = 'anything'): void {
    for (const listener of this.#listeners) listener(change)
  }
}
