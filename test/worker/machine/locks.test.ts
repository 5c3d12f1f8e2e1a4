/** Locks of a browser that may be slow. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { webLocks } from '../../../src/worker/machine/locks.ts'

/** Locks as a browser has them, that answers each request after `answerMs`. */
function slowLocks(answerMs: number): LockManager {
  const held = new Set<string>()
  const manager = {
    async request(name: string, { ifAvailable }: LockOptions, granted: (lock: object | null) => unknown) {
      expect(ifAvailable).toBe(true)
      await new Promise((answered) => setTimeout(answered, answerMs))
      if (held.has(name)) return granted(null)
      held.add(name)
      await granted({ name })
      held.delete(name)
    },
  }
  return manager as unknown as LockManager
}

test('what nobody holds is had, however slow the browser is', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const acquired = webLocks(slowLocks(100_000)).acquire('a')
  await vi.advanceTimersByTimeAsync(100_000)
  const release = await acquired
  expect(release).toBeDefined()
  await release?.()
})

test('what another holds is not had, and is again when it was given back', async () => {
  const locks = webLocks(slowLocks(0))
  const release = await locks.acquire('a')
  onTestFinished(() => release?.())
  expect(await locks.acquire('a')).toBeUndefined()
  const other = await locks.acquire('b')
  expect(other).toBeDefined()
  await other?.()
  await release?.()
  const again = await locks.acquire('a')
  expect(again).toBeDefined()
  await again?.()
})

test('a holder that dies a moment later is waited for', async () => {
  const locks = webLocks(slowLocks(0))
  const release = await locks.acquire('a')
  const acquired = locks.acquire('a')
  await release?.()
  const again = await acquired
  expect(again).toBeDefined()
  await again?.()
})

test('where locks are refused, all is as where there are none', async () => {
  const manager = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }
  const release = await webLocks(manager as unknown as LockManager).acquire('a')
  expect(release).toBeDefined()
  await release?.()
})
