import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { RISE_RULES } from '../../../src/core/settings/settings.ts'
import { acceptances } from '../../../src/core/theory/accepted-bias.ts'
import { lawMean, lawOf, meanLaws } from '../../../src/core/theory/mean-law.ts'
import {
  type ActionChance,
  differenceOf,
  exactMeanCandidates,
  expectedCandidates,
  harmonicNumber,
  independentSurvival,
  noRiseProbability,
  type RiseQuestion,
  riseBounds,
  riseProbability,
  simulateSteps,
  towerMean,
} from '../../../src/core/theory/theory.ts'

const most = fc.integer({ min: 1, max: 16 })
const chance = fc.double({ min: 0, max: 1, noNaN: true })
/** Outcomes as environments give them: fifths. */
const outcomes = fc
  .array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 })
  .map((n) => n.map((x) => x / 5))
const actions = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), outcomes, done: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((made): ActionChance[] => {
    const total = made.reduce((sum, { weight }) => sum + weight, 0)
    return made.map(({ weight, outcomes, done }) => ({
      ...{ probability: weight / total, done },
      outcomes: lawOf(done ? outcomes.slice(0, 1) : outcomes),
    }))
  })
const question = fc.record({
  riseRule: fc.constantFrom(...RISE_RULES),
  margin: fc.constantFrom(0, 0.1),
  bar: fc.integer({ min: 0, max: 20 }).map((x) => x / 20),
  maxReward: fc.constant(1),
})

function action(probability: number, ...outcomes: readonly number[]): ActionChance {
  return { probability, outcomes: lawOf(outcomes), done: false }
}

test('the closed forms have the values that method.md names', () => {
  expect([harmonicNumber(3), harmonicNumber(5)].map((x) => x.toFixed(4))).toEqual(['1.8333', '2.2833'])
  expect([exactMeanCandidates(3), exactMeanCandidates(5)]).toEqual([1.75, 1.9375])
})

test('each closed form is the sum of its survival function', () => {
  fc.assert(
    fc.property(most, chance, (K, p) => {
      const survivals = Array.from({ length: K }, (_, k) => k)
      const sum = (survival: (k: number) => number): number => survivals.reduce((total, k) => total + survival(k), 0)
      expect(harmonicNumber(K)).toBeCloseTo(sum(independentSurvival), 12)
      expect(exactMeanCandidates(K)).toBeCloseTo(
        sum((k) => 0.5 ** k),
        12,
      )
      expect(expectedCandidates(p, K)).toBeCloseTo(
        sum((k) => noRiseProbability(p, k)),
        9,
      )
    }),
  )
})

test('a draw that always rises takes one candidate, one that never does takes K', () => {
  expect([expectedCandidates(1, 5), expectedCandidates(0, 5), expectedCandidates(1e-12, 5)]).toEqual([
    1,
    5,
    expect.closeTo(5),
  ])
})

