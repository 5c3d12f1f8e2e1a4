import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Pieces, piecesOf } from '../../../src/worker/library/model-pieces.ts'
import { sameBits } from '../../same-bits.ts'

/** Three pieces of it. */
const LONG = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) % 256)

test('what was taken apart is put together again, whatever its length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const pieces = new Pieces()
      for (const piece of piecesOf('a', bytes)) expect(pieces.add(piece)).toBe(true)
      expect(pieces.take('a')).toEqual(bytes)
      expect(pieces.take('a')).toBeUndefined()
    }),
  )
  const pieces = new Pieces()
  const parts = piecesOf('a', LONG)
  expect(parts).toHaveLength(3)
  for (const piece of parts) expect(pieces.add(piece)).toBe(true)
  expect(pieces.take('b')).toBeUndefined()
  expect(sameBits(pieces.take('a'), LONG)).toBe(true)
})

test('pieces out of order, twice, of another model or of another number are not taken, and no part of it is', () => {
  const parts = piecesOf('a', LONG)
  const at = (place: number) => parts[place] ?? expect.fail('too few')
  for (const wrong of [at(2), at(0), { ...at(1), model: 'b' }, { ...at(1), of: 4 }, { ...at(1), base64: '!' }]) {
    const pieces = new Pieces()
    expect(pieces.add(at(0))).toBe(true)
    const taken = pieces.add(wrong)
    expect(taken).toBe(wrong === at(0)) // the first one begins anew
    expect(pieces.take('a')).toBeUndefined()
  }
  expect(new Pieces().add(at(1))).toBe(false)
  expect(new Pieces().add({ ...at(0), of: 1000 })).toBe(false)
})
