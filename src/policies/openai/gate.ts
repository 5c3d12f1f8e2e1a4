/** Lets so many through at once; the others wait in the order in which they came. */

export interface Gate {
  readonly inside: number
  readonly waiting: number
  /** @returns what to call when done; undefined where the signal was aborted before it was this one's turn */
  enter(signal?: AbortSignal): Promise<(() => void) | undefined>
}

export function createGate(width: number): Gate {
  let inside = 0
  const queue = new Set<() => void>()

  function leave(): void {
    inside--
    const [next] = queue
    if (next !== undefined) next()
  }

  function pass(): () => void {
    inside++
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }

  return {
    get inside() {
      return inside
    },
    get waiting() {
      return queue.size
    },
    async enter(signal) {
      if (signal?.aborted === true) return undefined
      if (inside < width) return pass()
      return new Promise((resolve) => {
        const go = (): void => {
          queue.delete(go)
          signal?.removeEventListener('abort', give)
          resolve(pass())
        }
        const give = (): void => {
          queue.delete(go)
          resolve(undefined)
        }
        queue.add(go)
        signal?.addEventListener('abort', give, { once: true })
      })
    },
  }
}

/** Does a piece of work when it is its turn. @returns undefined where the signal was aborted before that */
export async function inTurn<T>(
  gate: Gate,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const leave = await gate.enter(signal)
  if (leave === undefined) return undefined
  try {
    return await work()
  } finally {
    leave()
  }
}
