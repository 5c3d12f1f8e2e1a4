import { expect, test } from 'vitest'
import { exactReward, processReward } from '../../src/core/process-reward.ts'

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
