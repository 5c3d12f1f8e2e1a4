import { expect, test } from 'vitest'
import { Silence } from '../../src/core/silence.ts'

/** The silences that are worth saying, in seconds, of looks at these points in time. */
function said(silence: Silence, seconds: readonly number[]): readonly number[] {
  return seconds.flatMap((at) => {
    const ms = silence.look(at * 1000)
    return ms === undefined ? [] : ms / 1000
  })
}

const everySecond = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('a silence is worth saying after five seconds, and whenever it is twice as long', () => {
  expect(said(new Silence(5_000), everySecond(100, 145))).toEqual([5, 10, 20, 40])
})

test('an answer ends it', () => {
  const silence = new Silence(5_000)
  expect(said(silence, everySecond(0, 6))).toEqual([5])
  silence.answered()
  expect(said(silence, everySecond(7, 11))).toEqual([])
  expect(said(silence, everySecond(12, 12))).toEqual([5])
})

test('a page that slept is no proof that others were silent', () => {
  expect(said(new Silence(5_000), [0, 1, 3_600, 3_601])).toEqual([])
  expect(said(new Silence(5_000), [0, 1, 3_600, 3_601, 3_602])).toEqual([5])
})
