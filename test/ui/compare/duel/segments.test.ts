import { expect, test } from 'vitest'
import { sideOf, totalCalls } from '../../../../src/ui/compare/duel/budget.ts'
import { fatesOf, segmentsOf, stepSpans } from '../../../../src/ui/compare/duel/segments.ts'
import { STEPS, toyEvents } from '../../toy-task.ts'

const side = sideOf(toyEvents())

test('the stretches of a side are all that it spent, one after the other, each on one candidate', () => {
  const segments = segmentsOf(side)
  expect(segments[0]?.from).toBe(0)
  expect(segments.at(-1)?.to).toBe(totalCalls(side))
  segments.slice(1).forEach(({ from }, place) => {
    expect(from).toBe(segments[place]?.to)
  })
  expect(segments.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(totalCalls(side))
})

test('steps lie where their candidates do', () => {
  expect(stepSpans(segmentsOf(side))).toEqual([
    { step: 1, from: 0, to: 3 },
    { step: 2, from: 3, to: 9 },
    { step: 3, from: 9, to: 10 },
  ])
  expect(stepSpans([])).toEqual([])
})

test('a candidate is told with its reward, its bar, and whether the trajectory goes on with it', () => {
  const fates = [...fatesOf(side).values()]
  expect(fates.filter(({ continued }) => continued).map(({ step, reward }) => [step, reward])).toEqual([
    [1, 0.25],
    [2, 0.75],
    [3, 1],
  ])
  expect(fates.every(({ rises, reward, bar }) => !rises || (reward ?? 0) >= bar)).toBe(true)
  expect(fatesOf(sideOf(toyEvents(STEPS.slice(0, 1)))).size).toBe(1)
})
