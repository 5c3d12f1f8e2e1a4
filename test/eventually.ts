/** Waits for what comes of itself, without a word on when. */
import { vi } from 'vitest'
import { PATIENCE_MS } from './pace.ts'

/** Resolves with what `check` gives once it throws no more. */
export function eventually<T>(check: () => T | Promise<T>, intervalMs = 5): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: intervalMs })
}