test('the law of a mean keeps the mean, divides the variance by m, and is that of brute force', () => {
  fc.assert(
    fc.property(outcomes, (given) => {
      const law = lawOf(given)
      const laws = meanLaws(law, 4)
      const variance = (of: typeof law): number =>
        of.reduce((sum, { value, probability }) => sum + probability * value ** 2, 0) - lawMean(of) ** 2
      for (const [i, of] of (laws ?? []).entries()) {
        expect(of.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
        expect(lawMean(of)).toBeCloseTo(lawMean(law), 11)
        expect(variance(of)).toBeCloseTo(variance(law) / (i + 1), 10)
      }
      const pairs = lawOf(given.flatMap((a) => given.map((b) => (a + b) / 2)))
      expect(laws?.[1]?.map(({ value }) => value)).toEqual(pairs.map(({ value }) => value))
      for (const [i, { probability }] of pairs.entries())
        expect(laws?.[1]?.[i]?.probability).toBeCloseTo(probability, 12)
    }),
  )
})

test('a law on no small lattice is left to simulation', () => {
  expect(meanLaws(lawOf([0, Math.SQRT1_2, 1]), 2)).toBeUndefined()
  expect(meanLaws(lawOf([0.33, 1 / 3]), 2)?.length).toBe(2)
  // Far apart on a fine lattice, and yet only two of its points.
  expect(meanLaws(lawOf([0, 0.999]), 2)?.map((law) => law.length)).toEqual([2, 3])
})

test('the tower property: against its mean some action does not fall, and no bar above every value can be reached', () => {
  fc.assert(
    fc.property(actions, (actions) => {
      const estimates = actions.map(({ probability, outcomes }) => ({
        probability,
        reward: lawMean(outcomes),
        standardError: 0,
      }))
      const { reward: bar } = towerMean(estimates)
      const best = Math.max(...estimates.map(({ reward }) => reward))
      expect(best).toBeGreaterThanOrEqual(bar - 1e-9)
      const at = { riseRule: '>=', margin: 0, maxReward: 1, bar: best } as const
      if (best > 0) expect(riseProbability(actions, at)).toBeGreaterThan(0)
      if (best < 0.9) expect(riseProbability(actions, { ...at, bar: best + 0.05 })).toBe(0)
    }),
  )
})

test('independent estimates differ within their common error, or not', () => {
  const at = (reward: number) => ({ reward, standardError: 0.03 })
  expect(differenceOf(at(0.5), at(0.42))).toMatchObject({ standardError: expect.closeTo(0.0424, 4), within: true })
  expect(differenceOf(at(0.5), at(0.41)).within).toBe(false)
})

test('where a process reward is not sure, the probability of a rise has bounds', () => {
  const question: RiseQuestion = { riseRule: '>=', margin: 0, bar: 0.5, maxReward: 1 }
  const sure = { ...action(0.3, 1), reach: 0.1 }
  const unsure = { ...action(0.5, 0.45), reach: 0.1 }
  const never = { ...action(0.2, 0.1), reach: 0.1 }
  expect(riseBounds([sure, unsure, never], question)).toEqual({ least: 0.3, most: 0.8 })
})

test('simulated steps agree with the closed form, on exact rewards and on estimates', () => {
  const made = [action(0.2, 0, 1, 1), action(0.5, 0.4, 0.6), action(0.3, 0, 0, 0.2)]
  const question: RiseQuestion = { riseRule: '>=', margin: 0, bar: 0.45, maxReward: 1 }
  for (const m of [0, 3]) {
    const p = m === 0 ? riseProbability(made, question) : acceptances(made, question, m, stream(1))[m - 1]?.probability
    const simulated = simulateSteps(made, question, { m, most: 4, steps: 4000 }, stream(2).child(m))
    expect(Math.abs(simulated.candidates - expectedCandidates(p ?? 0, 4))).toBeLessThan(4 * simulated.standardError)
    const noRise = noRiseProbability(p ?? 0, 4)
    expect(Math.abs(simulated.noRise - noRise)).toBeLessThan(4 * Math.sqrt((noRise * (1 - noRise)) / 4000))
    expect(simulated.counts.reduce((sum, count) => sum + count, 0)).toBe(4000)
  }
})

test('one rollout of a coin, with the bar at its mean, is accepted half the time and half too high', () => {
  const question: RiseQuestion = { riseRule: '>=', margin: 0, bar: 0.5, maxReward: 1 }
  expect(acceptances([action(1, 0, 1)], question, 2, stream(1))).toEqual([
    { m: 1, probability: 0.5, bias: 0.5, standardError: 0, falseRise: 0, missedRise: 0.5 },
    // Of two rollouts, (1 + 0) / 2 holds the bar too: 3/4 are accepted, too high by (0 * 1/2 + 1/2 * 1/4) / (3/4).
    { m: 2, probability: 0.75, bias: expect.closeTo(1 / 6, 12), standardError: 0, falseRise: 0, missedRise: 0.25 },
  ])
})

test('an accepted estimate is never too low on average, and rollouts that are exact are never off', () => {
  fc.assert(
    fc.property(actions, question, (actions, question) => {
      for (const { bias, probability, falseRise } of acceptances(actions, question, 6, stream(1))) {
        expect(probability).toBeLessThanOrEqual(1)
        if (bias === undefined) expect(probability).toBe(0)
        else expect(bias).toBeGreaterThanOrEqual(-1e-9)
        if (actions.every(({ done }) => done)) expect([bias ?? 0, falseRise ?? 0]).toEqual([0, 0])
      }
    }),
  )
})

test('the bias goes away as m grows', () => {
  const made = [action(0.5, 0, 1), action(0.5, 0, 0.2, 1, 1)]
  const curve = acceptances(made, { riseRule: '>=', margin: 0, bar: 0.4, maxReward: 1 }, 64, stream(1))
  expect(curve[63]?.bias).toBeLessThan(0.25 * (curve[0]?.bias ?? 0))
  expect(curve[63]?.falseRise).toBe(0)
})

test('simulation, where enumeration is out of reach, agrees with it within its error', () => {
  const question: RiseQuestion = { riseRule: '>=', margin: 0, bar: 0.5, maxReward: 1 }
  const exact = acceptances([action(0.5, 0, 0.7, 1), action(0.5, 0.2)], question, 8, stream(1))
  // A hair off the lattice, and nowhere near the bar.
  const simulated = acceptances([action(0.5, 0, 0.7 + Math.PI * 1e-6, 1), action(0.5, 0.2)], question, 8, stream(1))
  for (const [i, { probability, bias, standardError }] of simulated.entries()) {
    expect(standardError).toBeGreaterThan(0)
    expect(Math.abs((bias ?? 0) - (exact[i]?.bias ?? 0))).toBeLessThan(4 * standardError + 1e-4)
    expect(Math.abs(probability - (exact[i]?.probability ?? 0))).toBeLessThan(0.5 * 4 * Math.sqrt(0.25 / 4000))
  }
})
