import { describe, expect, test } from 'vitest'
import { DEFAULT_ARMS } from '../../../../src/core/comparison/default-comparison.ts'
import { armResults } from '../../../../src/core/comparison/results/arm-results.ts'
import { rankings } from '../../../../src/core/comparison/results/standings.ts'
import { leaders, verdicts } from '../../../../src/ui/compare/results/verdict-words.ts'
import { cellsOfAll, comparisonOf } from '../../../core/comparison/toy-cells.ts'

const comparison = comparisonOf({ budgets: [1000] })

/**
 * Of the arms SFT, fixed-size, RRO, recycled: three seeds.
 * @param own what an arm's rewards vary by from seed to seed, over what all arms vary by
 */
function told(rewards: readonly number[], own: readonly number[] = [], cells = everyCell): string {
  const all = cellsOfAll(comparison, (arm, seed) => (rewards[arm] ?? 0) + (0.1 + (own[arm] ?? 0)) * (seed - 2)).filter(
    cells,
  )
  return verdicts(comparison, rankings(armResults(comparison, all), 'reward'), 'test reward')
    .flatMap(({ sentences }) => sentences)
    .join(' ')
}

const everyCell = (_: { readonly arm: number; readonly seed: number }): boolean => true

describe('the verdict', () => {
  test('takes differences seed by seed: what every arm meets in a seed hides nothing', () => {
    // Each mean is uncertain by t(0.975, 2) x 0.1 / sqrt 3 = 0.248, more than these are apart.
    expect(told([0.3, 0.5, 0.4, 0.6], [0.001, 0, 0, 0.001])).toBe(
      'Recycled RRO (ours) has the highest mean test reward, 0.600 ± 0.251. Seed by seed, over 3 seeds, it wins against the next, Fixed-size, k 3, by 0.100 ± 0.002, and against all 2 others. ' +
        'RRO (paper) is number 3 of 4 with 0.400 ± 0.248: it loses to the best by 0.200 ± 0.002. Against all 3 others: 1 win, 2 losses, 0 too close to tell.',
    )
  })
  test('says that our method loses where it does, to whom, and by how much', () => {
    expect(told([0.1, 0.9, 0.4, 0.5], [0, 0.01])).toContain(
      'Our method, Recycled RRO (ours), is number 2 of 4 with 0.500 ± 0.248: it loses to Fixed-size, k 3 by 0.400 ± 0.025. Against all 3 others: 2 wins, 1 loss, 0 too close to tell.',
    )
  })
  test('names all that it loses to, and those that are too close to tell', () => {
    expect(told([0.9, 0.8, 0.71, 0.7], [0.01, 0.01, 0.05])).toContain(
      'it loses to SFT only by 0.200 ± 0.025, Fixed-size, k 3 by 0.100 ± 0.025; it is too close to tell from RRO (paper) (−0.010 ± 0.124). Against all 3 others: 0 wins, 2 losses, 1 too close to tell.',
    )
  })
  test('claims nothing where the interval of the difference holds 0', () => {
    const words = told([0.1, 0.9, 0.4, 0.88], [0, 0.05])
    expect(words).toContain(
      'Fixed-size, k 3 has the highest mean test reward, 0.900 ± 0.373. Seed by seed, over 3 seeds, it is too close to tell from the next, Recycled RRO (ours) (+0.020 ± 0.124). Of the 2 others it wins against 2.',
    )
    expect(words).toContain('it is too close to tell from Fixed-size, k 3 (−0.020 ± 0.124).')
    expect(words).not.toContain('Recycled RRO (ours), is number 2 of 4 with 0.880 ± 0.248: it loses')
  })
  test('says whom the best cannot be told from, though the next can be', () => {
    expect(told([0.1, 0.8, 0.78, 0.9], [0, 0.01, 0.2])).toContain(
      'it wins against the next, Fixed-size, k 3, by 0.100 ± 0.025. Of the 2 others it wins against 1; it is too close to tell from RRO (paper) (+0.120 ± 0.497).',
    )
  })
  test('names three of many that it cannot be told from, and all that our method loses to', () => {
    const many = comparisonOf({ budgets: [1000], arms: DEFAULT_ARMS })
    const cells = (noise: number) => cellsOfAll(many, (arm, seed) => 0.5 - 0.01 * arm + noise * arm * (seed - 2))
    const words = (noise: number) =>
      verdicts(many, rankings(armResults(many, cells(noise)), 'reward'), 'test reward').flatMap(
        ({ sentences }) => sentences,
      )
    expect(words(0.2)[0]).toMatch(
      /from IPR \(\+0\.020 ± [0-9.]+\), Fixed-size, k 2 \([^)]+\), Fixed-size, k 3 \([^)]+\) and 4 more\./,
    )
    expect(words(0).at(-1)).toMatch(/^Our method.* it loses to SFT only by .*, RRO \(paper\) by 0\.010/)
    expect(words(0).at(-1)).not.toContain('more')
  })
  test('of a tie says that both are as high', () => {
    expect(told([0.1, 0.5, 0.5, 0.4])).toContain(
      'Fixed-size, k 3 has the highest mean test reward, 0.500 ± 0.248, and so has RRO (paper). Seed by seed, over 3 seeds, it is too close to tell from the next, RRO (paper) (0.000 ± 0.000).',
    )
  })
  test('claims nothing with one seed', () => {
    const words = told([0.1, 0.9, 0.4, 0.88], [], ({ seed }) => seed === 1)
    expect(words).toContain(
      'One seed has no interval: against the next, Recycled RRO (ours) (0.780), this claims nothing yet.',
    )
    expect(words).toContain('with one seed there is no interval to tell it from the best.')
    expect(words).toContain('it has too few seeds to be told from Fixed-size, k 3.')
    expect(words).not.toMatch(/wins|loses|loss/)
  })
  test('goes by the seeds that both have, while some are still missing, even against the order of the means', () => {
    // The recycled arm has the hardest seeds only: its mean is lower, and yet it wins where both were.
    const words = told([0.1, 0.5, 0.2, 0.54], [0.001], ({ arm, seed }) => arm !== 3 || seed < 3)
    expect(words).toContain('over 2 seeds, it loses to the next, Recycled RRO (ours), by 0.040 ± 0.000.')
    expect(words).toContain('over the seeds that they share it wins against those above it.')
  })
})

describe('in short', () => {
  const lines = (rewards: readonly number[], own: readonly number[] = [], cells = everyCell) => {
    const all = cellsOfAll(comparison, (arm, seed) => (rewards[arm] ?? 0) + (0.1 + (own[arm] ?? 0)) * (seed - 2))
    return leaders(rankings(armResults(comparison, all.filter(cells)), 'reward'))
  }
  test('the best is named with those that cannot be told from it, and no others', () => {
    expect(lines([0.1, 0.9, 0.4, 0.88], [0, 0.05])).toEqual([
      { budget: 1000, arm: 1, score: '0.900 ± 0.373', tied: [3], open: false },
    ])
    expect(lines([0.3, 0.5, 0.4, 0.6])).toMatchObject([{ arm: 3, tied: [], open: false }])
  })
  test('one seed leaves it open', () => {
    expect(lines([0.1, 0.9, 0.4, 0.88], [], ({ seed }) => seed === 1)).toMatchObject([{ arm: 1, open: true }])
  })
})
