import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createShelf } from '../../../src/policies/linear/shelf.ts'

test('what is kept stays what it was, whatever comes after it', () => {
  const list = fc.array(fc.double({ noNaN: true }), { maxLength: 50 })
  fc.assert(
    fc.property(fc.array(list, { maxLength: 40 }), (lists) => {
      const keep = createShelf()
      const buffer = new Float64Array(60)
      const kept = lists.map((numbers) => {
        buffer.set(numbers)
        return keep(buffer, numbers.length)
      })
      expect(kept.map((numbers) => [...numbers])).toEqual(lists)
    }),
  )
})

test('a list longer than a block is kept as well', () => {
  const keep = createShelf()
  const long = Float64Array.from({ length: 100_000 }, (_, i) => i)
  const before = keep(Float64Array.of(1, 2), 2)
  expect(keep(long, long.length)).toEqual(long)
  expect([...before, ...keep(Float64Array.of(3), 1)]).toEqual([1, 2, 3])
})
