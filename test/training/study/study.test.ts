import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../src/core/comparison/comparison.ts'
import { configOf } from '../../../src/core/comparison/comparison.ts'
import { exploreRun } from '../../../src/core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../../src/core/exploration/run-plan.ts'
import { createCostFold } from '../../../src/core/log/cost-fold.ts'
import { stream } from '../../../src/core/random.ts'
import { evaluate } from '../../../src/training/evaluation.ts'
import { expertAt } from '../../../src/training/expert.ts'
import type { Preference } from '../../../src/training/objectives/pair-objective.ts'
import { preferencesOf } from '../../../src/training/preferences.ts'
import { train } from '../../../src/training/study/rounds.ts'
import { runArm, tuneArm } from '../../../src/training/study/study.ts'
import type { StudyWorld } from '../../../src/training/study/study-world.ts'
import { ARMS, SMALL, smallWorld } from './small-study.ts'

const world = await smallWorld()
/** The same data, loaded once more: with nothing of the first one in memory. */
const again = await smallWorld()
const places = ARMS.map((arm, index) => ({ method: arm.method, index }))
const [SMALLEST, LARGEST] = SMALL.budgets as [number, number]

async function cellsOf(comparison: Comparison, arm: number, seed: number, where: StudyWorld = world): Promise<Cell[]> {
  const cells: Cell[] = []
  for await (const cell of runArm(where, comparison, arm, seed)) cells.push(cell)
  return cells
}

function withoutDiagnosis({ diagnosis: _, ...rest }: Cell): Omit<Cell, 'diagnosis'> {
  return rest
}

describe.each(places)('the cells of $method', ({ method, index }) => {
  test('are one for each budget, which nothing exceeds, and the same every time, whatever the other budgets and arms', async () => {
    const cells = await cellsOf(SMALL, index, 1)
    expect(cells.map(({ arm, seed, budget }) => [arm, seed, budget])).toEqual(
      SMALL.budgets.map((budget) => [index, 1, budget]),
    )
    for (const { budget, cost, rounds, score, weights, diagnosis } of cells) {
      expect(cost.policyCalls).toBeLessThanOrEqual(budget)
      // One event costs at most K draws or an episode.
      expect(cost.policyCalls).toBeGreaterThan(method === 'sft' ? -1 : budget - 15)
      expect(rounds).toEqual([{ policyCalls: cost.policyCalls, score }])
      expect(weights.length).toBe(world.actor.parameters.length)
      expect(diagnosis === undefined).toBe(budget !== LARGEST)
    }
    const reversed = { ...SMALL, arms: ARMS.toReversed() }
    const turned = await cellsOf(reversed, ARMS.length - 1 - index, 1, again)
    expect(turned.map((cell) => ({ ...cell, arm: index }))).toEqual(cells)
    const [small, large] = cells as [Cell, Cell]
    const [alone] = (await cellsOf({ ...SMALL, budgets: [SMALLEST] }, index, 1)) as [Cell]
    expect(withoutDiagnosis(alone)).toEqual(small)
    expect(await cellsOf({ ...SMALL, budgets: [LARGEST] }, index, 1, again)).toEqual([large])
  })
})

test('the start policy scores the same wherever it is scored, and the trained ones as they would on their own', async () => {
  const [start] = (await cellsOf({ ...SMALL, budgets: [100] }, 0, 3)) as [Cell]
  expect(start.weights).toEqual([...world.actor.parameters])
  expect(start.cost).toEqual({ candidates: 0, rollouts: 0, policyCalls: 0 })
  const untaught = { ...world, experts: new Map() }
  const ipr = ARMS.findIndex(({ method }) => method === 'ipr')
  const [idle] = (await cellsOf({ ...SMALL, budgets: [100] }, ipr, 3, untaught)) as [Cell]
  expect(idle.tasks).toBe(world.tasks('train').length) // each looked at once: nobody has shown any
  expect(idle.score).toEqual(start.score)
  const [, trained] = (await cellsOf(SMALL, 6, 3)) as [Cell, Cell]
  const policy = world.actor.withParameters(Float64Array.from(trained.weights))
  const options = { temperature: 1, stepLimit: 10, episodesPerTask: SMALL.episodes }
  const sampled = await evaluate(policy, world.tasks('test'), stream(3).child('score'), options)
  expect(trained.score).toMatchObject({ reward: sampled.mean, success: sampled.successRate })
})

