/** What waits for a clock, so that it can end with the file of tests that it began in. */
import { vi } from 'vitest'

const waiting = new Set<ReturnType<typeof setTimeout>>()

let counting: unknown

/** From now on timers are known. */
export function countTimers(): void {
  if (vi.isFakeTimers() || globalThis.setTimeout === counting) return
  const begin = globalThis.setTimeout
  const counted = (...given: Parameters<typeof setTimeout>) => {
    const timer = begin(...given)
    waiting.add(timer)
    return timer
  }
  vi.stubGlobal('setTimeout', Object.assign(counted, begin))
  counting = globalThis.setTimeout
}

export function endTimers(): void {
  for (const timer of waiting) clearTimeout(timer)
  waiting.clear()
}
