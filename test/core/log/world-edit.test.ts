/** Edits of a world: one on top of another about the same thing. */
import { expect, test } from 'vitest'
import { editedFingerprint, type WorldEdit, withEdit } from '../../../src/core/log/world-edit.ts'

const price = (from: string, to: string): WorldEdit => ({ kind: 'price', asin: 'B0', from, to })
const option = (from: string, to: string): WorldEdit => ({ kind: 'option', asin: 'B0', name: 'size', from, to })

test('an edit of what was edited stands in its place, and goes where it leads back', () => {
  const once = withEdit([], price('$1.0', '2'))
  expect(withEdit(once, price('$2.0', '3'))).toEqual([price('$1.0', '3')])
  expect(withEdit(once, price('$2.0', '$1.0'))).toEqual([])
  expect(withEdit(once, option('red', 'blue'))).toEqual([price('$1.0', '2'), option('red', 'blue')])
})

test('an option is followed by what it is called now', () => {
  const once = withEdit([], option('red', 'blue'))
  expect(withEdit(once, option('blue', 'green'))).toEqual([option('red', 'green')])
  expect(withEdit(once, option('small', 'tiny'))).toHaveLength(2)
})

test('each set of edits has a fingerprint of its own', () => {
  const prints = [[price('1', '2')], [price('1', '3')], [option('1', '2')], [price('1', '2'), option('1', '2')]].map(
    (edits) => editedFingerprint('abc', edits),
  )
  expect(new Set([...prints, 'abc']).size).toBe(5)
  expect(editedFingerprint('abd', [price('1', '2')])).not.toBe(prints[0])
})
