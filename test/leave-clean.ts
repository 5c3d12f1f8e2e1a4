/** Unit tests share their modules and globals from file to file: each file leaves the globals as it found them, and nothing that waits. */
import { afterAll, vi } from 'vitest'
import { endTimers } from './timers.ts'

afterAll(() => {
  vi.useRealTimers()
  endTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
