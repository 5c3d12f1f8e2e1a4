/** What is said of an edited world. */
import { expect, test } from 'vitest'
import { againWords, editWords, outcomeOf } from '../../../../src/ui/explore/edit/edit-words.ts'
import { STEPS, toyEvents } from '../../toy-task.ts'

test('each edit says what stood there and what does now', () => {
  expect(editWords({ kind: 'price', asin: 'B01', from: '$5.0', to: '$7.5' })).toBe('Price of B01: $5.0 → $7.5')
  expect(editWords({ kind: 'title', asin: 'B01', from: 'a', to: 'b' })).toBe('Title of B01: a → b')
  expect(editWords({ kind: 'option', asin: 'B01', name: 'size', from: 's', to: 'm' })).toBe('size of B01: s → m')
  expect(editWords({ kind: 'instruction', task: 'train-1', from: 'a', to: 'b' })).toBe('Instruction: a → b')
  const cell = { kind: 'cell', database: 'd', table: 't', row: 0, column: 'c' } as const
  expect(editWords({ ...cell, from: null, to: 'x' })).toBe('t, row 1, c: NULL → x')
})

test('the outcome before stands beside the one now, and where the paths part', () => {
  const whole = outcomeOf(toyEvents())
  expect(whole).toEqual({ reward: 1, actions: ['search[red shoes]', 'click[b02]', 'click[buy now]'] })
  expect(againWords(whole, whole)).toBe(
    'Before: reward 1.00 in 3 steps; now reward 1.00 in 3 steps. The path takes the same actions.',
  )
  const [first, second] = STEPS
  if (first === undefined || second === undefined) throw new Error('the toy has steps')
  const other = outcomeOf(toyEvents([first, { ...second, chosen: 1 }]))
  expect(againWords(whole, other)).toBe(
    'Before: reward 1.00 in 3 steps; now reward 1.00 in 2 steps. The paths part at step 2.',
  )
  const open = outcomeOf(toyEvents().slice(0, 8))
  expect(open.reward).toBeUndefined()
  expect(againWords(whole, open)).toBe('The task is being explored again…')
  expect(againWords(open, whole)).toMatch(
    /^Before, the task was not explored to its end; now reward 1\.00 in 3 steps\.$/,
  )
})
