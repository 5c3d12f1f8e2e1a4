/** Tells the newest of its kind: whoever comes back from a wait and is not the newest any more has been overtaken. */
export class Newest {
  #number = 0

  /** One more. @returns whether none has come since */
  next(): () => boolean {
    this.#number++
    return this.now()
  }

  /** @returns whether none has come since */
  now(): () => boolean {
    const number = this.#number
    return () => number === this.#number
  }
}
