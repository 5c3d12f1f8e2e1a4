import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { interval95, mean, quantile, standardDeviation, studentQuantile } from '../../src/core/statistics.ts'

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true })
const sample = fc.array(number, { minLength: 2, maxLength: 30 })

/** Two-sided 95 %, as tables of Student's t have it, to more digits. */
const TABLE = [
  [1, 12.7062047362],
  [2, 4.3026527297],
  [5, 2.5705818356],
  [9, 2.2621571628],
  [19, 2.0930240544],
  [29, 2.0452296421],
  [100, 1.9839715185],
] as const

test.each(TABLE)("Student's t with %i degrees of freedom is as in the tables", (degrees, t) => {
  expect(studentQuantile(0.975, degrees)).toBeCloseTo(t, 9)
  expect(studentQuantile(0.025, degrees)).toBeCloseTo(-t, 9)
})

test("Student's t has its closed forms with one and two degrees, is 0 at a half, and becomes normal", () => {
  const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(probability, (p) => {
      const cauchy = Math.tan(Math.PI * (p - 0.5))
      expect(Math.abs(studentQuantile(p, 1) - cauchy)).toBeLessThan(1e-10 * (1 + Math.abs(cauchy)))
      const second = (2 * p - 1) / Math.sqrt(2 * p * (1 - p))
      expect(Math.abs(studentQuantile(p, 2) - second)).toBeLessThan(1e-10 * (1 + Math.abs(second)))
    }),
  )
  for (const degrees of [1, 2, 7, 30]) expect(studentQuantile(0.5, degrees)).toBeCloseTo(0, 12)
  expect(studentQuantile(0.975, 100_000)).toBeCloseTo(1.959964, 4)
})

test("Student's t refuses what has no value", () => {
  for (const probability of [0, 1, -0.1, Number.NaN]) expect(() => studentQuantile(probability, 3)).toThrow()
  for (const degrees of [0, -1, 1.5, Number.NaN]) expect(() => studentQuantile(0.9, degrees)).toThrow()
})

test('an interval is centred on the mean and of the width in the textbook', () => {
  // Mean 3, standard deviation sqrt(2.5), t(4) = 2.7764451052.
  expect(interval95([1, 2, 3, 4, 5])).toEqual({
    mean: 3,
    halfWidth: expect.closeTo((2.7764451052 * Math.sqrt(2.5)) / Math.sqrt(5), 9),
  })
  expect(interval95([7, 7, 7])).toEqual({ mean: 7, halfWidth: 0 })
  expect(interval95([7])).toEqual({ mean: 7, halfWidth: undefined })
  expect(interval95([])).toEqual({ mean: Number.NaN, halfWidth: undefined })
})

test('95 of 100 intervals hold the true mean', () => {
  const random = stream(11)
  /** Nearly normal: the sum of twelve uniform draws, with mean 0 and deviation 1. */
  const draw = () => Array.from({ length: 12 }, () => random.next()).reduce((sum, u) => sum + u, -6)
  let held = 0
  for (let i = 0; i < 4000; i++) {
    const interval = interval95([draw(), draw(), draw(), draw()])
    if (Math.abs(interval.mean) <= (interval.halfWidth as number)) held++
  }
  expect(held / 4000).toBeGreaterThan(0.935)
  expect(held / 4000).toBeLessThan(0.965)
})

test('mean and standard deviation follow shifts and scales', () => {
  expect(mean([])).toBeNaN()
  expect(standardDeviation([3])).toBeUndefined()
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12)
  fc.assert(
    fc.property(sample, number, number, (values, shift, scale) => {
      const moved = values.map((value) => shift + scale * value)
      expect(mean(moved)).toBeCloseTo(shift + scale * mean(values), 6)
      expect(standardDeviation(moved)).toBeCloseTo(Math.abs(scale) * (standardDeviation(values) as number), 6)
    }),
  )
})

test('quantiles are those of type 7', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 3.25, 4])
  expect(quantile([10, 20, 30], 0.9)).toBeCloseTo(28, 12)
  expect(quantile([5], 0.3)).toBe(5)
  expect(quantile([], 0.5)).toBeNaN()
  for (const share of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1, 2], share)).toThrow()
})

test('quantiles rise with the share, from the least value to the largest, and leave the values in place', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(sample, share, share, (values, a, b) => {
      const before = values.slice()
      const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))]
      expect(low).toBeLessThanOrEqual(high + 1e-9)
      expect(quantile(values, 0)).toBe(Math.min(...values))
      expect(quantile(values, 1)).toBe(Math.max(...values))
      expect(quantile(values, a)).toBeCloseTo(
        -quantile(
          values.map((value) => -value),
          1 - a,
        ),
        6,
      )
      expect(values).toEqual(before)
    }),
  )
})
