import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogram } from '../../src/datasets/histogram.ts'

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })

test('every number is counted once, in a bin that it lies in, and the bins leave no gap', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 2, max: 20 }), (values, most) => {
      const bins = histogram(values, most)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
      expect(bins.length).toBeLessThanOrEqual(most + 1)
      const width = (bins[0]?.to ?? 0) - (bins[0]?.from ?? 0)
      for (const [i, { from, to }] of bins.entries()) {
        expect(to).toBeGreaterThan(from)
        expect(to - from).toBeCloseTo(width, 5)
        if (i > 0) expect(from).toBe(bins[i - 1]?.to)
      }
      const slack = width * 1e-6
      expect(bins[0]?.from).toBeLessThanOrEqual(Math.min(...values) + slack)
      expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(Math.max(...values) - slack)
    }),
  )
})

test('the bins are those that people count in', () => {
  expect(histogram([])).toEqual([])
  expect(histogram([0.1, 0.2, 0.3, 0.35, 1], 10).map(({ from, count }) => [from, count])).toEqual([
    ...[
      [0.1, 1],
      [0.2, 1],
      [0.3, 2],
      [0.4, 0],
      [0.5, 0],
    ],
    ...[
      [0.6, 0],
      [0.7, 0],
      [0.8, 0],
      [0.9, 1],
    ],
  ])
  expect(histogram([-3e-323])).toMatchObject([{ count: 1 }])
  expect(histogram([7, 7, 7])).toEqual([{ from: 7, to: 8, count: 3 }])
})
