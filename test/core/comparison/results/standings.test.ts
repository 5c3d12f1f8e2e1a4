import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { armResults } from '../../../../src/core/comparison/results/arm-results.ts'
import { outcomeOf, pairedDifference, rankings } from '../../../../src/core/comparison/results/standings.ts'
import { cellOf, cellsOfAll, comparisonOf } from '../toy-cells.ts'

const comparison = comparisonOf()

describe('the difference of two arms', () => {
  const of = (arm: number, rewards: readonly number[], firstSeed = 1) =>
    rewards.map((reward, place) => cellOf({ arm, seed: firstSeed + place, budget: 1000 }, reward))

  test('is taken seed by seed, with the interval of Student', () => {
    // 0.1, 0.2, 0.3: mean 0.2, deviation 0.1; t(0.975, 2) = 4.302653; half width 4.302653 x 0.1 / sqrt 3. Apart, the means
    // of the arms are uncertain by 0.7 and more: pairs see what intervals side by side do not.
    const [one, other] = [of(3, [0.2, 0.6, 1]), of(2, [0.1, 0.4, 0.7])]
    const difference = pairedDifference(one, other, 'reward')
    expect(difference?.mean).toBeCloseTo(0.2, 12)
    expect(difference?.halfWidth).toBeCloseTo(0.248414, 6)
    expect(difference?.count).toBe(3)
    expect(pairedDifference(one, other, 'greedyReward')?.mean).toBeCloseTo(0.05, 12)
  })
  test('of two seeds is half their sum, give or take t(0.975, 1) = 12.7062 times half their gap', () => {
    const difference = pairedDifference(of(3, [0.5, 0.7]), of(2, [0.4, 0.4]), 'reward')
    expect(difference?.mean).toBeCloseTo(0.2, 12)
    expect(difference?.halfWidth).toBeCloseTo(12.706205 * 0.1, 6)
  })
  test('is over the seeds that both have, in whichever order they came', () => {
    const [one, other] = [of(3, [0.9, 0.5, 0.6, 0.7]), of(2, [0.1, 0.3, 0.5, 0.8], 2)]
    const both = pairedDifference(of(3, [0.5, 0.6, 0.7], 2), of(2, [0.1, 0.3, 0.5], 2), 'reward')
    expect(both?.count).toBe(3)
    expect(pairedDifference(one, other, 'reward')).toEqual(both)
    expect(pairedDifference(one, other.toReversed(), 'reward')).toEqual(both)
  })
  test('does not exist with fewer than two seeds in common', () => {
    expect(pairedDifference(of(3, [0.9]), of(2, [0.1]), 'reward')).toBeUndefined()
    expect(pairedDifference(of(3, [0.9, 0.8]), of(2, [0.1, 0.2], 2), 'reward')).toBeUndefined()
    expect(pairedDifference(of(3, [0.9, 0.8]), [], 'reward')).toBeUndefined()
  })
  test('turns its sign with the arms, and does not see what a seed gives to both', () => {
    const rewards = fc.array(fc.tuple(fc.nat(64), fc.nat(64), fc.nat(64)), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(rewards, (triples) => {
        const one = of(
          3,
          triples.map(([own]) => own / 64),
        ) // sixty-fourths: sums without rounding
        const other = of(
          2,
          triples.map(([, own]) => own / 64),
        )
        const difference = pairedDifference(one, other, 'reward')
        const turned = pairedDifference(other, one, 'reward')
        expect(turned?.mean).toBeCloseTo(-(difference?.mean ?? 0), 12)
        expect(turned?.halfWidth).toBeCloseTo(difference?.halfWidth ?? -1, 12)
        const lifted = (arm: number, place: 0 | 1) =>
          of(
            arm,
            triples.map((own) => (own[place] + own[2]) / 64),
          )
        expect(pairedDifference(lifted(3, 0), lifted(2, 1), 'reward')).toEqual(difference)
      }),
    )
  })
  test('wins or loses where its interval excludes 0', () => {
    const at = (mean: number, halfWidth: number) => outcomeOf({ mean, halfWidth, count: 3 })
    expect([at(0.2, 0.1), at(-0.2, 0.1), at(0.1, 0.1), at(-0.1, 0.2), at(0, 0)]).toEqual([
      'wins',
      'loses',
      'close',
      'close',
      'close',
    ])
    expect(outcomeOf(undefined)).toBe('unknown')
  })
})

describe('who stands where', () => {
  test('the highest mean comes first at each budget; equals keep the order of the arms', () => {
    const cells = cellsOfAll(comparison, (arm, seed) => [0.1, 0.5, 0.5, 0.9][arm] ?? 0 + seed * 0)
    const [first] = rankings(armResults(comparison, cells), 'reward')
    expect(first?.budget).toBe(1000)
    expect(first?.standings.map(({ arm, rank }) => [arm, rank])).toEqual([
      [3, 1],
      [1, 2],
      [2, 3],
      [0, 4],
    ])
  })
  test('one arm alone has no ranking', () => {
    expect(rankings(armResults(comparison, [cellOf({ arm: 1, seed: 1, budget: 1000 })]), 'reward')).toEqual([])
  })
})
