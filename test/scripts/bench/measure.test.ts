import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leftOut, measured } from '../../../src/scripts/bench/measure.ts'

// The largest place k with 1 - 2 P(Bin(n, 1/2) < k) >= 0.95, as tables of the sign test have it: of 9 values 1 - 20/512 = 0.961.
test.each([
  [6, 1],
  [7, 1],
  [8, 1],
  [9, 2],
  [10, 2],
  [11, 2],
  [12, 3],
  [15, 4],
  [20, 6],
  [25, 8],
])('of %d values the limits are the value in place %d from either end', (n, place) => {
  expect(leftOut(n) + 1).toBe(place)
})

test('of too few values the limits are the least and the largest', () => {
  expect([1, 2, 3, 4, 5].map(leftOut)).toEqual([0, 0, 0, 0, 0])
  expect(measured([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3, repeats: 3 })
})

test('one wild value of nine moves nothing', () => {
  expect(measured([10, 11, 12, 13, 14, 15, 16, 17, 9_999])).toEqual({ median: 14, low: 11, high: 17, repeats: 9 })
})

test('the median lies between its limits, in any order of the values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (values) => {
        const { median, low, high, repeats } = measured(values)
        expect(low).toBeLessThanOrEqual(median)
        expect(median).toBeLessThanOrEqual(high)
        expect(repeats).toBe(values.length)
        expect(measured(values.toReversed())).toEqual(measured(values))
      },
    ),
  )
})
