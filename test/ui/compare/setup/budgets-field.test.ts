import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBudgets } from '../../../../src/ui/compare/setup/budgets-field.ts'

test('what is typed well counts, in order, whatever is between', () => {
  expect(readBudgets('400;200  1000,')).toEqual({ budgets: [200, 400, 1000], problems: [] })
})
test('each word that does not count is named, with its reason', () => {
  expect(readBudgets('200, abc, 7, 2000000, 200, 1.5')).toEqual({
    budgets: [200],
    problems: [
      '"abc" is not a whole number; it was left out.',
      '7 is less than 100; it was left out.',
      '2000000 is more than 1,000,000; it was left out.',
      '200 is there twice; it counts once.',
      '"1.5" is not a whole number; it was left out.',
    ],
  })
  expect(readBudgets('100 200 300 400 500 600 700').problems).toEqual([
    '700 is one too many: 6 at most; it was left out.',
  ])
  expect(readBudgets(' ').problems).toEqual(['No budget was typed.'])
})
test('a comma between thousands is understood and said', () => {
  expect(readBudgets('5,000').problems.at(-1)).toBe('"000" is no budget: write thousands without a comma, 5000.')
})
test('nothing that is typed is dropped without a word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 2e6 }).map(String), fc.string({ minLength: 1 })), {
        minLength: 1,
        maxLength: 9,
      }),
      (words) => {
        const text = words.join(' ')
        const typed = text.split(/[,;\s]+/).filter((word) => word !== '')
        const { budgets, problems } = readBudgets(text)
        expect(budgets.length + problems.length).toBe(Math.max(1, typed.length))
      },
    ),
  )
})
