/** Learning merges, by the example of Sennrich et al. (2016) and the laws of counting. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer.ts'
import type { Vocabulary } from '../../../../src/policies/transformer/tokenizer/vocabulary.ts'
import { countWords, trainVocabulary } from '../../../../src/scripts/make/language-model/train-tokenizer.ts'

const merged = ({ tokens, merges }: Vocabulary): string[] =>
  merges.map(({ left, right }) => `${tokens[left]} ${tokens[right]}`)

const PAPER: readonly (readonly [string, number])[] = [
  ['low', 5],
  ['lower', 2],
  ['newest', 6],
  ['widest', 3],
]

test('the words of the paper, by hand: the most frequent pair, then the lower ids', () => {
  // es 9 (st 9, too), est 9, lo 7, low 7, ew 6, new 6, newest 6, dest 3, idest 3, widest 3, er 2, lower 2
  const learnt = ['e s', 'es t', 'l o', 'lo w', 'e w', 'n ew', 'new est', 'd est', 'i dest', 'w idest', 'e r', 'low er']
  expect(merged(trainVocabulary(new Map(PAPER)))).toEqual(learnt)
  expect(merged(trainVocabulary(new Map(PAPER), { size: 2048, least: 4 }))).toEqual(learnt.slice(0, 7))
  expect(trainVocabulary(new Map(PAPER), { size: 265, least: 2 }).tokens).toHaveLength(265)
})

test('a text counts as often as it is said to; the order of texts does not matter', () => {
  const words = (texts: readonly (readonly [string, number])[]) => [...countWords(texts)].sort()
  expect(
    words([
      ['a b', 2],
      ['a', 1],
    ]),
  ).toEqual([
    [' b', 2],
    ['a', 3],
  ])
  const one = trainVocabulary(countWords(PAPER))
  expect(trainVocabulary(countWords([...PAPER].reverse()))).toEqual(one)
})

/** Counts every pair anew for every merge, as the definition says. */
function byDefinition(words: ReadonlyMap<string, number>, size: number): string[] {
  const order = trainVocabulary(new Map(), { size: 0, least: 2 }).tokens
  const tokens = order.slice(0, 256)
  let spelled = [...words].map(([word, count]) => ({ parts: [...word.replaceAll(' ', 'Ġ')], count }))
  const learnt: string[] = []
  while (tokens.length < size - 4) {
    const counts = new Map<string, number>()
    for (const { parts, count } of spelled)
      for (let i = 1; i < parts.length; i++) {
        const pair = `${parts[i - 1]} ${parts[i]}`
        counts.set(pair, (counts.get(pair) ?? 0) + count)
      }
    const rank = (pair: string) => pair.split(' ').map((part) => tokens.indexOf(part))
    const compare = ([p, m]: [string, number], [q, n]: [string, number]) => {
      const [a = 0, b = 0] = rank(p)
      const [c = 0, d = 0] = rank(q)
      return n - m || a - c || b - d
    }
    const [best] = [...counts].filter(([, count]) => count >= 2).sort(compare)
    if (best === undefined) break
    const [left = '', right = ''] = best[0].split(' ')
    learnt.push(best[0])
    if (!tokens.includes(left + right)) tokens.push(left + right)
    spelled = spelled.map(({ parts, count }) => {
      const out: string[] = []
      for (let i = 0; i < parts.length; i++)
        if (parts[i] === left && parts[i + 1] === right) out.push(left + (parts[++i] ?? ''))
        else out.push(parts[i] ?? '')
      return { parts: out, count }
    })
  }
  return learnt
}

test('as the definition says, for any words', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(fc.tuple(letters, fc.integer({ min: 1, max: 5 })), { maxLength: 12 }), (texts) => {
      const words = countWords(texts)
      expect(merged(trainVocabulary(words, { size: 280, least: 2 }))).toEqual(byDefinition(words, 280))
    }),
  )
})

test('what a word became in learning is what it is encoded to', () => {
  const { encode, vocabulary } = createTokenizer(trainVocabulary(new Map(PAPER)))
  for (const [word] of PAPER) expect(encode(word).map((id) => vocabulary.tokens[id])).toEqual([word])
  expect(encode('lowest').map((id) => vocabulary.tokens[id])).toEqual(['low', 'est'])
})
