import { expect, test } from 'vitest'
import { createQueue } from '../../../src/worker/machine/queue.ts'

test('work begins when the work before has ended, also where that threw', async () => {
  const exclusive = createQueue()
  const said: string[] = []
  const slow = exclusive(async () => {
    said.push('first begins')
    await new Promise((resolve) => setImmediate(resolve))
    said.push('first ends')
    throw new Error('broken')
  })
  const next = exclusive(async () => {
    said.push('second begins')
    return 2
  })
  await expect(slow).rejects.toThrow('broken')
  expect(await next).toBe(2)
  expect(said).toEqual(['first begins', 'first ends', 'second begins'])
})
