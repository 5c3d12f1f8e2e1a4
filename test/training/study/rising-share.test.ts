import { expect, test } from 'vitest'
import type { Actor } from '../../../src/core/exploration/actor.ts'
import { stream } from '../../../src/core/random.ts'
import { risingShare } from '../../../src/training/study/rising-share.ts'

const OPTIONS = { temperature: 1, stepLimit: 10, rollouts: 5 }

/** Its task is the process reward after each action, worth that much whatever is done. */
function staircase(): Actor<{ rewards: readonly number[]; depth: number }> {
  return {
    begin: ({ id }) => ({ rewards: id.split(' ').map(Number), depth: 0 }),
    propose: () => ({ text: '', action: 'on' }),
    execute: ({ rewards, depth }) => ({ rewards, depth: depth + 1 }),
    outcome: ({ rewards, depth }) => (depth === rewards.length - 1 ? { reward: rewards[depth] as number } : undefined),
    observe: () => '',
    rollouts: ({ rewards, depth }, _limit, _temperature, streams) =>
      streams.map(() => ({ actions: rewards.slice(depth + 1).map(() => 'on'), reward: rewards[depth] as number })),
  }
}

test('steps rise against the one before, the first against the empty prefix, by third of the episode', async () => {
  const tasks = ['0.5 0.6 0.6 0.4 0.4 1 1', '0 1'].map((id) => ({ id, instruction: '' }))
  const { rising, notFalling } = await risingShare(staircase(), tasks, stream(5), OPTIONS)
  // Start: rises, stays; and the only step of the second task. Middle: falls, stays. End: rises, stays.
  expect(rising).toEqual([2 / 3, 0, 1 / 2])
  expect(notFalling).toEqual([1, 1 / 2, 1])
  const none = await risingShare(staircase(), [{ id: '0 1', instruction: '' }], stream(5), OPTIONS)
  expect(none.rising).toEqual([1, undefined, undefined])
})
