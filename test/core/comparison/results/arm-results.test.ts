import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { armResults, learningCurve } from '../../../../src/core/comparison/results/arm-results.ts'
import { cellOf, cellsOfAll, comparisonOf, scoreOf } from '../toy-cells.ts'

const comparison = comparisonOf()

describe('results of arms', () => {
  test('are means over seeds with the 95 % interval of Student, by arm and budget', () => {
    // 0.4, 0.5, 0.6: mean 0.5, deviation 0.1; t(0.975, 2) = 4.302653; half width 4.302653 x 0.1 / sqrt 3.
    const cells = cellsOfAll(comparison, (_, seed) => 0.3 + 0.1 * seed)
    const results = armResults(comparison, cells)
    expect(results.map(({ arm, budget }) => [arm, budget])).toEqual(
      [0, 1, 2, 3].flatMap((arm) => [
        [arm, 1000],
        [arm, 2000],
      ]),
    )
    for (const { scores, cells } of results) {
      expect(scores.reward.mean).toBeCloseTo(0.5, 12)
      expect(scores.reward.halfWidth).toBeCloseTo(0.248414, 6)
      expect(scores.greedySuccess.mean).toBeCloseTo(0.0625, 12)
      expect(cells.map(({ seed }) => seed)).toEqual([1, 2, 3])
    }
  })
  test('do not depend on the order in which cells came', () => {
    const cells = cellsOfAll(comparison, (arm, seed, budget) => Math.sin(arm + 3 * seed + budget))
    fc.assert(
      fc.property(fc.shuffledSubarray(cells, { minLength: cells.length }), (shuffled) => {
        expect(armResults(comparison, shuffled)).toEqual(armResults(comparison, cells))
      }),
    )
  })
  test('of one seed have no interval, and of none there is no result', () => {
    const [only, ...others] = armResults(comparison, [cellOf({ arm: 2, seed: 1, budget: 1000 }, 0.7)])
    expect(others).toEqual([])
    expect(only?.scores.reward).toEqual({ mean: 0.7, halfWidth: undefined, count: 1 })
  })
  test('count pairs by calls that were made; an arm that makes none has no rate', () => {
    const free = { candidates: 0, rollouts: 0, policyCalls: 0 }
    const cells = [
      cellOf({ arm: 0, seed: 1, budget: 1000, cost: free, pairs: 0 }),
      cellOf({ arm: 1, seed: 1, budget: 1000, pairs: 30 }),
      cellOf({ arm: 1, seed: 2, budget: 1000, pairs: 10 }),
    ]
    const [none, some] = armResults(comparison, cells)
    expect(none?.pairsPerThousandCalls).toBeUndefined()
    expect(some?.pairsPerThousandCalls?.mean).toBe(20)
  })
})

test('a learning curve begins at the start policy, where it is known, and follows the rounds', () => {
  const rounds = [0.2, 0.6].map((reward, round) => ({ policyCalls: 500 * (round + 1), score: scoreOf(reward) }))
  const own = [1, 2].map((seed) => cellOf({ arm: 2, seed, budget: 1000, rounds }))
  const start = [cellOf({ arm: 0, seed: 1, budget: 1000 }, 0.1)]
  const curve = learningCurve(own, start)
  expect(curve.map(({ round, policyCalls, scores }) => [round, policyCalls, scores.reward.mean])).toEqual([
    [0, 0, 0.1],
    [1, 500, 0.2],
    [2, 1000, 0.6],
  ])
  expect(learningCurve(own).map(({ round }) => round)).toEqual([1, 2])
  expect(learningCurve([])).toEqual([])
})
