import { expect, test } from 'vitest'
import {
  actionsTo,
  currentOf,
  lessonOf,
  nextActionOf,
  recordedObservation,
  START,
  selectionIn,
} from '../../../src/ui/state/selection.ts'
import { toyEvents, toyTask } from '../toy-task.ts'

test('the selection follows the playhead: the newest candidate, then the one that goes on', () => {
  const at = (count: number) => currentOf(toyTask(undefined, count))
  expect(at(1)).toEqual(START)
  expect(at(2)).toEqual(START)
  expect(at(3)).toEqual({ step: 1, candidate: 1 })
  expect(at(8)).toEqual({ step: 1, candidate: 1 })
  expect(at(9)).toEqual({ step: 2, candidate: 1 })
  expect(at(toyEvents().length)).toEqual({ step: 3, candidate: 1 })
})
test('a picked candidate counts only where it already exists', () => {
  const picked = { step: 2, candidate: 2 }
  expect(selectionIn(toyTask(), picked)).toEqual(picked)
  expect(selectionIn(toyTask(undefined, 9), picked)).toEqual({ step: 2, candidate: 1 })
})
test('the world is reached by the chosen actions, then the selected one', () => {
  expect(actionsTo(toyTask(), START)).toEqual([])
  expect(actionsTo(toyTask(), { step: 2, candidate: 1 })).toEqual(['search[red shoes]', 'click[b01]'])
  expect(actionsTo(toyTask(), { step: 3, candidate: 1 })).toEqual(['search[red shoes]', 'click[b02]', 'click[buy now]'])
})
test('only what goes on has a next action', () => {
  expect(nextActionOf(toyTask(), START)).toBe('search[red shoes]')
  expect(nextActionOf(toyTask(), { step: 2, candidate: 2 })).toBe('click[buy now]')
  expect(nextActionOf(toyTask(), { step: 2, candidate: 1 })).toBeUndefined()
  expect(nextActionOf(toyTask(), { step: 3, candidate: 1 })).toBeUndefined()
})
test('the log has the observations of the explored path only', () => {
  expect(recordedObservation(toyTask(), START)).toBe('WebShop')
  expect(recordedObservation(toyTask(), { step: 2, candidate: 2 })).toBe('after 2')
  expect(recordedObservation(toyTask(), { step: 2, candidate: 1 })).toBeUndefined()
})
test('the first thing to look at is a rise that made a pair', () => {
  expect(lessonOf(toyTask())).toEqual({ selection: { step: 2, candidate: 2 }, clarity: 0.5 })
  expect(lessonOf(toyTask(undefined, 5))).toBeUndefined()
})
