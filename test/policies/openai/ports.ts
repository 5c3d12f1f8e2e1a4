/** A clock that only waits move, for a client under test: waits pass at once, time limits only when told. */
import { stream } from '../../../src/core/random.ts'
import type { EndpointPorts } from '../../../src/policies/openai/ports.ts'

/** Time limits are longer than any wait between two attempts would be without a server that asks for more. */
const LIMIT_MS = 200_000

export interface TestPorts extends EndpointPorts {
  /** Waits so far, in order. */
  readonly waits: readonly number[]
  /** Lets every time limit that is running pass. */
  expire(): void
}

export const TEST_TIMEOUT_MS = 240_000

export function testPorts(parts: Partial<EndpointPorts> = {}): TestPorts {
  let clockMs = 0
  const waits: number[] = []
  const limits = new Set<() => void>()
  const draws = stream(5).child('jitter')
  return {
    fetch: globalThis.fetch,
    now: () => clockMs,
    date: () => clockMs,
    after(ms, call) {
      if (ms >= LIMIT_MS) {
        limits.add(call)
        return () => limits.delete(call)
      }
      waits.push(ms)
      let cancelled = false
      setImmediate(() => {
        if (cancelled) return
        clockMs += ms
        call()
      })
      return () => {
        cancelled = true
      }
    },
    jitter: () => draws.next(),
    waits,
    expire() {
      for (const call of [...limits]) call()
    },
    ...parts,
  }
}
