/** Texts as tokens and back, by byte-level BPE: every text has ids, and they give back the very text. */
import { BYTE_LETTERS, bytesOfLetters } from './byte-letters.ts'
import { WordMerger } from './merge-word.ts'
import type { SpecialToken, Vocabulary } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** A text that comes token by token. */
export interface TextStream {
  /** The characters that this token completes: none where it ends amid one, and none for a special token. */
  push(id: number): string
  /** What stood amid a character (U+FFFD); the stream begins anew. */
  end(): string
}

export interface Tokenizer {
  readonly vocabulary: Vocabulary
  readonly special: Readonly<Record<SpecialToken, number>>
  /** The ids of a text; never one of a special token. Half a surrogate pair is read as U+FFFD. */
  encode(text: string): number[]
  /** The text of ids. Special tokens are left out; bytes that are no UTF-8 become U+FFFD. @throws for an id not in the vocabulary */
  decode(ids: Iterable<number>): string
  stream(): TextStream
}

/** Words of which the ids are kept, and how long one may be: some megabytes at most. */
const KEPT_WORDS = 1 << 14
const KEPT_LENGTH = 64

export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const { tokens, merges, special } = vocabulary
  const merger = new WordMerger(merges, tokens.length)
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const byteIds = Int32Array.from(BYTE_LETTERS, (letter) => {
    const id = ids.get(letter)
    if (id === undefined) throw new RangeError('a vocabulary holds every byte')
    return id
  })
  const specialIds = new Set(Object.values(special))
  const bytes = tokens.map((token, id) => (specialIds.has(id) ? new Uint8Array() : bytesOfLetters(token)))
  /** What a token says wherever it stands between whole characters; undefined where it may be a part of one. */
  const texts = bytes.map((piece) => (piece?.every((byte) => byte < 128) ? String.fromCharCode(...piece) : undefined))
  const utf8 = new TextEncoder()
  const kept = new Map<string, Int32Array>()

  function idsOfWord(word: string): Int32Array {
    const known = kept.get(word)
    if (known !== undefined) return known
    const found = Int32Array.from(utf8.encode(word), (byte) => byteIds[byte] as number) // as many as bytes
    const made = found.slice(0, merger.merge(found))
    if (kept.size >= KEPT_WORDS) kept.clear()
    if (word.length <= KEPT_LENGTH) kept.set(word, made)
    return made
  }

  function stream(): TextStream {
    /** There since a part of a character has come. */
    let decoder: TextDecoder | undefined
    return {
      push(id) {
        const piece = bytes[id]
        if (piece === undefined) throw new RangeError(`no token has the id ${id}`)
        const text = texts[id]
        if (decoder === undefined && text !== undefined) return text
        decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
        return decoder.decode(piece, { stream: true })
      },
      end() {
        const left = decoder?.decode() ?? ''
        decoder = undefined
        return left
      },
    }
  }

  return {
    vocabulary,
    special,
    encode(text) {
      const all: number[] = []
      for (const word of wordsOf(text)) {
        const ids = idsOfWord(word)
        for (let i = 0; i < ids.length; i++) all.push(ids[i] as number) // below its length
      }
      return all
    },
    decode(ids) {
      const text = stream()
      let all = ''
      for (const id of ids) all += text.push(id)
      return all + text.end()
    },
    stream,
  }
}
