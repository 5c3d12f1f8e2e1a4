/** LIKE against the definition of its two wildcards, on texts in which much looks alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { likeText } from '../../src/mysql/values/like.ts'

/** What LIKE means, letter by letter: takes exponential time. */
function means(text: string, pattern: string): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text === ''
  const tail = rest.join('')
  if (first === '%') return means(text, tail) || (text !== '' && means(text.slice(1), pattern))
  return text !== '' && (first === '_' || first === text[0]) && means(text.slice(1), tail)
}

test('is what the wildcards mean', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 7 })
  fc.assert(
    fc.property(text, pattern, (a, b) => {
      expect(likeText(a, b, '\\', true)).toBe(means(a, b))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['Čapek', 'cap%', '\\', false, true],
  ['Čapek', 'cap%', '\\', true, false],
  ['100 %', '%\\%', '\\', false, true],
  ['100', '%\\%', '\\', false, false],
  ['50_', '50|_', '|', false, true],
  ['50x', '50|_', '|', false, false],
  ['straße', 'strase', '\\', false, true],
  ['a\\', 'a\\', '\\', false, true],
] as const)('%s LIKE %s', (text, pattern, mark, exact, is) => {
  expect(likeText(text, pattern, mark, exact)).toBe(is)
})
