import { expect, test } from 'vitest'
import type { Actor } from '../../../src/core/exploration/actor.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { stream } from '../../../src/core/random.ts'
import {
  type Accepted,
  checkPairs,
  checkRises,
  createValues,
  probesOf,
  risingShare,
} from '../../../src/training/study/diagnosis.ts'
import { ARMS, smallWorld, taskEvents } from './small-study.ts'

const world = await smallWorld()
const { actor } = world
const OPTIONS = { temperature: 1, stepLimit: 10, rollouts: 200 }

test.each(ARMS.filter(({ method }) => method !== 'sft'))(
  'what there is to check of $method is in its steps',
  async (arm) => {
    const events = await taskEvents(world, arm, 1)
    const state = foldTask(events)
    const { accepted, pairs } = probesOf(events)
    const steps = state?.steps ?? []
    const path = (step: number): readonly (string | undefined)[] =>
      steps
        .slice(0, step - 1)
        .map(({ decided, candidates }) => candidates[(decided?.continued ?? 0) - 1]?.proposed.action)
    const expected = steps.flatMap(({ step, decided, candidates }) => {
      const taken = candidates[(decided?.continued ?? 0) - 1]
      if (taken?.scored === undefined || !taken.scored.rises || decided?.reason === 'expert') return []
      return [{ taskId: state?.taskId, path: path(step), action: taken.proposed.action, estimate: taken.scored.reward }]
    })
    expect(accepted).toEqual(expected)
    if (arm.method === 'rro') expect(accepted.length).toBeGreaterThan(0)
    const onPath = steps.reduce((sum, step) => sum + step.pairs.length, 0)
    expect(pairs.length).toBe(onPath + (state?.branchPairs.length ?? 0))
    for (const pair of pairs) {
      const node = createValues(actor, OPTIONS).at(pair)
      expect(actor.actions(node)).toEqual(expect.arrayContaining([pair.chosen, pair.rejected]))
    }
  },
)

/** Every action of a task's first result page, with its exact value. */
function graded(seed: number) {
  const task = world.tasks('train')[seed]
  if (task === undefined) throw new Error('no task')
  const values = createValues(actor, { ...OPTIONS, rollouts: 3000 })
  const root = actor.begin(task)
  const [search = ''] = actor.actions(root)
  const place = { taskId: task.id, path: [search] }
  const node = values.at(place)
  const all = actor.actions(node).map((action) => {
    return {
      action,
      exact: values.of(place, node, action, stream(1).child(action)),
      share: Math.exp(actor.logProbability(node, action, 1)),
    }
  })
  return { place, node, values, all }
}

const { place, node, values, all } = graded(1)
const state = all.reduce((sum, { exact, share }) => sum + share * exact, 0)
const sorted = all.toSorted((a, b) => a.exact - b.exact)
const [worst, best] = [sorted[0], sorted[sorted.length - 1]] as [(typeof all)[number], (typeof all)[number]]

test('the value of the others completes the value of the state', () => {
  for (const { action, exact, share } of all) {
    const others = values.ofOthers(place, node, action, stream(2).child(action))
    expect(share * exact + (1 - share) * (others ?? 0)).toBeCloseTo(state, 1)
  }
})

test('an accepted action is a false rise if it is below the value of its state', () => {
  expect(best.exact).toBeGreaterThan(worst.exact + 0.1)
  const accepted = (action: string, estimate: number): Accepted => ({ ...place, action, estimate })
  const check = (...given: Accepted[]) => checkRises(actor, given, stream(3), OPTIONS)
  expect(check(accepted(best.action, 1))).toMatchObject({ risesChecked: 1, falseRises: 0 })
  expect(check(accepted(worst.action, 1))).toMatchObject({ risesChecked: 1, falseRises: 1 })
  expect(check(accepted(best.action, best.exact + 0.2), accepted(worst.action, worst.exact)).acceptedBias).toBeCloseTo(
    0.1,
    1,
  )
  expect(check()).toEqual({ risesChecked: 0, falseRises: 0, acceptedBias: undefined })
})

test('a pair is in order if its chosen action is better', () => {
  const pair = { ...place, chosen: best.action, rejected: worst.action }
  const turned = { ...place, chosen: worst.action, rejected: best.action }
  expect(checkPairs(actor, [pair, turned, pair], stream(4), OPTIONS)).toEqual({ pairsChecked: 3, pairsOrdered: 2 })
})

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
  const { rising, notFalling } = await risingShare(staircase(), tasks, stream(5), { ...OPTIONS, rollouts: 5 })
  // Start: rises, stays; and the only step of the second task. Middle: falls, stays. End: rises, stays.
  expect(rising).toEqual([2 / 3, 0, 1 / 2])
  expect(notFalling).toEqual([1, 1 / 2, 1])
  const none = await risingShare(staircase(), [{ id: '0 1', instruction: '' }], stream(5), { ...OPTIONS, rollouts: 5 })
  expect(none.rising).toEqual([1, undefined, undefined])
})
