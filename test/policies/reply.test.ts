import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReply, writeReply } from '../../src/policies/reply.ts'

test.each([
  ['Thought: I think so.\nAction: click[buy now]', 'click[buy now]'],
  ['Action: search[red shoes]', 'search[red shoes]'],
  ['  Action: click[a]\n ', 'click[a]'],
  ['Action: first\nAction: second', 'first\nAction: second'],
  ['Thought: x\nAction: search[a]\nObservation: made up', 'search[a]\nObservation: made up'],
  ['Action:click[a]', undefined],
  ['action: click[a]', undefined],
  ['Action: ', undefined],
  ['', undefined],
])('the action of %j is %j, as IPR reads it', (text, action) => {
  expect(parseReply(text)).toBe(action)
})

test('what is written is read back, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string(), (action) => {
      const trimmed = action.trim()
      expect(parseReply(writeReply('A thought.', trimmed))).toBe(trimmed === '' ? undefined : trimmed)
      parseReply(action)
    }),
  )
})
