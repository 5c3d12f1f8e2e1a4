/** It is a set. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestSet } from '../../src/datasets/digest-set.ts'

test('has what was added, and nothing else, in any order and however often', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (added, asked) => {
      const set = digestSet()
      for (const text of added) set.add(text)
      const known = new Set(added)
      expect(set.size()).toBe(known.size)
      for (const text of [...added, ...asked]) expect(set.has(text)).toBe(known.has(text))
    }),
  )
})

test('grows', () => {
  const set = digestSet()
  for (let i = 0; i < 20_000; i++) set.add(`row ${i}`)
  expect(set.size()).toBe(20_000)
  expect(Array.from({ length: 40_000 }, (_, i) => set.has(`row ${i}`)).filter(Boolean)).toHaveLength(20_000)
})
