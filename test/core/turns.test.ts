import { expect, test } from 'vitest'
import { Turns } from '../../src/core/turns.ts'

test('work begins when the work before has ended, also where that threw', async () => {
  const turns = new Turns()
  const said: string[] = []
  const slow = turns.take(async () => {
    said.push('first begins')
    await new Promise((resolve) => setImmediate(resolve))
    said.push('first ends')
    throw new Error('broken')
  })
  const next = turns.take(async () => {
    said.push('second begins')
    return 2
  })
  await expect(slow).rejects.toThrow('broken')
  expect(await next).toBe(2)
  expect(said).toEqual(['first begins', 'first ends', 'second begins'])
})
