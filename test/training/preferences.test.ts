import { describe, expect, test } from 'vitest'
import { createCostFold } from '../../src/core/log/cost-fold.ts'
import type { TaskEvent } from '../../src/core/log/events.ts'
import { foldTask, pairCount } from '../../src/core/log/fold-task.ts'
import { preferencesOf } from '../../src/training/preferences.ts'
import { ARMS, smallWorld, taskEvents } from './study/small-study.ts'

const world = await smallWorld()
const { actor } = world
const EXPLORING = ARMS.filter(({ method }) => method !== 'sft')

describe.each(EXPLORING)('the preferences of $method', (arm) => {
  test('are its pairs, in order, with their weights', async () => {
    let made = 0
    for (let seed = 1; seed <= 4; seed++) {
      const events = await taskEvents(world, arm, seed)
      const { preferences } = preferencesOf(actor, events)
      const state = foldTask(events)
      made += preferences.length
      expect(preferences.length).toBe(state === undefined ? 0 : pairCount(state))
      const weights = events.flatMap((event) => {
        if (event.type === 'pair-made') return [event.weight ?? 1]
        if (event.type === 'branch-pair-made') return [event.weight]
        return event.type === 'trajectory-pair-made' ? [1] : []
      })
      expect(preferences.map(({ weight }) => weight)).toEqual(weights)
      for (const { chosen, rejected } of preferences) {
        expect(chosen[0]?.rows).toBe(rejected[0]?.rows) // even trajectories begin in one state
        if (arm.method !== 'eto') expect(chosen[0]?.chosen).not.toBe(rejected[0]?.chosen)
      }
    }
    expect(made).toBeGreaterThan(0)
  })

  test('within a budget are those of the events before it is exceeded', async () => {
    const events = await taskEvents(world, arm, 2)
    const costs = createCostFold()
    const spent = events.map((event) => {
      costs.add(event)
      return costs.cost.policyCalls
    })
    for (const budget of [0, 1, 20, 60, spent[spent.length - 1] as number]) {
      const within = events.filter((_, i) => (spent[i] as number) <= budget)
      expect(preferencesOf(actor, events, budget)).toEqual(preferencesOf(actor, within))
    }
  })
})

const task = world.tasks('train')[0]
if (task === undefined) throw new Error('no task')

/** The actions that the policy offers after some. */
function offered(...path: string[]): readonly string[] {
  return actor.actions(
    path.reduce(
      (node, action) => actor.execute(node, { text: '', action }),
      actor.begin(task as { id: string; instruction: string }),
    ),
  )
}

const [open = ''] = offered()
const [first = '', second = ''] = offered(open)
const [deep = '', deeper = ''] = offered(open, first)
const started: TaskEvent = { type: 'task-started', task: 0, taskId: task.id, instruction: '', observation: '' }
const proposed = (step: number, candidate: number, action: string): TaskEvent => ({
  ...{ type: 'candidate-proposed', task: 0, step, candidate, text: '', action, done: false, outcome: null },
})
const decided = (step: number, continued: number): TaskEvent => ({
  ...{ type: 'step-decided', task: 0, step, chosen: continued, continued, reason: 'rise', observation: '' },
})
/** Two steps: `open`, and `second` after `first` was turned down. */
const PATH: readonly TaskEvent[] = [
  started,
  { type: 'step-started', task: 0, step: 1, bar: 0 },
  proposed(1, 1, open),
  decided(1, 1),
  { type: 'step-started', task: 0, step: 2, bar: 0 },
  proposed(2, 1, first),
  proposed(2, 2, second),
  decided(2, 2),
]
const turn = (action: string) => ({ text: '', action, observation: '' })

test('a branch pair is at the state that its turns lead to, from the step it leaves the path at', () => {
  const preferred = { text: '', reward: 1, rollouts: 1 }
  const { preferences } = preferencesOf(actor, [
    ...PATH,
    {
      ...{ type: 'branch-pair-made', task: 0, step: 2, after: [turn(first)], weight: 0.25 },
      ...{ chosen: { ...preferred, action: deep }, rejected: { ...preferred, action: deeper } },
    },
  ])
  const node = [open, first].reduce((at, action) => actor.execute(at, { text: '', action }), actor.begin(task))
  expect(preferences).toEqual([
    { chosen: [actor.decision(node, deep)], rejected: [actor.decision(node, deeper)], weight: 0.25 },
  ])
})

test.each(['expert', 'agent'] as const)(
  'whole trajectories: the path against the turns of the expert (%s preferred)',
  (chosen) => {
    const { preferences } = preferencesOf(actor, [
      ...PATH,
      { type: 'trajectory-pair-made', task: 0, chosen, expert: [turn(open), turn(first), turn(deep)], expertReward: 1 },
    ])
    const decisions = (...actions: string[]) => {
      let node = actor.begin(task)
      return actions.map((action) => {
        const decision = actor.decision(node, action)
        node = actor.execute(node, { text: '', action })
        return decision
      })
    }
    const [expert, agent] = [decisions(open, first, deep), decisions(open, second)]
    expect(preferences).toEqual([
      chosen === 'expert'
        ? { chosen: expert, rejected: agent, weight: 1 }
        : { chosen: agent, rejected: expert, weight: 1 },
    ])
  },
)

test('anchors are the states of the path, and of the first rollout of the start and of each candidate', () => {
  const rollout = (step: number, candidate: number, number: number, ...actions: string[]): TaskEvent => ({
    ...{ type: 'rollout-finished', task: 0, step, candidate, rollout: number, actions, reward: 0 },
  })
  const { anchors } = preferencesOf(actor, [
    started,
    rollout(0, 0, 1, open, second),
    rollout(0, 0, 2, open, first),
    { type: 'step-started', task: 0, step: 1, bar: 0 },
    proposed(1, 1, open),
    rollout(1, 1, 1, first, deep),
    rollout(1, 1, 2, first, deeper),
    decided(1, 1),
  ])
  const node = (...path: string[]) =>
    path.reduce((at, action) => actor.execute(at, { text: '', action }), actor.begin(task))
  const decision = (action: string, ...path: string[]) => actor.decision(node(...path), action)
  expect(anchors).toEqual([
    decision(open),
    decision(second, open),
    decision(first, open),
    decision(deep, open, first),
    decision(open),
  ])
})
