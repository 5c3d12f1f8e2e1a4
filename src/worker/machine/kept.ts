/**
 * What the first who asks for it makes, and then stays: a part of the program, or what was made with it. What failed is
 * made again for the next who asks: the connection may be back.
 */
import type { Result } from '../../core/failure.ts'

export interface Kept<T> {
  get(): Promise<Result<T>>
  /** Does something with it. Where it cannot be made, that failure is the answer. */
  use<R>(work: (value: T) => Promise<Result<R>>): Promise<Result<R>>
  /** Without making it. */
  known(): Promise<T | undefined>
}

export function keptOnceGood<T>(make: () => Promise<Result<T>>): Kept<T> {
  let kept: Promise<Result<T>> | undefined
  const get = async (): Promise<Result<T>> => {
    kept ??= make()
    const made = await kept
    if (!made.ok) kept = undefined
    return made
  }
  return {
    get,
    async use(work) {
      const made = await get()
      return made.ok ? work(made.value) : made
    },
    async known() {
      const made = await kept
      return made?.ok ? made.value : undefined
    },
  }
}
