import { expect, test } from 'vitest'
import { motionsBetween, STILL } from '../../../../src/ui/explore/path/rollout-motion.ts'
import { dwellMs, SPEEDS } from '../../../../src/ui/state/playhead.ts'
import { toyEvents } from '../../toy-task.ts'

// 1 task, 2 step, 3 proposed, 4 and 5 rollouts, 6 scored, 7 decided.
const EVENTS = toyEvents()
const FIRST = { step: 1, candidate: 1 }
const between = (before: number, after: number, speed: number | undefined = undefined) =>
  motionsBetween(EVENTS, before, after, FIRST, speed)

test('a rollout that has just finished travels, no longer than it stays by itself', () => {
  expect(between(3, 4)).toMatchObject({ travel: [1], flow: false, durationMs: dwellMs(EVENTS[3]) })
  for (const speed of [0.5, 1, 2, 4, 8, 16])
    expect(between(4, 5, speed).durationMs).toBeLessThanOrEqual(dwellMs(EVENTS[4]) / speed)
})
test('several that come at once travel together', () => {
  expect(between(3, 5)).toMatchObject({ travel: [1, 2], flow: false })
})
test('what would be over before the next frame does not move; what may be seen does', () => {
  for (const speed of SPEEDS) {
    const frames = (at: number): number => dwellMs(EVENTS[at]) / speed / (1000 / 60)
    for (const [before, after] of [
      [3, 4],
      [3, 5],
      [5, 6],
    ] as const)
      expect(between(before, after, speed).durationMs > 0).toBe(frames(after - 1) > 1)
  }
  expect([between(3, 5, 16), between(5, 6, 16).flow]).toEqual([STILL, true])
})
test('outcomes flow into the mean when the candidate is scored', () => {
  expect(between(5, 6)).toMatchObject({ travel: [], flow: true })
  expect(between(5, 6).durationMs).toBeLessThanOrEqual(dwellMs(EVENTS[5]))
})
test('nothing moves on the way back, on the spot, or for another candidate', () => {
  expect([between(6, 4), between(4, 4), between(1, 3), between(8, 12)]).toEqual([STILL, STILL, STILL, STILL])
})
