/** The words of a question. */
import { FUNCTION_WORDS, related, stem } from '../words.ts'

export interface Token {
  readonly text: string
  readonly stem: string
  readonly related: readonly string[]
  /** Offset in the question. */
  readonly at: number
  /** Which sentence, from 0. */
  readonly sentence: number
  /** Says nothing of the data. */
  readonly empty: boolean
}

export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { 0: word, index } of text.matchAll(/[A-Za-z][A-Za-z0-9]*(?:[-'’][A-Za-z0-9]+)*/g)) {
    const plain = word.replace(/['’]s$/, '')
    const lower = plain.toLowerCase()
    const before = text.slice(0, index)
    const token = { text: plain, stem: stem(lower), at: index, sentence: before.split(/[.?!;:]\s/).length - 1 }
    tokens.push({ ...token, related: related(token.stem), empty: FUNCTION_WORDS.has(lower) })
    if (lower.includes('-'))
      for (const part of lower.split('-'))
        tokens.push({ ...token, text: part, stem: stem(part), related: [], empty: FUNCTION_WORDS.has(part) })
    if (tokens.length > 90) break
  }
  return tokens
}
