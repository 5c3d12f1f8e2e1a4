import { expect, test } from 'vitest'
import { createCostFold } from '../../../src/core/log/cost-fold.ts'
import { foldTask, pairCount } from '../../../src/core/log/fold-task.ts'
import { createTally } from '../../../src/training/study/tally.ts'
import { ARMS, smallWorld, taskEvents } from './small-study.ts'

const world = await smallWorld()

test.each(ARMS.filter(({ method }) => method !== 'sft'))(
  'a tally of $method counts what the fold of each task has',
  async (arm) => {
    const tally = createTally()
    const sums = { tasks: 0, steps: 0, pairs: 0, candidates: 0, rollouts: 0, policyCalls: 0 }
    const ofDepth: number[] = []
    for (let seed = 1; seed <= 3; seed++) {
      const events = await taskEvents(world, arm, seed)
      for (const event of events) {
        const after = tally.costWith(event)
        tally.add(event)
        expect(tally.numbers().cost.policyCalls).toBe(after)
      }
      const state = foldTask(events)
      if (state === undefined) throw new Error('no task')
      sums.tasks++
      sums.steps += state.steps.length
      sums.pairs += pairCount(state)
      sums.candidates += state.cost.candidates
      sums.rollouts += state.cost.rollouts
      sums.policyCalls += state.cost.policyCalls
      for (const { step } of state.steps) ofDepth[step - 1] = (ofDepth[step - 1] ?? 0) + 1
    }
    const { cost, tasks, steps, pairs, candidates } = tally.numbers()
    expect({ ...cost, tasks, steps, pairs }).toEqual(sums)
    expect(candidates.counts.reduce((sum, count) => sum + count, 0)).toBe(sums.steps)
    expect(candidates.counts.reduce((sum, count, n) => sum + n * count, 0)).toBe(sums.candidates)
    expect(candidates.byDepth.map(([decided]) => decided)).toEqual(ofDepth)
    expect(candidates.byDepth.reduce((sum, [, drawn]) => sum + drawn, 0)).toBe(sums.candidates)
  },
)

test('a step that is not decided does not count yet', () => {
  const tally = createTally()
  const costs = createCostFold()
  for (const event of [
    { type: 'task-started', task: 0, taskId: 't', instruction: '', observation: '' },
    { type: 'step-started', task: 0, step: 1, bar: 0 },
    { type: 'candidate-proposed', task: 0, step: 1, candidate: 1, text: '', action: 'a', done: false, outcome: null },
  ] as const) {
    tally.add(event)
    costs.add(event)
  }
  expect(tally.numbers()).toEqual({
    ...{ cost: costs.cost, tasks: 1, steps: 0, pairs: 0, candidates: { counts: [], byDepth: [] } },
  })
})
