import { expect, test } from 'vitest'
import { Rate } from '../../../src/worker/machine/rate.ts'

/** Ten tasks a second, from a point in time on. */
function run(rate: Rate, fromMs: number, seconds: number, before: number): number {
  for (let tenth = 0; tenth <= seconds * 10; tenth++) rate.mark(fromMs + tenth * 100, before + tenth)
  return before + seconds * 10
}

test('a rate is that of the last seconds', () => {
  const rate = new Rate()
  const count = run(rate, 0, 10, 0)
  expect(rate.perSecond(10_000, count)).toBeCloseTo(10)
})

test('a machine that slept does not slow it down, nor what it says is left', () => {
  const rate = new Rate()
  const count = run(rate, 0, 10, 0)
  const later = run(rate, 3_600_000, 1, count)
  expect(rate.perSecond(3_601_000, later)).toBeCloseTo(10)
})
