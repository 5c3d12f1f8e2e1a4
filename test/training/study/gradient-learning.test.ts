import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import { type Arm, type Comparison, configOf } from '../../../src/core/comparison/comparison.ts'
import { GRADIENT_METHODS } from '../../../src/core/comparison/gradient-methods.ts'
import { gradientOf } from '../../../src/core/comparison/gradient-numbers.ts'
import { exploreTask } from '../../../src/core/exploration/explore-task.ts'
import { drawTasks } from '../../../src/core/exploration/run-plan.ts'
import type { TaskEvent } from '../../../src/core/log/events.ts'
import { stream } from '../../../src/core/random.ts'
import type { Decision } from '../../../src/policies/linear/decision.ts'
import { linearLearner } from '../../../src/training/learner.ts'
import { gradientLearner } from '../../../src/training/study/gradient-batch.ts'
import { groupOf, valuedEpisode } from '../../../src/training/study/sampled-episodes.ts'
import { runArm } from '../../../src/training/study/study.ts'
import type { StudyWorld } from '../../../src/training/study/study-world.ts'
import { SMALL, smallWorld } from './small-study.ts'

const world = await smallWorld()
/** The same data, loaded once more: with nothing of the first one in memory. */
const again = await smallWorld()

const ARMS: readonly Arm[] = GRADIENT_METHODS.map((method) => ({
  ...{ method, settings: method === 'vineppo' ? { rollouts: 1 } : { startRollouts: 3 } },
  training: { batch: 2, learningRate: 0.3 },
}))
const STUDY: Comparison = { ...SMALL, arms: ARMS, budgets: [150, 400] }
const places = ARMS.map(({ method }, index) => ({ method, index }))

async function cellsOf(comparison: Comparison, arm: number, seed: number, where: StudyWorld = world): Promise<Cell[]> {
  const cells: Cell[] = []
  for await (const cell of runArm(where, comparison, arm, seed)) cells.push(cell)
  return cells
}

/** What an arm explores first, with the start policy. */
async function firstTask(arm: Arm, seed: number): Promise<TaskEvent[]> {
  const config = configOf(STUDY, arm, seed, 1)
  const [task] = drawTasks(config, world.tasks('train'))
  if (task === undefined) throw new Error('no task')
  const exploration = { config, actor: world.actor, maxReward: world.maxReward, index: 0, task, random: stream(seed) }
  const events: TaskEvent[] = []
  for await (const event of exploreTask(exploration)) events.push(event)
  return events
}

describe.each(places)('the cells of $method', ({ index }) => {
  test('are one for each budget, which nothing exceeds, and the same every time, whatever the other budgets', async () => {
    const cells = await cellsOf(STUDY, index, 1)
    expect(cells.map(({ budget }) => budget)).toEqual(STUDY.budgets)
    for (const { budget, cost, rounds, score, pairs, tasks } of cells) {
      expect(cost.policyCalls).toBeLessThanOrEqual(budget)
      expect(cost.policyCalls).toBeGreaterThan(budget - 15)
      expect(rounds).toEqual([{ policyCalls: cost.policyCalls, score }])
      expect(pairs).toBe(0)
      expect(tasks).toBeGreaterThan(1)
    }
    const [small, large] = cells as [Cell, Cell]
    const { diagnosis: _, ...alone } = (await cellsOf({ ...STUDY, budgets: [150] }, index, 1, again))[0] as Cell
    expect(alone).toEqual(small)
    expect(await cellsOf({ ...STUDY, budgets: [400] }, index, 1, again)).toEqual([large])
    expect(large.weights).not.toEqual(small.weights)
  })
})

test('several rounds share a budget, and the first is a cell of its share', async () => {
  const [cell] = (await cellsOf({ ...STUDY, rounds: 2, budgets: [400] }, 1, 1)) as [Cell]
  const [half] = (await cellsOf({ ...STUDY, budgets: [200] }, 1, 1)) as [Cell]
  expect(cell.rounds.length).toBe(2)
  expect(cell.rounds[0]).toEqual(half.rounds[0])
})

test('what an update was not complete for is not learnt from', async () => {
  const arms = [{ ...(ARMS[0] as Arm), training: { batch: 64 } }]
  const [cell] = (await cellsOf({ ...STUDY, arms }, 0, 1)) as [Cell]
  expect(cell.weights).toEqual([...world.actor.parameters])
})

test('a group is its episodes: every action a decision, every outcome a reward', async () => {
  const events = await firstTask(ARMS[1] as Arm, 5)
  const rollouts = events.filter((event) => event.type === 'rollout-finished')
  const group = groupOf(world.actor, events, (node) => world.actor.observe(node))
  expect(group.map(({ reward }) => reward)).toEqual(rollouts.map(({ reward }) => reward))
  expect(group.map(({ decisions }) => decisions.length)).toEqual(rollouts.map(({ actions }) => actions.length))
  expect(group.map(({ states }) => states.length)).toEqual(rollouts.map(({ actions }) => actions.length))
  // All begin in the same state.
  expect(new Set(group.map(({ states }) => states[0])).size).toBe(1)
})

test('VinePPO: a step has the process reward after it minus the one before, which add up to outcome minus value', async () => {
  const events = await firstTask(ARMS[3] as Arm, 6)
  const start = events.find((event) => event.type === 'rollout-finished' && event.step === 0)
  const outcome = events.find((event) => event.type === 'task-finished')
  if (start?.type !== 'rollout-finished' || outcome?.type !== 'task-finished') throw new Error('not explored')
  const { decisions, advantages } = valuedEpisode(world.actor, events)
  expect(decisions.length).toBe(events.filter(({ type }) => type === 'step-started').length)
  expect(advantages.reduce((sum, advantage) => sum + advantage, 0)).toBeCloseTo(outcome.reward - start.reward, 9)
})

test('an update raises what did better in the group and lowers what did worse', async () => {
  for (const arm of ARMS.slice(0, 3)) {
    const { method } = arm
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
    const tasks = await Promise.all(seeds.map((seed) => firstTask({ ...arm, settings: { startRollouts: 8 } }, seed)))
    const training = { ...gradientOf(arm), klWeight: 0, epochs: 1 }
    // Plain ascent: along the gradient the objective itself must rise.
    const ascend = (weights: Float64Array, gradient: Readonly<Float64Array>): void => {
      for (const [k, slope] of gradient.entries()) weights[k] = (weights[k] as number) - 0.01 * slope
    }
    if (method === 'sft' || method === 'rro') throw new Error('no gradient')
    const policy = linearLearner(Float64Array.from(world.actor.parameters), ascend)
    const learner = gradientLearner<Parameters<typeof world.actor.execute>[0], Decision>(
      method as (typeof GRADIENT_METHODS)[number],
      training,
      policy,
      (node) => world.actor.observe(node),
    )
    const batch = tasks.map((events) => learner.read(world.actor, events))
    const gains = (): number =>
      batch.flat().reduce((sum, { decisions, advantages }) => {
        const logs = policy.logs(decisions)
        return sum + advantages.reduce((own, advantage, step) => own + advantage * (logs[step] as number), 0)
      }, 0)
    const before = gains()
    learner.update(batch)
    expect(gains()).toBeGreaterThan(before)
  }
})
