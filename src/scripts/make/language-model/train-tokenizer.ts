/**
 * Learns a byte-level BPE from texts (Sennrich et al. 2016): the pair of neighbours that stands most often in words becomes a
 * token, again and again. Of pairs that stand as often, the one with the lower ids is first, as in Hugging Face's trainer. The same
 * texts give the same vocabulary, in whatever order they come.
 */
import { BYTE_LETTERS } from '../../../policies/transformer/tokenizer/byte-letters.ts'
import {
  FIRST_TOKENS,
  SPECIAL_KINDS,
  type Vocabulary,
  vocabularyOf,
} from '../../../policies/transformer/tokenizer/vocabulary.ts'
import { wordsOf } from '../../../policies/transformer/tokenizer/words.ts'

export interface TokenizerTraining {
  /** Tokens in all, bytes and special ones included; fewer where the texts hold no more pairs. */
  readonly size: number
  /** How often a pair must stand to become a token. */
  readonly least: number
}

export const TOKENIZER_TRAINING: TokenizerTraining = { size: 2048, least: 2 }

/** How often each word stands in texts, each of which counts as often as is said beside it. */
export function countWords(texts: Iterable<readonly [text: string, count: number]>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [text, count] of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + count)
  return counts
}

/** Below 2^26 tokens a pair is one safe integer, ordered as the pair is. */
const PAIR = 2 ** 26

export function trainVocabulary(
  words: ReadonlyMap<string, number>,
  { size, least }: TokenizerTraining = TOKENIZER_TRAINING,
): Vocabulary {
  const idOfByte = BYTE_LETTERS.map((letter) => FIRST_TOKENS.indexOf(letter))
  const utf8 = new TextEncoder()
  const spelled = [...words].map(([word, count]) => ({
    ids: Array.from(utf8.encode(word), (byte) => idOfByte[byte] as number), // as many as bytes
    count,
  }))
  const pairs = new PairCounts()
  for (const [index, { ids, count }] of spelled.entries()) pairs.add(index, ids, count)
  // Two merges may make the same token: it is one.
  const idOfToken = new Map(FIRST_TOKENS.map((token, id) => [token, id]))
  const tokens = [...FIRST_TOKENS]
  const learnt: (readonly [number, number])[] = []
  while (tokens.length < size - SPECIAL_KINDS.length) {
    const pair = pairs.most(least)
    if (pair === undefined) break
    const [left, right] = [Math.floor(pair / PAIR), pair % PAIR]
    learnt.push([left, right])
    const token = `${tokens[left]}${tokens[right]}`
    const made = idOfToken.get(token) ?? tokens.push(token) - 1
    idOfToken.set(token, made)
    for (const index of pairs.wordsWith(pair)) {
      const word = spelled[index]
      if (word === undefined) continue
      pairs.add(index, word.ids, -word.count)
      word.ids = joined(word.ids, left, right, made)
      pairs.add(index, word.ids, word.count)
    }
  }
  return vocabularyOf(learnt)
}

function joined(ids: readonly number[], left: number, right: number, made: number): number[] {
  const out: number[] = []
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number // i < length
    if (id === left && ids[i + 1] === right) {
      out.push(made)
      i++
    } else out.push(id)
  }
  return out
}

/** How often each pair stands, and in which words it may stand. */
class PairCounts {
  readonly #counts = new Map<number, number>()
  readonly #words = new Map<number, Set<number>>()

  add(word: number, ids: readonly number[], count: number): void {
    for (let i = 1; i < ids.length; i++) {
      const pair = (ids[i - 1] as number) * PAIR + (ids[i] as number) // i < length
      const now = (this.#counts.get(pair) ?? 0) + count
      if (now === 0) {
        this.#counts.delete(pair)
        this.#words.delete(pair)
        continue
      }
      this.#counts.set(pair, now)
      const words = this.#words.get(pair)
      if (words === undefined) this.#words.set(pair, new Set([word]))
      else words.add(word)
    }
  }

  /** The pair that stands most often, the lowest of several; undefined where none stands `least` times. */
  most(least: number): number | undefined {
    let best: number | undefined
    let most = least - 1
    for (const [pair, count] of this.#counts) {
      if (count < most || (count === most && (best === undefined || pair > best))) continue
      best = pair
      most = count
    }
    return best
  }

  wordsWith(pair: number): readonly number[] {
    return [...(this.#words.get(pair) ?? [])]
  }
}
