import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choose, cumulate, dotRows, logShare, logShares } from '../../../src/policies/linear/softmax.ts'

const scores = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 20 })
const temperature = fc.double({ min: 0.05, max: 5, noNaN: true })

test('probabilities sum to one, and log-shares are their logarithms', () => {
  fc.assert(
    fc.property(scores, temperature, (values, t) => {
      const sums = cumulate(values, t)
      expect(sums.at(-1)).toBeCloseTo(1, 12)
      sums.forEach((sum, i) => {
        const share = sum - (sums[i - 1] ?? 0)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(Math.exp(logShare(values, i, t))).toBeCloseTo(share, 9)
      })
    }),
  )
})

test('all log-shares at once are bit for bit the single ones', () => {
  fc.assert(
    fc.property(scores, (values) => {
      expect(logShares(values)).toEqual(values.map((_, i) => logShare(values, i, 1)))
    }),
  )
})

test('sums that lie side by side are those that lie alone, and draws find their own', () => {
  fc.assert(
    fc.property(scores, scores, temperature, fc.double({ min: 0, max: 0.999, noNaN: true }), (a, b, t, u) => {
      const both = new Float64Array(a.length + b.length)
      cumulate(b, t, both, a.length)
      cumulate(a, t, both)
      expect([...both]).toEqual([...cumulate(a, t), ...cumulate(b, t)])
      expect(choose(both, u, a.length)).toBe(choose(cumulate(a, t), u))
      expect(choose(both, u, b.length, a.length)).toBe(choose(cumulate(b, t), u))
    }),
  )
})

test('a draw falls on the index whose share of [0, 1) it is in', () => {
  const sums = cumulate([Math.log(1), Math.log(2), Math.log(1)], 1)
  expect([0, 0.2499, 0.2501, 0.7499, 0.7501, 0.9999].map((u) => choose(sums, u))).toEqual([0, 0, 1, 1, 2, 2])
})

test('temperature 0 takes the first of the highest', () => {
  const sums = cumulate([1, 3, 2, 3], 0)
  for (const u of [0, 0.5, 0.999]) expect(choose(sums, u)).toBe(1)
  expect(logShare([1, 3, 2, 3], 1, 0)).toBe(0)
  expect(logShare([1, 3, 2, 3], 3, 0)).toBe(Number.NEGATIVE_INFINITY)
})

test('scores are products of rows and weights', () => {
  expect(dotRows(Float64Array.of(1, 2, 3, 4, 9, 9), Float64Array.of(10, 1), 2)).toEqual([12, 34])
})
