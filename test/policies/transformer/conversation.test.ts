import { expect, test } from 'vitest'
import { writtenConversation } from '../../../src/policies/transformer/conversation.ts'
import { createTokenizer } from '../../../src/policies/transformer/tokenizer/tokenizer.ts'
import { SMALL_VOCABULARY } from './small-model.ts'

test('a conversation is read and written in turn; what the agent wrote is known, and what it should not have', () => {
  const tokenizer = createTokenizer(SMALL_VOCABULARY)
  const { begin, act, end } = tokenizer.special
  const { encode } = tokenizer
  const { tokens, actions, slips } = writtenConversation(tokenizer, [
    { seen: 'task', action: 'search' },
    { seen: ' results', action: ' click', imitate: false },
    { seen: ' title', action: ' buy now' },
  ])
  const parts = [
    [begin, ...encode('task'), act],
    [...encode('search'), end],
    [...encode(' results'), act],
    [...encode(' click'), end],
    [...encode(' title'), act],
    [...encode(' buy now'), end],
  ]
  expect(tokens).toEqual(parts.flat())
  expect(actions.map(([from, to]) => tokens.slice(from, to))).toEqual([parts[1], parts[5]])
  expect(slips.map(([from, to]) => tokens.slice(from, to))).toEqual([parts[3]])
})
