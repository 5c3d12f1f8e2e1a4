import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_COMPARISON } from '../../../../src/core/comparison/default-comparison.ts'
import { foldTask } from '../../../../src/core/log/fold-task.ts'
import {
  countAt,
  moments,
  rewardSoFar,
  sideOf,
  standingOf,
  totalCalls,
} from '../../../../src/ui/compare/duel/budget.ts'
import { stairs } from '../../../../src/ui/compare/duel/duel-curve.ts'
import { fighters, fightersOf } from '../../../../src/ui/compare/duel/duel-state.ts'
import { STEPS, toyEvents } from '../../toy-task.ts'

const side = sideOf(toyEvents())

test('a side knows what it had spent after each event', () => {
  // Step 1: the candidate and two rollouts of one action; step 2: twice as much; step 3: the last action.
  expect(totalCalls(side)).toBe(3 + 6 + 1)
  expect(side.calls).toHaveLength(side.events.length)
  expect(foldTask(side.events)?.cost.policyCalls).toBe(totalCalls(side))
})

test('at any budget a side shows all that had happened by then, and nothing dearer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), (budget) => {
      const count = countAt(side, budget)
      expect(side.calls.slice(0, count).every((calls) => calls <= budget)).toBe(true)
      expect(side.calls.slice(count).every((calls) => calls > budget)).toBe(true)
    }),
  )
  expect(countAt(side, totalCalls(side))).toBe(side.events.length)
  expect(foldTask(side.events, countAt(side, 0))?.steps).toHaveLength(1)
})

test('the moments of two sides are those of either, once each, in order', () => {
  const shorter = sideOf(toyEvents(STEPS.slice(0, 1)))
  expect(moments([side, shorter])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(moments([])).toEqual([0])
})

test('the reward so far is that of the newest step of the path, and in the end the outcome', () => {
  expect(side.rewards).toEqual([
    { calls: 3, reward: 0.25 },
    { calls: 9, reward: 0.75 },
    { calls: 10, reward: 1 },
  ])
  const before = foldTask(side.events, countAt(side, 2))
  expect(before && rewardSoFar(before)).toBeUndefined()
  const whole = foldTask(side.events)
  expect(whole && standingOf(whole)).toMatchObject({ reward: 1, steps: 3, pairs: 1, finished: true })
})

test('stairs go up to the budget and no further', () => {
  const y = (reward: number): number => 100 - 100 * reward
  expect(stairs(side, 2, y)).toBe('')
  expect(stairs(side, 8, y)).toBe('M3 75H8')
  expect(stairs(side, 10, y)).toBe('M3 75H9V25H10V0H10')
})

test('who explores nothing does not fight, and one who left the comparison is replaced', () => {
  const { arms } = DEFAULT_COMPARISON
  expect(fighters(DEFAULT_COMPARISON)).not.toContain(arms.findIndex(({ method }) => method === 'sft'))
  const [a, b] = fightersOf(DEFAULT_COMPARISON, [0, 0])
  expect([arms[a]?.method, arms[b]?.method]).toEqual(['rro', 'rro-recycled'])
  expect(fightersOf({ ...DEFAULT_COMPARISON, arms: arms.slice(0, 3) }, [a, b])).toEqual([1, 2])
  expect(fightersOf(DEFAULT_COMPARISON, [3, 4])).toEqual([3, 4])
})
