/** Language models in a comparison: the tiny one, on a handful of tasks. */
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../src/core/comparison/comparison.ts'
import { parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { unwrap } from '../../../src/core/failure.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { parseCell } from '../../../src/store/comparison-record.ts'
import { Budgets } from '../../../src/training/study/budgets.ts'
import { runTextArm, type TextStudyWorld } from '../../../src/training/study/text-study.ts'
import { textWorld } from '../../../src/worker/comparisons/text-world.ts'
import { sameBits } from '../../same-bits.ts'

const whole = unwrap(await textWorld({ ...diskLoader() }, { environment: 'webshop', start: 'tiny' }))
const train = whole.tasks('train').slice(0, 24)
const held = whole.tasks('test').slice(0, 2)
const world: TextStudyWorld = { ...whole, tasks: (split) => (split === 'test' ? held : train) }

const { comparison: STUDY, corrections } = parseComparison({
  ...{ policy: 'transformer', start: 'tiny', budgets: '3000,6000', seeds: '1' },
  arms: [
    'sft;fixed-size:rollouts=1:candidates=2;rro:rollouts=1;rro-recycled:rollouts=2:candidates=2:startRollouts=3;eto',
    'fixed-size:rollouts=1:candidates=2:loss=kto;rloo:startRollouts=2:batch=2;grpo:startRollouts=2:batch=1',
  ].join(';'),
})
/** One whose tasks are no longer than the test of budgets takes for granted. */
const SEED = 3
const places = STUDY.arms.map(({ method }, index) => ({ method, index }))

async function cellsOf(comparison: Comparison, arm: number): Promise<Cell[]> {
  const cells: Cell[] = []
  for await (const cell of runTextArm(world, comparison, arm, SEED)) cells.push(cell)
  return cells
}

test('the address of the study says what it is', () => {
  expect(corrections).toEqual([])
  expect(STUDY).toMatchObject({ policy: 'transformer', start: 'tiny' })
})

describe.each(places)('the cells of $method ($index)', ({ index, method }) => {
  test('spend what went through the model, within the budget, and are the same alone as among others', async () => {
    const { kernel } = world.actor.reader
    const begun = kernel.parameters.slice()
    const cells = await cellsOf(STUDY, index)
    expect(cells.map(({ budget }) => budget)).toEqual(STUDY.budgets)
    for (const { budget, tokens, cost, tasks, pairs, weights, ...cell } of cells) {
      const { explored, trained } = tokens as NonNullable<Cell['tokens']>
      expect(explored + trained).toBeLessThanOrEqual(budget)
      // No pair, task or update takes more than half of the smaller budget.
      expect(explored + trained).toBeGreaterThan(budget - 1500)
      expect(explored > 0).toBe(method !== 'sft')
      expect(cost.policyCalls > 0).toBe(method !== 'sft')
      expect(weights).toEqual([])
      expect(parseCell({ budget, tokens, cost, tasks, pairs, weights, ...cell })).toBeDefined()
    }
    expect(sameBits(kernel.parameters, begun)).toBe(true)
    const [, large] = cells as [Cell, Cell]
    expect(await cellsOf({ ...STUDY, budgets: [6000] }, index)).toEqual([large])
  })
})

test('what is foretold of training on pairs is what goes through the model', async () => {
  for (const index of [1, 5]) {
    const { kernel } = world.pupil.reader
    let before = kernel.fed
    let judged = 0
    // Judging counts, too: it is what the same policy takes where nothing is trained.
    const [first] = await cellsOf({ ...STUDY, budgets: [100] }, index)
    judged = kernel.fed - before
    expect(first?.tokens?.trained).toBe(0)
    before = kernel.fed
    const [cell] = await cellsOf({ ...STUDY, budgets: [3000] }, index)
    const all = kernel.fed - before
    expect(Math.abs(all - judged - (cell?.tokens?.trained ?? 0))).toBeLessThan(0.2 * judged)
  }
})

test('budgets are told once each, in their order, when they are exceeded', () => {
  const budgets = new Budgets([10, 20, 30])
  expect([...budgets.exceededBy(10)]).toEqual([])
  expect([...budgets.exceededBy(21)]).toEqual([10, 20])
  expect([...budgets.exceededBy(21)]).toEqual([])
  expect(budgets.spent).toBe(false)
  expect([...budgets.exceededBy(Number.POSITIVE_INFINITY)]).toEqual([30])
  expect(budgets.spent).toBe(true)
})
