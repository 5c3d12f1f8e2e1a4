import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped } from '../../src/core/grouped.ts'

test('a number is written as Intl writes it in English', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -5000, max: 5000 }), fc.double({ noNaN: true })),
      (count) => {
        expect(grouped(count)).toBe(Object.is(count, -0) ? '0' : count.toLocaleString('en-US'))
      },
    ),
  )
  expect([0, 999, 1000, -1000, 1_234_567, 1234.5].map(grouped)).toEqual([
    ...['0', '999', '1,000', '-1,000', '1,234,567', '1,234.5'],
  ])
})
