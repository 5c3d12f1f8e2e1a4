/** What Compare says of the small language model: budgets are of tokens, wherever they are named. */
import { expect, test } from 'vitest'
import type { Cell } from '../../../../src/core/comparison/cell.ts'
import { parseComparison } from '../../../../src/core/comparison/comparison-address.ts'
import { warmUpOf, workOf } from '../../../../src/core/comparison/expected-work.ts'
import { differenceTable } from '../../../../src/ui/compare/results/difference-table.ts'
import { scoreFigures } from '../../../../src/ui/compare/results/figures.ts'
import { foldComparison } from '../../../../src/ui/compare/results/folded.ts'
import { scoreTable } from '../../../../src/ui/compare/results/tables.ts'
import { nameOf } from '../../../../src/worker/comparisons/comparison-info.ts'

const words = { arms: 'rro;rloo', budgets: '3000,6000', seeds: '2' }
const { comparison: language } = parseComparison({ ...words, policy: 'transformer' })
const { comparison: linear } = parseComparison(words)

const score = { reward: 0.7, success: 0.4, greedyReward: 0.75, greedySuccess: 0.5 }
const cells = [0, 1].flatMap((arm) =>
  [1, 2].flatMap((seed) =>
    [3000, 6000].map(
      (budget): Cell => ({
        ...{ arm, seed, budget, score, tokens: { explored: 1000, trained: 500 }, weights: [] },
        rounds: [{ policyCalls: 100, score }],
        cost: { candidates: 10, rollouts: 20, policyCalls: 100 },
        ...{ tasks: 3, steps: 9, pairs: 4, candidates: { counts: [0, 9], byDepth: [[9, 10]] } },
      }),
    ),
  ),
)

test('axes, points and columns name tokens for the language model, and policy calls for the other', () => {
  for (const [comparison, long, short] of [
    [language, 'tokens', 'tokens'],
    [linear, 'policy calls', 'calls'],
  ] as const) {
    const folded = foldComparison(comparison, cells)
    const [figure] = scoreFigures(folded, 'sampled')
    expect(figure?.xLabel).toBe(`budget, ${long}`)
    expect(figure?.points[0]?.words).toContain(`3,000 ${short}: reward 0.700`)
    expect(scoreTable(folded, 'sampled').caption).toContain(`by budget of ${long}:`)
    expect(JSON.stringify(differenceTable(folded, 'sampled', 0))).toContain(`6,000 ${short}`)
  }
})

test('its name says whose it is, and its work is told by tokens', () => {
  expect(nameOf(language)).toBe('WebShop, small language model, 2 methods, 2 budgets, 2 seeds')
  expect(nameOf(linear)).toBe('WebShop, 2 methods, 2 budgets, 2 seeds')
  expect(workOf({ ...language, budgets: [3000] })).toBeGreaterThan(20 * workOf({ ...linear, budgets: [3000] }))
  // What finds out how quick a machine is takes no second, so it is none of the language model.
  expect(warmUpOf(language)).toEqual(warmUpOf(linear))
})
