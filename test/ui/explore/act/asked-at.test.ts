import { expect, test } from 'vitest'
import { askedAt, placeBefore } from '../../../../src/ui/explore/act/asked-at.ts'
import { actionsTo, type Selection, START } from '../../../../src/ui/state/selection.ts'
import { STEPS, toyEvents, toyTask } from '../../toy-task.ts'

const WHOLE = toyTask()

function asked(at: Selection, shown = WHOLE) {
  const { step, words } = askedAt(shown, WHOLE, at) ?? {}
  return { step: step?.step, words }
}

/** How many events it takes until the nth of a type is shown. */
function until(type: string, nth: number): number {
  return (toyEvents().flatMap((event, i) => (event.type === type ? i : []))[nth - 1] ?? 0) + 1
}

test('what if asks in the state that is looked at: after a candidate of the path, or at the start', () => {
  expect(asked(START)).toEqual({ step: 1, words: 'Asked at the start of the task, which is what you see.' })
  expect(asked({ step: 1, candidate: 1 })).toEqual({
    ...{ step: 2, words: 'Asked in the state that you see, after search[red shoes].' },
  })
  expect(asked({ step: 2, candidate: 2 }).step).toBe(3)
})

test('and says where it asks, and why, where it cannot', () => {
  expect(asked({ step: 2, candidate: 1 })).toEqual({
    ...{ step: 2, words: 'Asked before click[b01], at the beginning of step 2: the path does not go on from it.' },
  })
  expect(asked({ step: 3, candidate: 1 })).toMatchObject({
    ...{ step: 3, words: expect.stringMatching(/^Asked before click\[buy now\].*: it ends the episode/) },
  })
  const undecided = toyTask(STEPS, until('candidate-scored', 3))
  expect(asked({ step: 2, candidate: 2 }, undecided)).toMatchObject({
    ...{ step: 2, words: expect.stringMatching(/its step is not decided yet/) },
  })
})

test('a step that is not shown yet is asked at without telling what it holds', () => {
  const shown = toyTask(STEPS, until('step-decided', 1))
  const { step } = askedAt(shown, WHOLE, { step: 1, candidate: 1 }) ?? {}
  expect(step).toMatchObject({ step: 2, bar: 0.25, candidates: [], decided: undefined })
})

test('nothing is asked before a step has begun', () => {
  const begun = toyTask(STEPS, 1)
  expect(askedAt(begun, begun, START)).toBeUndefined()
})

test('the place before a step leads to the state that it begins in', () => {
  expect(placeBefore(WHOLE, 1)).toEqual(START)
  expect(actionsTo(WHOLE, placeBefore(WHOLE, 3))).toEqual(['search[red shoes]', 'click[b02]'])
})
