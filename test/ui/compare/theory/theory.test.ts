import { expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../../../src/core/settings/settings.ts'
import { lawMean, lawOf } from '../../../../src/core/theory/mean-law.ts'
import { shortened } from '../../../../src/ui/compare/theory/action-bars.ts'
import { expectedCounts, layoutLines, niceTop } from '../../../../src/ui/compare/theory/curves.ts'
import { barOf, drawSteps, oddsOf, type Rule } from '../../../../src/ui/compare/theory/rise-odds.ts'
import {
  barrenFormula,
  biasFormula,
  chanceFormula,
  countFormula,
  differenceFormula,
  differenceWords,
  falseFormula,
  guaranteeWords,
  harmonicFormula,
  shareText,
  symmetricFormula,
  towerFormula,
  valueFormula,
} from '../../../../src/ui/compare/theory/theory-words.ts'
import type { ExactAction, TheoryReport } from '../../../../src/worker/protocol/lab-api.ts'

function next(action: string, probability: number, outcomes: readonly number[], standardError: number): ExactAction {
  const law = lawOf(outcomes)
  return { action, probability, done: false, reward: lawMean(law), standardError, rollouts: 100, outcomes: law }
}

/** Values 0.75, 0.5 and 0: their mean under the policy is 0.55. */
const REPORT: TheoryReport = {
  ...{ config: DEFAULT_CONFIG, corrections: [], task: { index: 0, id: 'toy', instruction: 'toy' }, tasks: 3 },
  ...{ agent: 'toy', minReward: 0, maxReward: 1, actions: [], observation: '' },
  next: [next('a', 0.6, [0, 1, 1, 1], 0.01), next('b', 0.2, [0, 1], 0.02), next('c', 0.2, [0], 0)],
  value: { reward: 0.56, standardError: 0.005, rollouts: 1234, outcomes: lawOf([0.56]) },
  previous: { reward: 0.4, standardError: 0.1, rollouts: 5 },
}

const RULE: Rule = {
  ...{ riseRule: '>=', margin: 0, rollouts: 2, candidates: 5, bar: 'value', explored: undefined, own: 0.3 },
}

test('the tower property stands there with all its numbers', () => {
  const odds = oddsOf(REPORT, RULE)
  expect(towerFormula(REPORT)).toBe('Σ π(a) r(a) = 0.60 × 0.75 + 0.20 × 0.50 + 0.20 × 0.00 = 0.550 ± 0.007')
  expect(valueFormula(REPORT)).toBe('V = mean of 1,234 rollouts from here = 0.560 ± 0.005')
  expect(differenceFormula(odds)).toBe('Σ π(a) r(a) − V = −0.010 ± 0.009')
  expect(differenceWords(odds)).toMatch(/^Within the error \(1\.1 standard errors\)/)
  const far = { ...REPORT, value: { ...REPORT.value, reward: 0.6 } }
  expect(differenceWords(oddsOf(far, RULE))).toMatch(/^Outside of the 95 % error/)
})

test('many actions are summed up behind the weightiest five', () => {
  const many = { ...REPORT, next: Array.from({ length: 8 }, (_, i) => next(`a${i}`, 1 / 8, [1], 0.01)) }
  expect(towerFormula(many)).toContain('+ 0.375 of 3 more = 1.000')
})

test('the odds of a rise stand there with the bar that was chosen', () => {
  const odds = oddsOf(REPORT, RULE)
  expect(odds.risings).toEqual(['rises', 'falls short', 'falls short'])
  expect(chanceFormula(REPORT, odds)).toBe('p = P(r ≥ 0.550) = 0.60 = 0.60')
  const open = oddsOf(REPORT, { ...RULE, bar: 'own', own: 0.51 })
  expect(open.risings).toEqual(['rises', 'open', 'falls short'])
  expect(chanceFormula(REPORT, open)).toBe(
    'p = P(r ≥ 0.510) = 0.60 + what of 1 open one rises = 0.60 (0.60 to 0.80, given the errors)',
  )
  const strict = oddsOf(REPORT, { ...RULE, riseRule: '>', margin: 0.3, bar: 'own', own: 0.5 })
  expect(chanceFormula(REPORT, strict)).toBe('p = P(r > 0.500 + 0.3) = 0')
})

test('the bar is the one that was asked for', () => {
  const tower = { reward: 0.55, standardError: 0 }
  const bars = (['value', 'explored', 'previous', 'zero', 'own'] as const).map((bar) =>
    barOf(REPORT, tower, { ...RULE, bar, explored: 0.62 }),
  )
  expect(bars).toEqual([0.55, 0.62, 0.4, 0, 0.3])
})

test('expected candidates and their failure stand there with p in them', () => {
  expect(countFormula(0.6, 5)).toBe('E[min(N, K)] = (1 − (1 − p)^K) / p = (1 − 0.40^5) / 0.60 = 1.65')
  expect(countFormula(0, 5)).toBe('E[min(N, K)] = K = 5, since p = 0')
  expect(barrenFormula(0.6, 2)).toBe('P(none of K rises) = (1 − p)^K = 0.40^2 = 0.16')
  expect(harmonicFormula(3)).toBe('H_K = 1 + 1/2 + 1/3 = 1.83')
  expect(harmonicFormula(16)).toBe('H_K = 1 + 1/2 + 1/3 + … + 1/16 = 3.38')
  expect(symmetricFormula(3)).toBe('2 (1 − 2^−K) = 2 (1 − 1/8) = 1.75')
})

test('the bias of what is accepted stands there with its parts', () => {
  // m = 2, bar 0.55: only (1, 1) clears it. P = 0.6 * 9/16 + 0.2 * 1/4; error 0.6 * 9/16 * 1/4 + 0.2 * 1/4 * 1/2.
  const odds = oddsOf(REPORT, RULE)
  expect(odds.estimated.probability).toBeCloseTo(0.3875, 12)
  expect(odds.estimated.bias).toBeCloseTo(0.109375 / 0.3875, 12)
  expect(biasFormula(odds)).toBe('bias(2) = Σ π(a) E[r̂ − r; r̂ rises] / P(r̂ rises) = 0.109 / 0.39 = +0.282')
  expect(falseFormula(odds)).toBe('m = 2: P(r does not rise | r̂ does) = 0.13; P(r̂ does not rise | r does) = 0.44')
  expect(biasFormula(oddsOf(REPORT, { ...RULE, bar: 'own', own: 0.5, margin: 0.5, riseRule: '>' }))).toContain(
    'bias(2)',
  )
})

test('what is promised is said, and what is not', () => {
  expect(guaranteeWords(REPORT, oddsOf(REPORT, RULE), RULE)).toMatch(/^A maximum is never below its mean/)
  const high: Rule = { ...RULE, bar: 'own', own: 0.9 }
  expect(guaranteeWords(REPORT, oddsOf(REPORT, high), high)).toMatch(/^No action rises: the bar 0\.90 is above/)
})

test('draws are the same for the same press, and agree with the closed form', () => {
  const odds = oddsOf(REPORT, RULE)
  const draws = drawSteps(REPORT, RULE, odds, 2000, 1)
  expect(drawSteps(REPORT, RULE, odds, 2000, 1)).toEqual(draws)
  expect(drawSteps(REPORT, RULE, odds, 2000, 2)).not.toEqual(draws)
  expect(Math.abs(draws.exact.candidates - 1.65)).toBeLessThan(4 * draws.exact.standardError + 0.005)
})

test('shares are written so that 0 and 1 are only what is so', () => {
  expect([0, 0.0002, 0.034, 0.37, 0.993, 0.9996, 1].map(shareText)).toEqual([
    ...['0', '<0.001', '0.034', '0.37', '0.993', '>0.999', '1'],
  ])
})

test('a curve lies between its axes, with a gap where there is nothing to say', () => {
  expect([0.031, 0.2, 0.21, 0, 3].map(niceTop)).toEqual([0.05, 0.2, 0.5, 0.1, 5])
  const { lines, x, y, top } = layoutLines(
    [{ name: 'b', tone: 'main', values: [0.4, undefined, 0.2, 0.1], errors: [0.02, 0, 0, 0] }],
    4,
  )
  expect(top).toBe(0.5)
  expect(lines[0]?.pieces).toEqual([`${x(1)},${y(0.4)}`, `${x(3)},${y(0.2)} ${x(4)},${y(0.1)}`])
  expect(lines[0]?.band?.split(' ')).toHaveLength(6)
  expect(x(2) - x(1)).toBeCloseTo(x(4) - x(2), 0)
})

test('the numbers of candidates that are to be expected add up to all steps', () => {
  expect(expectedCounts(0.5, 3)).toEqual([0.5, 0.25, 0.25])
  expect(expectedCounts(0, 2)).toEqual([0, 1])
  expect(expectedCounts(0.3, 1)).toEqual([1])
})

test('a long action keeps its beginning and its end', () => {
  expect(shortened('click[buy now]')).toBe('click[buy now]')
  const long = shortened('search[curtain panels 52 by 108 rust very soft]')
  expect(long).toMatch(/^search\[curtain.*…rust very soft\]$/)
  expect(long.length).toBeLessThanOrEqual(34)
})
