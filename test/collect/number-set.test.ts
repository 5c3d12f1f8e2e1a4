import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberSet } from '../../src/collect/number-set.ts'

const number = fc.oneof(fc.nat(70), fc.integer({ min: 1000, max: 1100 }), fc.nat(Number.MAX_SAFE_INTEGER))

test('holds what a set of numbers holds, up to the largest whole number', () => {
  fc.assert(
    fc.property(fc.array(number), fc.array(number), (added, asked) => {
      const [compact, plain] = [numberSet(), new Set<number>()]
      for (const n of added) {
        compact.add(n)
        plain.add(n)
        expect(compact.size).toBe(plain.size)
      }
      for (const n of [...added, ...asked]) expect(compact.has(n)).toBe(plain.has(n))
    }),
  )
})
