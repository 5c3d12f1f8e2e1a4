/** Waits for what comes of itself, without a word on when. */
import { vi } from 'vitest'
import { TEST_PATIENCE_MS } from './pace.ts'

/** Shorter than a test may take, so that a test that waits in vain tells what it waited for. */
const TIMEOUT_MS = 0.8 * TEST_PATIENCE_MS

/** Resolves with what `check` gives once it throws no more. */
export function eventually<T>(check: () => T | Promise<T>, intervalMs = 5): Promise<T> {
  return vi.waitFor(check, { timeout: TIMEOUT_MS, interval: intervalMs })
}
