import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Digest } from '../../src/core/digest.ts'
import { exp, log, log1p, power } from '../../src/core/elementary.ts'
import { stream } from '../../src/core/random.ts'

/** In units of the last digit or so; the engine's own are no better. */
function close(mine: number, engine: number, units = 3): boolean {
  if (Object.is(mine, engine)) return true
  return Math.abs(mine - engine) <= units * Math.max(Math.abs(engine) * Number.EPSILON, Number.MIN_VALUE)
}

describe('elementary functions', () => {
  test('are those that everybody knows', () => {
    const real = fc.double({ noNaN: true })
    const small = fc.double({ min: -750, max: 715, noNaN: true })
    fc.assert(
      fc.property(real, small, (any, x) => {
        for (const given of [any, x]) {
          expect(close(exp(given), Math.exp(given)), `exp ${given}`).toBe(true)
          expect(close(log(given), Math.log(given)), `log ${given}`).toBe(true)
        }
        expect(close(log1p(x / 750), Math.log1p(x / 750)), `log1p ${x / 750}`).toBe(true)
      }),
      { numRuns: 5000 },
    )
    for (let n = 0; n < 5000; n += 7) expect(power(0.999, n)).toBeCloseTo(0.999 ** n, 13)
  })

  test('are exact where they can be', () => {
    for (const [x, y] of [
      [0, 1],
      [-0, 1],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 0],
      [Number.NaN, Number.NaN],
      [710, Number.POSITIVE_INFINITY],
      [-746, 0],
    ] as const)
      expect(exp(x)).toBe(y)
    for (const [x, y] of [
      [1, 0],
      [0, Number.NEGATIVE_INFINITY],
      [-1, Number.NaN],
      [Number.NaN, Number.NaN],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ] as const)
      expect(log(x)).toBe(y)
    for (let n = -1074; n < 1024; n++) expect(close(log(2 ** n), n * Math.LN2, 1)).toBe(true)
    expect(log1p(1e-20)).toBe(1e-20)
    expect([power(2, 0), power(2, 10), power(0.5, 3)]).toEqual([1, 1024, 0.125])
  })

  test('are the same in every engine, to the bit', () => {
    const random = stream(1)
    const bits = new Digest()
    for (let i = 0; i < 20_000; i++) {
      const x = (random.next() - 0.5) * 40
      bits.list([exp(x), log(Math.abs(x)), log1p(exp(-Math.abs(x))), power(0.9, i)].map(String))
    }
    expect(bits.hex()).toBe('d4e5f91861c031a5')
  })
})
