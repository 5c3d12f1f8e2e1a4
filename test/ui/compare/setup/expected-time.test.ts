import { expect, test } from 'vitest'
import { modelledSeconds } from '../../../../src/ui/compare/setup/expected-time.ts'
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
