import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactReward, processReward } from '../../../src/core/exploration/process-reward.ts'

test('the mean of the outcomes, with its standard error', () => {
  // By hand: mean 0.6; squared deviations 0.16 + 0.16 + 0.36 + 0.01 + 0.01 = 0.70; sqrt(0.70 / 4 / 5) = 0.187083
  const { mean, standardError } = processReward([1, 1, 0, 0.5, 0.5])
  expect(mean).toBeCloseTo(0.6, 12)
  expect(standardError).toBeCloseTo(0.1870828693, 9)
})

test('one rollout has no standard error, an ended episode no error at all', () => {
  expect(processReward([0.5])).toEqual({ mean: 0.5, standardError: null })
  expect(exactReward(0.75)).toEqual({ mean: 0.75, standardError: 0 })
})

test('no rollout at all is a broken invariant', () => {
  expect(() => processReward([])).toThrow(RangeError)
})

test('equal outcomes have exactly the value of one: rounding never decides whether a reward rises', () => {
  expect(processReward([0.4, 0.4, 0.4]).mean).toBe(exactReward(0.4).mean)
  const fraction = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 40 }))
  fc.assert(
    fc.property(fraction, fc.integer({ min: 1, max: 64 }), ([n, d], m) => {
      const outcome = Math.max(-1, Math.min(1, n / d))
      expect(processReward(Array.from({ length: m }, () => outcome)).mean).toBe(exactReward(outcome).mean)
    }),
  )
})

test('the order of the outcomes does not matter', () => {
  const outcomes = fc.array(
    fc.integer({ min: 0, max: 30 }).map((n) => n / 30),
    { minLength: 1, maxLength: 64 },
  )
  fc.assert(
    fc.property(outcomes, (given) => {
      expect(processReward([...given].reverse()).mean).toBe(processReward(given).mean)
    }),
  )
})
