import { describe, expect, test } from 'vitest'
import { parseComparison } from '../../../../src/core/comparison/comparison-address.ts'
import { workOf } from '../../../../src/core/comparison/expected-work.ts'
import { modelledSeconds, secondsLeft } from '../../../../src/ui/compare/setup/expected-time.ts'
import { comparisonOf } from '../../../core/comparison/toy-cells.ts'

test('twice the seeds take twice the time, twice the workers half; a method that explores nothing takes none', () => {
  const comparison = comparisonOf()
  const seconds = modelledSeconds(comparison, 2)
  expect(seconds).toBeGreaterThan(0)
  expect(modelledSeconds({ ...comparison, seeds: 6 }, 2)).toBeCloseTo(2 * seconds)
  expect(modelledSeconds(comparison, 4)).toBeCloseTo(seconds / 2)
  const without = comparison.arms.filter(({ method }) => method !== 'sft')
  expect(modelledSeconds({ ...comparison, arms: without }, 2)).toBe(seconds)
})

describe('what is left', () => {
  test('is what was promised, less what has gone by, until something is done', () => {
    expect(secondsLeft(0, 10, 0, 60)).toBe(60)
    expect(secondsLeft(0, 10, 20, 60)).toBe(40)
    expect(secondsLeft(0, 10, 90, 60)).toBe(0)
  })
  test('keeps to a promise that holds, and is nothing at the end', () => {
    expect(secondsLeft(4, 6, 24, 60)).toBeCloseTo(36)
    expect(secondsLeft(10, 0, 60, 60)).toBe(0)
  })
  test('is corrected by how long it took, the more the more is done', () => {
    // Twice as slow as promised: 120 s in all.
    const [early, late] = [secondsLeft(1, 9, 12, 60), secondsLeft(8, 2, 96, 60)]
    expect(early).toBeGreaterThan(54)
    expect(early).toBeLessThan(108)
    expect(Math.abs(late - 24) / 24).toBeLessThan(Math.abs(early - 108) / 108)
  })
})

test('the tiny language model is promised in less than a quarter of the time of the small one', () => {
  const { comparison } = parseComparison({ policy: 'transformer' })
  expect(workOf({ ...comparison, start: 'tiny' })).toBeLessThan(workOf(comparison) / 4)
})

test('a machine that is half as quick is promised twice the time', () => {
  const comparison = comparisonOf()
  expect(modelledSeconds(comparison, 2, 2)).toBeCloseTo(2 * modelledSeconds(comparison, 2, 1))
})

test('with one round one exploration serves all budgets, with more each has its own', () => {
  const one = { ...comparisonOf(), rounds: 1 }
  const all = workOf(one)
  let parts = 0
  for (const arm of one.arms.keys()) parts += workOf(one, (place) => place.arm === arm)
  expect(parts).toBeCloseTo(all)
  expect(workOf(one, () => false)).toBe(0)
  expect(workOf({ ...one, rounds: 3 })).toBeGreaterThan(all)
})
