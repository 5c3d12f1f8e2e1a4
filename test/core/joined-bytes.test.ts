import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinedBytes } from '../../src/core/joined-bytes.ts'

test('pieces are all there, one after the other, in a buffer of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (pieces) => {
      const all = joinedBytes(pieces)
      expect([...all]).toEqual(pieces.flatMap((piece) => [...piece]))
      all.fill(255)
      expect(pieces.every((piece) => piece.buffer !== all.buffer)).toBe(true)
    }),
  )
})
