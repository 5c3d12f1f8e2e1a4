/** Says that something on the page changed; the elements draw themselves anew, batched by lit. */
export class Changes {
  readonly #listeners = new Set<() => void>()

  /** @returns stops listening */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  say(): void {
    for (const listener of this.#listeners) listener()
  }
}
