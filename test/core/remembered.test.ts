import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remembered } from '../../src/core/remembered.ts'

test('gives what the function gives, whatever was asked before', () => {
  const text = fc.constantFrom('', 'a', 'b', 'c', '__proto__')
  fc.assert(
    fc.property(fc.array(text), fc.integer({ min: 1, max: 4 }), (texts, most) => {
      const lengthOf = (text: string) => (text === 'b' ? undefined : text.length)
      expect(texts.map(remembered(lengthOf, most))).toEqual(texts.map(lengthOf))
    }),
  )
})

test('asks once for each of the last texts, and nothing for it is an answer, too', () => {
  const asked: string[] = []
  const ask = remembered((text) => {
    asked.push(text)
    return undefined
  }, 2)
  for (const text of ['a', 'b', 'a', 'b', 'c', 'b', 'a']) ask(text)
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
})
