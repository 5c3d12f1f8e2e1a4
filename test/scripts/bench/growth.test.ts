import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthOf } from '../../../src/scripts/bench/growth.ts'

const DECADES = [1_000, 10_000, 100_000, 1_000_000]
const pointsOf = (cost: (n: number) => number) => DECADES.map((n) => ({ n, cost: cost(n) }))

test('a power is fitted exactly, whatever stands before it', () => {
  const factor = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0, max: 3, noNaN: true }), factor, (power, factor) => {
      expect(growthOf(pointsOf((n) => factor * n ** power)).exponent).toBeCloseTo(power, 9)
    }),
  )
})

test('the fit is that of least squares', () => {
  // Logarithms (0, 0), (1, 1), (2, 3): the slope is ((-1)(-4/3) + 0 + (1)(5/3)) / 2.
  const points = [
    { n: 10, cost: 1 },
    { n: 100, cost: 10 },
    { n: 1_000, cost: 1_000 },
  ]
  expect(growthOf(points).exponent).toBeCloseTo(1.5, 12)
})

test('n log n has the exponent 1, and that of its logarithm', () => {
  // Logarithms of ln 10³, ln 10⁴, ln 10⁵, ln 10⁶ over those of n: the slope of ln 3, ln 4, ln 5, ln 6 at -1.5, -0.5, 0.5, 1.5.
  const ofLogarithm = (1.5 * Math.log(6 / 3) + 0.5 * Math.log(5 / 4)) / 5 / Math.log(10)
  expect(growthOf(pointsOf((n) => n)).nLogN).toBeCloseTo(1 + ofLogarithm, 12)
})

test.each([
  ['flat', () => 5],
  ['flat', (n: number) => 3 + Math.log(n) / 100],
  ['at most n log n', (n: number) => Math.sqrt(n)],
  ['at most n log n', (n: number) => n],
  ['at most n log n', (n: number) => n * Math.log(n)],
  ['worse than n log n', (n: number) => n ** 1.5],
  ['worse than n log n', (n: number) => n ** 2],
] as const)('%s: %s', (verdict, cost) => {
  expect(growthOf(pointsOf(cost)).verdict).toBe(verdict)
})

test('what is too little to be told from noise does not count', () => {
  const linear = pointsOf((n) => (n < 100_000 ? 1 : n))
  expect(growthOf(linear, 2).exponent).toBeCloseTo(1, 12)
  expect(growthOf(linear, 1e6)).toMatchObject({ exponent: undefined, verdict: 'too little to measure' })
  expect(growthOf([])).toMatchObject({ exponent: undefined, verdict: 'too little to measure' })
})
