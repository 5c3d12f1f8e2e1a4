import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../../src/core/comparison/comparison.ts'
import { armResults } from '../../../../src/core/comparison/results/arm-results.ts'
import { armNames } from '../../../../src/ui/compare/arms/arm-words.ts'
import { differenceTable, usualReference } from '../../../../src/ui/compare/results/difference-table.ts'
import type { Folded } from '../../../../src/ui/compare/results/folded.ts'
import { plainRroHere } from '../../../../src/ui/compare/results/plain-rro-words.ts'
import { cellsOfAll, comparisonOf } from '../../../core/comparison/toy-cells.ts'

const comparison = comparisonOf()

/** Of the arms SFT, fixed-size, RRO, recycled. Rewards move together, by 0.1 from seed to seed; the paper's RRO by 0.15. */
const cells = cellsOfAll(
  comparison,
  (arm, seed, budget) => ([0.1, 0.5, 0.52, 0.9][arm] ?? 0) + (arm === 2 ? 0.15 : 0.1) * (seed - 2) + budget / 1e5,
)

function folded(own: readonly Cell[] = cells, of: Comparison = comparison): Folded {
  return {
    ...{ comparison: of, cells: own, names: armNames(of.arms), labels: [] },
    ...{ results: armResults(of, own), diagnoses: [] },
  }
}

function texts(arm: number, own: readonly Cell[] = cells): readonly string[] {
  return differenceTable(folded(own), 'sampled', arm).rows.map(({ arm, values }) =>
    [arm, ...values.map(({ text, outcome }) => `${text} ${outcome}`)].join(' | '),
  )
}

describe('the table of differences', () => {
  test('has a row for each other arm, and says by sign and by word who wins', () => {
    // The paper's RRO varies by 0.05 from seed to seed more than the others: 4.302653 x 0.05 / sqrt 3 = 0.124.
    expect(texts(2)).toEqual([
      '0 | +0.420 ± 0.124 wins | +0.420 ± 0.124 wins',
      '1 | +0.020 ± 0.124 close | +0.020 ± 0.124 close',
      '3 | −0.380 ± 0.124 loses | −0.380 ± 0.124 loses',
    ])
  })
  test('says what it is of: which minus which, where, and over how many seeds', () => {
    const { caption, columns } = differenceTable(folded(), 'greedy', 3)
    expect(caption).toBe(
      'Recycled RRO (ours) minus the method of the row: reward on test tasks, greedy, seed by seed; mean over 3 seeds ± 95 % t-interval',
    )
    expect(columns).toEqual(['1,000 calls', '2,000 calls'])
  })
  test('has behind each number the cells of both arms with the seeds that both have', () => {
    const some = cells.filter(({ arm, seed }) => arm !== 1 || seed !== 2)
    const [, fixed] = differenceTable(folded(some), 'sampled', 3).rows
    expect(fixed?.values[0]?.cells.map(({ arm, seed, budget }) => [arm, seed, budget])).toEqual([
      [3, 1, 1000],
      [3, 3, 1000],
      [1, 1, 1000],
      [1, 3, 1000],
    ])
  })
  test('says the seeds beside each number where they are not the same, and nothing of fewer than two', () => {
    const some = cells.filter(({ arm, seed }) => (arm !== 1 || seed < 3) && (arm !== 0 || seed < 2))
    expect(texts(3, some)).toEqual([
      '0 | – unknown | – unknown',
      '1 | +0.400 ± 0.000, 2 seeds wins | +0.400 ± 0.000, 2 seeds wins',
      '2 | +0.380 ± 0.124, 3 seeds wins | +0.380 ± 0.124, 3 seeds wins',
    ])
  })
  test('is to our method, or else to the best at the largest budget', () => {
    expect(usualReference(folded(), 'sampled')).toBe(3)
    const others = comparisonOf({ arms: comparison.arms.slice(0, 3) })
    const own = cellsOfAll(others, (arm, _, budget) => (budget === 2000 ? arm : -arm))
    expect(usualReference(folded(own, others), 'sampled')).toBe(2)
    expect(usualReference(folded([], others), 'sampled')).toBe(0)
  })
})

describe('what a comparison says of plain RRO', () => {
  test('is counted against every fixed-size arm, at each budget', () => {
    const arms = [...comparison.arms, { method: 'fixed-size' as const, settings: { candidates: 2 } }]
    const of = comparisonOf({ arms })
    const own = cellsOfAll(of, (arm, _, budget) => [0, 0.5, 0.6, 0.9, budget === 1000 ? 0.7 : 0.6][arm] ?? 0)
    expect(plainRroHere(folded(own, of), 'sampled')).toBe(
      'In this comparison, RRO (paper) against fixed-size exploration (reward, sampled, seed by seed): 1 win, 1 loss, 0 too close to tell at 1,000 calls; 1 win, 0 losses, 1 too close to tell at 2,000 calls.',
    )
  })
  test('is nothing where one of the two is missing', () => {
    const of = comparisonOf({ arms: comparison.arms.filter(({ method }) => method !== 'fixed-size') })
    expect(
      plainRroHere(
        folded(
          cellsOfAll(of, () => 0.5),
          of,
        ),
        'sampled',
      ),
    ).toBeUndefined()
    const none = comparisonOf({ arms: comparison.arms.filter(({ method }) => method !== 'rro') })
    expect(
      plainRroHere(
        folded(
          cellsOfAll(none, () => 0.5),
          none,
        ),
        'sampled',
      ),
    ).toBeUndefined()
  })
})
