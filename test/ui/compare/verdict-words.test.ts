import { describe, expect, test } from 'vitest'
import { armResults, rankings } from '../../../src/core/comparison-results.ts'
import { verdicts } from '../../../src/ui/compare/verdict-words.ts'
import { cellsOfAll, comparisonOf } from '../../core/toy-cells.ts'

/** Of the arms SFT, fixed-size, RRO, recycled. */
function told(rewards: readonly number[], spread: number, seeds = 3): string {
  const comparison = comparisonOf({ budgets: [1000], seeds })
  const cells = cellsOfAll(comparison, (arm, seed) => (rewards[arm] ?? 0) + spread * (seed - 2))
  return verdicts(comparison, rankings(armResults(comparison, cells), 'reward'), 'test reward')
    .flatMap(({ sentences }) => sentences)
    .join(' ')
}

describe('the verdict', () => {
  test('says that the best is clear of the next where it is', () => {
    expect(told([0.1, 0.5, 0.4, 0.9], 0.01)).toBe(
      'Recycled RRO (ours) has the highest mean test reward, 0.900 ± 0.025; its 95 % interval is clear of the next, Fixed-size, k 3 (0.500 ± 0.025). RRO (paper) is number 3 of 4: 0.400 ± 0.025, 0.500 below the best, clearly behind.',
    )
  })
  test('says that our method loses where it does, and to whom', () => {
    expect(told([0.1, 0.9, 0.4, 0.5], 0.01)).toContain(
      'Our method, Recycled RRO (ours), is number 2 of 4 with 0.500 ± 0.025: it loses to Fixed-size, k 3 here.',
    )
  })
  test('claims nothing where intervals overlap', () => {
    const words = told([0.1, 0.9, 0.4, 0.88], 0.05)
    expect(words).toContain('overlaps with the next, Recycled RRO (ours)')
    expect(words).toContain('not the best here, with Fixed-size, k 3 above it, intervals overlapping')
    expect(words).not.toContain('loses')
    expect(words).not.toContain('clear of')
  })
  test('claims nothing with one seed', () => {
    const words = told([0.1, 0.9, 0.4, 0.88], 0, 1)
    expect(words).toContain('One seed has no interval: this claims nothing yet.')
    expect(words).toContain('with no interval to tell')
  })
})
