import { expect, test } from 'vitest'
import type { Actor } from '../../src/core/exploration/actor.ts'
import { stream } from '../../src/core/random.ts'
import { evaluate } from '../../src/training/evaluation.ts'

/** Earns what its task is called, after two actions. */
const actor: Actor<string> = {
  begin: (task) => task.id,
  propose: () => ({ text: '', action: '' }),
  execute: (prefix) => prefix,
  outcome: () => undefined,
  observe: () => '',
  rollouts: (prefix, _limit, _temperature, streams) =>
    streams.map(() => ({ actions: ['a', 'b'], reward: Number(prefix) })),
}

test('mean and standard error are over tasks', async () => {
  const tasks = ['0', '0.5', '1'].map((id) => ({ id, instruction: '' }))
  const settings = { temperature: 1, stepLimit: 10, episodesPerTask: 4 }
  const result = await evaluate(actor, tasks, stream(1), settings)
  expect(result).toEqual({
    mean: 0.5,
    standardError: expect.closeTo(0.5 / Math.sqrt(3), 12),
    successRate: 1 / 3,
    steps: 2,
    episodes: 12,
  })
  expect((await evaluate(actor, tasks.slice(1, 2), stream(1), settings)).standardError).toBeUndefined()
  expect((await evaluate(actor, [], stream(1), settings)).mean).toBe(0)
  expect((await evaluate(actor, [], stream(1), settings)).successRate).toBe(0)
})

test('a success earns the largest reward, short of rounding', async () => {
  const tasks = ['0.49', '0.4999999999', '0.5', '1'].map((id) => ({ id, instruction: '' }))
  const settings = { temperature: 1, stepLimit: 10, episodesPerTask: 2 }
  expect((await evaluate(actor, tasks, stream(1), { ...settings, maxReward: 0.5 })).successRate).toBe(0.75)
  expect((await evaluate(actor, tasks, stream(1), settings)).successRate).toBe(0.25)
})
