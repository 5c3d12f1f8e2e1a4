/** Work that waits for the work before it, however that ended. */

export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>

export function createQueue(): Exclusive {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
