import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STRIDES } from '../../../src/core/log/strides.ts'
import { dwellMs, isWhole, phaseSpans, strideBack, strideForward } from '../../../src/ui/state/playhead.ts'
import { toyEvents } from '../toy-task.ts'

const EVENTS = toyEvents()

test('a phase ends before the next one begins', () => {
  // task, step, propose | roll out x2 | compare | choose
  expect(strideForward(EVENTS, 0, 'phase')).toEqual({ count: 3, complete: true })
  expect(strideForward(EVENTS, 3, 'phase')).toEqual({ count: 5, complete: true })
  expect(strideForward(EVENTS, 5, 'phase')).toEqual({ count: 6, complete: true })
  expect(strideForward(EVENTS, 6, 'phase')).toEqual({ count: 7, complete: true })
})
test('a step ends with its decision and pairs', () => {
  const { count } = strideForward(EVENTS, 7, 'step')
  expect(EVENTS[count - 1]?.type).toBe('pair-made')
  expect(EVENTS[count]).toMatchObject({ type: 'step-started', step: 3 })
})
test('a task ends with its last event, and a stride past what is known is not complete', () => {
  expect(strideForward(EVENTS, 0, 'task')).toEqual({ count: EVENTS.length, complete: true })
  expect(strideForward(EVENTS.slice(0, 5), 3, 'task')).toEqual({ count: 5, complete: false })
  expect(isWhole(EVENTS)).toBe(true)
  expect(isWhole(EVENTS.slice(0, 5))).toBe(false)
})
test('back undoes forward between stride ends', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STRIDES), fc.integer({ min: 1, max: EVENTS.length }), (stride, count) => {
      const end = strideForward(EVENTS, count, stride)
      if (!end.complete) return
      const back = strideBack(EVENTS, end.count, stride)
      expect(back).toBeLessThanOrEqual(Math.max(1, count))
      expect(strideForward(EVENTS, Math.max(back, 1), stride).count).toBeLessThanOrEqual(end.count)
    }),
  )
})
test('spans cover each phase once, in order', () => {
  const spans = phaseSpans(EVENTS)
  expect(spans.slice(0, 4).map(({ phase, from, to }) => [phase, from, to])).toEqual([
    ['propose', 2, 3],
    ['roll out', 3, 5],
    ['compare', 5, 6],
    ['choose', 6, 7],
  ])
  for (const [index, span] of spans.entries()) expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0)
})
test('every event stays a while', () => {
  for (const event of EVENTS) expect(dwellMs(event)).toBeGreaterThan(0)
  expect(dwellMs(undefined)).toBe(0)
})
