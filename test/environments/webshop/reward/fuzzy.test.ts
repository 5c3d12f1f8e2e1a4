import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COLORS, normalizeColor } from '../../../../src/environments/webshop/reward/colors.ts'
import { tokenSetRatio, tokenSetRatioExceeds } from '../../../../src/environments/webshop/reward/fuzzy.ts'

test.each([
  // The words of one are among the other's.
  ['x-large', 'large', 100],
  ['Oak, Lamp!', 'lamp (oak) 12', 100],
  // Latin-1 letters are dropped: caf.
  ['café', 'caf', 100],
  // 2 * 3 / 8 = 0.75: `abc` of two texts of four characters.
  ['abcd', 'abce', 75],
  // 2 * 1 / 16 = 0.125: 12.5 is rounded to the even 12.
  ['abcdefgh', 'hijklmno', 12],
  // `oak` and `oak bed`: 2 * 3 / 10 = 0.6; `oak bed` and `oak top`: 2 * 4 / 14, rounded to 57.
  ['oak bed', 'top oak', 60],
  ['', 'lamp', 0],
  ['!?', '!?', 0],
])('tokenSetRatio of %j and %j is %i', (a, b, score) => {
  expect(tokenSetRatio(a, b)).toBe(score)
})

test('forgets the popular characters of a long second text', () => {
  // `a` is more than 1 % + 1 of the 200 characters, so no common run can start at one.
  const long = `${'a'.repeat(199)}b`
  expect(tokenSetRatio('a'.repeat(50), long)).toBe(40) // still grows from the two beginnings: 2 * 50 / 250
  expect(tokenSetRatio(`c${'a'.repeat(50)}`, long)).toBe(0)
  expect(tokenSetRatio(long, `c${'a'.repeat(50)}`)).toBe(40) // 2 * 50 / 251, rounded
})

test('is a whole number from 0 to 100, and 100 of a text with itself', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '-', 'é', '米', '😀'), maxLength: 30 })
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const score = tokenSetRatio(a, b)
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true)
      if (/[abc米]/.test(a)) expect(tokenSetRatio(a, a)).toBe(100)
    }),
  )
})

test('says quickly whether the score is above a threshold, as the score itself says', () => {
  const words = fc.constantFrom(
    'abc',
    'abcd',
    'bca',
    'acb',
    'xlarge',
    'largex',
    'lagre',
    'é',
    '米',
    '米a',
    '😀b',
    'aaaaaaa',
  )
  const texts = fc.array(words, { maxLength: 5 }).map((all) => all.join(' '))
  const long = fc.constantFrom('ab ', 'abcdefghij ', 'é米').map((text) => text.repeat(80)) // beyond 200 characters
  const threshold = fc.integer({ min: 0, max: 100 })
  fc.assert(
    fc.property(fc.oneof(texts, long), fc.oneof(texts, long), threshold, (a, b, threshold) => {
      expect(tokenSetRatioExceeds(a, b, threshold)).toBe(tokenSetRatio(a, b) > threshold)
    }),
    { numRuns: 2000 },
  )
})

test('keeps its colours in the order of the alphabet and replaces a value by the first of them', () => {
  expect(COLORS).toEqual([...COLORS].sort())
  expect(new Set(COLORS).size).toBe(COLORS.length)
  for (const color of COLORS) expect(COLORS).toContain(normalizeColor(`very ${color} thing`))
  expect(normalizeColor('navy and amber-red')).toBe('navy')
  expect(normalizeColor('standing lamp')).toBe('tan')
  expect(normalizeColor('Black')).toBe('Black')
  expect(normalizeColor('')).toBe('')
})
