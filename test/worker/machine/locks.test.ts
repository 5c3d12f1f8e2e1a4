/** Locks of a browser that may be slow. */
import { expect, onTestFinished, test } from 'vitest'
import { webLocks } from '../../../src/worker/machine/locks.ts'

/** Locks whose browser is too slow for the first `late` requests. @returns them, and how many requests came */
function slowLocks(late: number): { manager: LockManager; count: () => number } {
  const held = new Map<string, Promise<unknown>>()
  let requests = 0
  const manager = {
    async request(name: string, { signal }: LockOptions, granted: () => Promise<unknown>) {
      requests++
      if (requests <= late || held.has(name))
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      const rested = granted()
      held.set(name, rested)
      await rested
      held.delete(name)
    },
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
  }
  return { manager: manager as unknown as LockManager, count: () => requests }
}

test('what nobody holds is had, however slow the browser is', async () => {
  const { manager, count } = slowLocks(2)
  const release = await webLocks(manager).acquire('a')
  expect(release).toBeDefined()
  expect(count()).toBe(3)
  await release?.()
})

test('what another holds is not had, and is again when it was given back', async () => {
  const { manager } = slowLocks(0)
  const locks = webLocks(manager)
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
