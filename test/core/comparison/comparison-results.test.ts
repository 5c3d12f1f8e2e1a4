import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnosis } from '../../../src/core/comparison/cell.ts'
import {
  armDiagnoses,
  armResults,
  candidateCounts,
  candidatesByDepth,
  learningCurve,
  outcomeOf,
  pairedDifference,
  rankings,
  seedMean,
} from '../../../src/core/comparison/comparison-results.ts'
import { quantile } from '../../../src/core/statistics.ts'
import { cellOf, cellsOfAll, comparisonOf, scoreOf } from './toy-cells.ts'

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

describe('candidates per step', () => {
  test('are pooled over seeds', () => {
    expect(
      candidateCounts([
        [0, 10, 5],
        [0, 4, 0, 1],
      ]),
    ).toEqual({ steps: 20, mean: 27 / 20, p95: 2, max: 3 })
    expect(candidateCounts([[], [0, 0]])).toBeUndefined()
    expect(candidateCounts([[0, 0, 0, 7]])).toEqual({ steps: 7, mean: 3, p95: 3, max: 3 })
  })
  test('have the mean, maximum and 95th percentile of the steps they stand for', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 8 }), { minLength: 1, maxLength: 4 }), (counts) => {
        const steps = counts.flatMap((own) => own.flatMap((count, n) => Array.from({ length: count }, () => n)))
        const told = candidateCounts(counts)
        if (steps.length === 0) {
          expect(told).toBeUndefined()
          return
        }
        expect(told?.steps).toBe(steps.length)
        expect(told?.mean).toBeCloseTo(steps.reduce((sum, n) => sum + n, 0) / steps.length, 9)
        expect(told?.max).toBe(Math.max(...steps))
        const p95 = told?.p95 ?? -1
        expect(steps.filter((n) => n <= p95).length).toBeGreaterThanOrEqual(0.95 * steps.length)
        expect(steps.filter((n) => n < p95).length).toBeLessThan(0.95 * steps.length)
        expect(p95).toBeGreaterThanOrEqual(Math.floor(quantile(steps, 0.95)))
      }),
    )
  })
  test('by depth are weighted by the steps that got there', () => {
    const deep = cellOf({ arm: 2, seed: 1, budget: 1000 })
    const flat = { ...deep, seed: 2, candidates: { counts: [], byDepth: [[6, 24]] as const } }
    expect(candidatesByDepth([deep, flat])).toEqual([
      { depth: 1, steps: 10, mean: 3 },
      { depth: 2, steps: 6, mean: 10 / 6 },
    ])
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

test('a diagnosis counts over seeds, and leaves out seeds in which nothing was checked', () => {
  const share = { rising: [0.5, undefined, 0.1], notFalling: [1, 1, 1] }
  const diagnosis: Diagnosis = {
    ...{ risesChecked: 10, falseRises: 1, acceptedBias: 0.1, pairsChecked: 4, pairsOrdered: 3, before: share },
    after: { ...share, rising: [0.7, 0.2, undefined] },
  }
  const nothing: Diagnosis = { ...diagnosis, risesChecked: 0, falseRises: 0, acceptedBias: undefined }
  const cells = [
    cellOf({ arm: 2, seed: 1, budget: 2000, diagnosis }),
    cellOf({ arm: 2, seed: 2, budget: 2000, diagnosis: { ...diagnosis, falseRises: 3 } }),
    cellOf({ arm: 2, seed: 3, budget: 2000, diagnosis: nothing }),
    cellOf({ arm: 2, seed: 1, budget: 1000 }),
  ]
  const [told, ...others] = armDiagnoses(comparison, cells)
  expect(others).toEqual([])
  expect(told).toMatchObject({ arm: 2, risesChecked: 20, falseRises: 4, pairsChecked: 12, pairsOrdered: 9 })
  expect(told?.falseRiseRate).toMatchObject({ mean: 0.2, count: 2 })
  expect(told?.acceptedBias).toMatchObject({ mean: 0.1, count: 2 })
  expect(told?.rising.before.rising.map((mean) => mean?.mean)).toEqual([0.5, undefined, expect.closeTo(0.1)])
  expect(told?.rising.after.rising[2]).toBeUndefined()
})

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

test('the mean over seeds leaves out what is not known', () => {
  expect(seedMean([undefined, 1, 3])).toMatchObject({ mean: 2, count: 2 })
  expect(seedMean([undefined])).toBeUndefined()
})
