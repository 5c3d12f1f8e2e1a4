/** A shop that is being read: what others may do with it meanwhile. */
import { failure, Interruption } from '../../core/failure.ts'
import type { ShopSoFar } from '../../environments/webshop/kept/search-so-far.ts'

export class ShopReading {
  /** What is read of it; undefined while nothing is. */
  shop: ShopSoFar | undefined
  /** From when all of it is written, or it is given up, until new runs use it, or do not. */
  opening: Promise<unknown> | undefined
  #whole: Promise<unknown> | undefined
  #stopped = false

  /** @param work all of it: the reading, and that new runs use it */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#whole = work
    this.#stopped = false
    try {
      return await work
    } finally {
      this.opening = undefined
    }
  }

  begin(shop: ShopSoFar): void {
    this.shop = shop
  }

  /** There is nothing left to read from. */
  end(): void {
    this.shop = undefined
    this.opening = this.#whole
  }

  /** Does nothing where none is read. */
  stop(): void {
    this.#stopped = this.shop !== undefined
  }

  /** @throws Interruption, `shop-stopped` */
  goOn(): void {
    if (this.#stopped)
      throw new Interruption(
        failure('shop-stopped', 'The reading of the shop was stopped. Nothing has changed.').failure,
      )
  }
}