test.each(places.slice(1))(
  'a cell of $method is trained on the run that its configuration makes',
  async ({ index }) => {
    const [cell] = (await cellsOf({ ...SMALL, budgets: [SMALLEST] }, index, 4)) as [Cell]
    const arm = ARMS[index] as (typeof ARMS)[number]
    const config = configOf(SMALL, arm, 4, cell.tasks)
    const made = { data: { name: '', fingerprint: '' }, agent: { name: '', fingerprint: '' }, systemPrompt: '' }
    const header = runHeader(config, { ...made, minReward: 0, maxReward: 1 })
    const tasks = drawTasks(config, world.tasks('train'))
    const costs = createCostFold()
    let pairs = 0
    let task: Parameters<typeof preferencesOf>[1][number][] = []
    const preferences: Preference[] = []
    const run = exploreRun({
      ...{ header, actor: world.actor, tasks },
      expert: ({ id }, at) => expertAt(world.experts, id, at),
    })
    let before = { ...costs.cost }
    for await (const event of run) {
      before = { ...costs.cost }
      costs.add(event)
      if (costs.cost.policyCalls > SMALLEST) break
      if (event.type.endsWith('pair-made')) pairs++
      if (event.type === 'task-started') {
        preferences.push(...preferencesOf(world.actor, task).preferences)
        task = []
      }
      task.push(event)
    }
    preferences.push(...preferencesOf(world.actor, task).preferences)
    expect({ cost: before, pairs }).toEqual({ cost: cell.cost, pairs: cell.pairs })
    // Without anchors the rest of the training can be done again from the pairs alone.
    const training = { ...SMALL.training, klWeight: 0 }
    const [unheld] = (await cellsOf({ ...SMALL, budgets: [SMALLEST], training }, index, 4)) as [Cell]
    expect([...train(world.actor.parameters, preferences, [], training, 4, 0)]).toEqual(unheld.weights)
  },
)

test('several rounds share a budget, each with the policy of the one before', async () => {
  const fixed = ARMS.findIndex(({ method }) => method === 'fixed-size')
  const comparison = { ...SMALL, rounds: 3 }
  const cells = await cellsOf(comparison, fixed, 1)
  for (const { rounds, cost, budget, score } of cells) {
    expect(rounds.length).toBe(3)
    rounds.forEach(({ policyCalls }, round) => {
      const share = (budget * (round + 1)) / 3
      expect(policyCalls).toBeLessThanOrEqual(share)
      expect(policyCalls).toBeGreaterThan(share - 15)
    })
    expect(rounds[2]).toEqual({ policyCalls: cost.policyCalls, score })
  }
  // The first round is a cell of a third of the budget.
  const [third] = (await cellsOf({ ...SMALL, budgets: [Math.floor(LARGEST / 3)] }, fixed, 1)) as [Cell]
  expect(cells[1]?.rounds[0]).toEqual(third.rounds[0])
  expect(await cellsOf({ ...comparison, budgets: [LARGEST] }, fixed, 1)).toEqual(cells.slice(1))
})

test('the rises of the start policy are those of the seed and the split, whatever was diagnosed before', async () => {
  const risesIn = async (where: StudyWorld, seed: number, split: Comparison['split']) => {
    const comparison = { ...SMALL, split, budgets: [100] }
    const [idle] = await cellsOf(comparison, 0, seed, where)
    const [taught] = await cellsOf(comparison, 5, seed, where)
    expect(taught?.diagnosis?.before).toEqual(idle?.diagnosis?.before)
    expect(taught?.diagnosis?.after).not.toEqual(idle?.diagnosis?.before)
    expect(idle?.diagnosis?.after).toEqual(idle?.diagnosis?.before)
    return idle?.diagnosis?.before
  }
  for (const [seed, split] of [
    [5, 'test'],
    [6, 'test'],
    [6, 'dev'],
  ] as const)
    expect(await risesIn(world, seed, split)).toEqual(await risesIn({ ...world }, seed, split))
})

test('one exploration under several trainings gives the cells of each', async () => {
  const trainings = [SMALL.training, { ...SMALL.training, beta: 1, epochs: 3 }]
  const found = new Map<number, Cell[]>()
  for await (const { training, cell } of tuneArm(world, SMALL, 5, 1, trainings))
    found.set(training, [...(found.get(training) ?? []), cell])
  for (const [i, training] of trainings.entries())
    expect(found.get(i)).toEqual((await cellsOf({ ...SMALL, training }, 5, 1)).map(withoutDiagnosis))
})

test('stops where the signal says so', async () => {
  const stop = new AbortController()
  const cells: Cell[] = []
  for await (const cell of runArm(world, SMALL, 5, 1, stop.signal)) {
    cells.push(cell)
    stop.abort()
  }
  expect(cells.length).toBe(1)
})

test('lets its host breathe after every task', async () => {
  let breaths = 0
  const breathe = async () => {
    breaths++
  }
  const cells = await cellsOf(SMALL, 5, 1, { ...world, breathe })
  expect(breaths).toBeGreaterThanOrEqual((cells[1]?.tasks ?? 0) - 1)
})
