/** Unit tests share their modules and globals from file to file: each file leaves the globals as it found them. */
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
