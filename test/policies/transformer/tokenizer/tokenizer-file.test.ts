/** tokenizer.json from anywhere: what is read, and the sentence for what is not. */
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { parseTokenizer, writeTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer-file.ts'
import { FIRST_TOKENS, vocabularyOf } from '../../../../src/policies/transformer/tokenizer/vocabulary.ts'

const id = (letter: string): number => FIRST_TOKENS.indexOf(letter)
/** es, est, con; then `Object`'s own words, which are tokens like any other. */
const own = 'constructor'
const spelled = [...own].slice(1).map((letter, i): [number, number] => [i === 0 ? id('c') : 258 + i - 1, id(letter)])
const vocabulary = vocabularyOf([
  [id('e'), id('s')],
  [256, id('t')],
  ...spelled.map(([a, b], i): [number, number] => [i === 0 ? a : 257 + i, b]),
])
const text = writeTokenizer(vocabulary)

// biome-ignore lint/suspicious/noExplicitAny: files are bent here in every way
function bent(bend: (file: any) => void): string {
  const file = JSON.parse(text)
  bend(file)
  return JSON.stringify(file)
}

const sentence = (file: string): string => {
  const read = parseTokenizer(file)
  return read.ok ? 'read' : read.failure.message
}

describe('read', () => {
  test('what we write, token for token', () => {
    expect(unwrap(parseTokenizer(text))).toEqual(vocabulary)
    expect(vocabulary.tokens).toContain(own)
    expect(writeTokenizer(unwrap(parseTokenizer(text)))).toBe(text)
  })

  test('the bytes come in GPT-2’s order, special tokens last', () => {
    const { tokens } = vocabulary
    expect(tokens.slice(0, 3)).toEqual(['!', '"', '#'])
    expect([tokens[93], tokens[94], tokens[188], tokens[220]]).toEqual(['~', '¡', 'Ā', 'Ġ'])
    expect(tokens.slice(-4)).toEqual(['<|begin|>', '<|act|>', '<|end|>', '<|pad|>'])
  })

  test('as Hugging Face’s library saves it: merges as pairs, special tokens in the vocabulary too, padding', () => {
    const saved = bent((file) => {
      file.model.merges = file.model.merges.map((merge: string) => merge.split(' '))
      for (const { content, id } of file.added_tokens) file.model.vocab[content] = id
      file.padding = { strategy: 'BatchLongest', pad_id: 3 }
    })
    expect(unwrap(parseTokenizer(saved))).toEqual(vocabulary)
  })
})

const first = '<|begin|>'
const last = vocabulary.tokens.length - 1
test.each([
  ['no JSON', '{', 'is no JSON'],
  [
    'another model',
    bent((f) => {
      f.model.type = 'Unigram'
    }),
    'model.type',
  ],
  [
    'a normalizer',
    bent((f) => {
      f.normalizer = { type: 'NFC' }
    }),
    'normalizer',
  ],
  [
    'a space put before texts',
    bent((f) => {
      f.pre_tokenizer.add_prefix_space = true
    }),
    'pre_tokenizer.add_prefix_space',
  ],
  [
    'dropout',
    bent((f) => {
      f.model.dropout = 0.1
    }),
    'model.dropout',
  ],
  [
    'a template around texts',
    bent((f) => {
      f.post_processor = { type: 'TemplateProcessing' }
    }),
    'post_processor',
  ],
  [
    'no vocabulary',
    bent((f) => {
      f.model.vocab = []
    }),
    'tokens and their ids are expected',
  ],
  [
    'an id that is no number',
    bent((f) => {
      f.model.vocab.es = '256'
    }),
    'gives "es" the id "256"',
  ],
  [
    'an id too high',
    bent((f) => {
      f.model.vocab.es = 4000
    }),
    'and the id 4000',
  ],
  [
    'an id twice',
    bent((f) => {
      f.model.vocab.es = 3
    }),
    'the same id',
  ],
  [
    'a token with two ids',
    bent((f) => {
      f.model.vocab[first] = 3
    }),
    `gives "${first}" two ids`,
  ],
  [
    'a token of a space',
    bent((f) => {
      f.model.vocab[' '] = last + 1
    }),
    'byte letters are expected',
  ],
  [
    'an empty token',
    bent((f) => {
      f.model.vocab[''] = last + 1
    }),
    'byte letters are expected',
  ],
  [
    'a missing byte',
    bent((f) => {
      delete f.model.vocab['~']
      f.model.vocab.zz = 93
    }),
    'lacks the byte "~"',
  ],
  [
    'a missing special token',
    bent((f) => {
      f.added_tokens[3].content = 'pad'
    }),
    'lacks the special token <|pad|>',
  ],
  [
    'another special token',
    bent((f) => {
      f.added_tokens.push({ id: last + 1, content: '<|x|>', special: true })
    }),
    'not known here: "<|x|>"',
  ],
  [
    'a merge into nothing',
    bent((f) => {
      f.model.merges.push('z z')
    }),
    'merges "z z", which makes no token',
  ],
  [
    'a merge of three',
    bent((f) => {
      f.model.merges.push('e s t')
    }),
    'merges "e s t", which makes no token',
  ],
  [
    'a merge of three, as a list',
    bent((f) => {
      f.model.merges.push(['e', 's', 't'])
    }),
    'model.merges',
  ],
  [
    'a merge before its parts',
    bent((f) => {
      f.model.merges.reverse()
    }),
    'before it has both',
  ],
  [
    'a merge twice',
    bent((f) => {
      f.model.merges.push('e s')
    }),
    'merges "e s" twice',
  ],
  [
    'a merge to a special token',
    bent((f) => {
      f.model.merges.push('<|begin| >')
    }),
    'to a special token',
  ],
  ['a root that is no object', 'null', 'its root'],
  ['a text too long', ' '.repeat((1 << 24) + 1), 'at most 16777216 are read'],
])('refused with a sentence: %s', (_, file, says) => {
  expect(sentence(file)).toContain(says)
  expect(sentence(file)).toMatch(/^tokenizer\.json .+ Only byte-level BPE as RRO Lab writes it is read\.$/)
})
