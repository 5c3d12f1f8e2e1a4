/** Our byte-level BPE beside Hugging Face's own reader, and the laws of a tokenizer. */
import { Tokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { createTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer.ts'
import { parseTokenizer, writeTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer-file.ts'
import { wordsOf } from '../../../../src/policies/transformer/tokenizer/words.ts'
import { countWords, trainVocabulary } from '../../../../src/scripts/make/language-model/train-tokenizer.ts'
import { dataTexts, strangeTexts } from './texts.ts'

const texts = dataTexts()
const file = writeTokenizer(trainVocabulary(countWords(texts.map((text) => [text, 1]))))
const ours = createTokenizer(unwrap(parseTokenizer(file)))
const theirs = new Tokenizer(JSON.parse(file), {})
const theirIds = (text: string) => theirs.encode(text, { add_special_tokens: false }).ids

describe('beside Hugging Face’s reader', () => {
  test('the same ids for 14,000 texts of the shop, of the databases, and strange ones', () => {
    const all = [...texts, ...strangeTexts(5000)]
    expect(all.length).toBeGreaterThan(14_000)
    expect(all.filter((text) => ours.encode(text).join() !== theirIds(text).join())).toEqual([])
  })

  test('the same text for any ids', () => {
    const ids = fc.array(fc.nat(ours.vocabulary.tokens.length - 1), { minLength: 1 })
    fc.assert(
      fc.property(ids, (some) => {
        const how = { skip_special_tokens: true, clean_up_tokenization_spaces: false }
        expect(ours.decode(some)).toBe(theirs.decode(some, how))
      }),
    )
  })
})

describe('laws', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

  test('a text comes back from its ids, and its words joined are the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(ours.decode(ours.encode(text))).toBe(text)
        expect(wordsOf(text).join('')).toBe(text)
      }),
    )
    for (const text of strangeTexts(1000)) expect(ours.decode(ours.encode(text))).toBe(text)
  })

  test('no text encodes to a special token, even one that reads like it', () => {
    const special = new Set(Object.values(ours.special))
    for (const text of ['<|begin|>', '<|act|><|end|>', 'a <|pad|> b', ...texts]) {
      expect(ours.encode(text).filter((id) => special.has(id))).toEqual([])
      expect(ours.decode(ours.encode(text))).toBe(text)
    }
  })

  test('token by token the text is the same, and waits for whole characters', () => {
    const stream = ours.stream()
    const ids = ours.encode('a👍é')
    expect(ids.map((id) => stream.push(id))).toEqual(['a', '', '', '', '👍', '', 'é'])
    expect(stream.end()).toBe('')
  })

  test('what ends amid a character ends with U+FFFD, and the stream begins anew', () => {
    const ids = ours.encode('a👍').slice(0, 3)
    expect(ours.decode(ids)).toBe('a\ufffd')
    const stream = ours.stream()
    for (const id of ids) stream.push(id)
    expect(stream.end()).toBe('\ufffd')
    expect(stream.push(ours.encode('b')[0] ?? -1)).toBe('b')
  })

  test('special tokens are left out of a text; an id of no token is refused', () => {
    const { begin, act, end, pad } = ours.special
    expect(ours.decode([begin, ...ours.encode('search'), act, end, pad])).toBe('search')
    expect(() => ours.decode([ours.vocabulary.tokens.length])).toThrow('no token has the id 2048')
    expect(() => ours.decode([-1])).toThrow('no token has the id -1')
  })

  test('half a surrogate pair is U+FFFD, a byte order mark stays', () => {
    expect(ours.decode(ours.encode('a\ud83d'))).toBe('a\ufffd')
    expect(ours.decode(ours.encode('\ufeffa'))).toBe('\ufeffa')
  })

  test('a word of a million letters has its ids, and more words than are kept', () => {
    const long = 'etaoinshrdlu'.repeat(90_000)
    expect(ours.decode(ours.encode(long))).toBe(long)
    const many = Array.from({ length: 40_000 }, (_, i) => ` w${i}`).join('')
    expect(ours.decode(ours.encode(many))).toBe(many)
    expect(ours.encode(' search').join()).toBe(theirIds(' search').join())
  })
})

test('White_Space is as in Unicode and the original, not as in JavaScript', () => {
  // Next line (U+0085) is one, the byte order mark (U+FEFF) is none: a run of spaces leaves its last one to the word behind.
  expect(wordsOf('a  \u0085b')).toEqual(['a', '  ', '\u0085', 'b'])
  expect(wordsOf('a  \ufeffb')).toEqual(['a', ' ', ' \ufeff', 'b'])
})
