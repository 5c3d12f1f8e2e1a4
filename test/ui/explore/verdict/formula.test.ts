import { expect, test } from 'vitest'
import type { CandidateState } from '../../../../src/core/log/fold-task.ts'
import { formulaNote, formulaText, sumText } from '../../../../src/ui/explore/verdict/formula.ts'
import { CONFIG, toyTask } from '../../toy-task.ts'

const first = (count?: number, outcomes: readonly number[] = [1, 1, 0.5, 1, 1], done = false): CandidateState =>
  toyTask([{ bar: 0, candidates: [{ action: 'click[a]', outcomes, rises: true, done }], chosen: 1 }], count).steps[0]
    ?.candidates[0] as CandidateState

test('the formula has the numbers of the candidate in it', () => {
  expect(formulaText(CONFIG, first())).toBe('r = (1 + 1 + 0.5 + 1 + 1) / 5 = 0.90')
})
test('while rollouts come in, the formula says so', () => {
  expect(formulaText(CONFIG, first(3))).toBe('r = ?')
  expect(formulaText(CONFIG, first(5))).toBe('so far = (1 + 1) / 2 = 1.00')
})
test('an episode that has ended needs no mean', () => {
  expect(formulaText(CONFIG, first(undefined, [0.75], true))).toBe('r = 0.75')
  expect(formulaNote(CONFIG, first(undefined, [0.75], true))).toContain('exact')
})
test('many rollouts are grouped by outcome', () => {
  expect(sumText([...Array(8).fill(1), 0.5, 0.5, 0, 2 / 3])).toBe('8 × 1 + 1 × 0.667 + 2 × 0.5 + 1 × 0')
})
