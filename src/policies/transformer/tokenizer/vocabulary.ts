/** What a byte-level BPE knows: its tokens by id, and which two become one, the first learnt first. */
import { BYTE_LETTERS } from './byte-letters.ts'

/** Tokens that no text encodes to: where a conversation begins, whose turn it is, where an action ends, and filling. */
export const SPECIAL_TOKENS = { begin: '<|begin|>', act: '<|act|>', end: '<|end|>', pad: '<|pad|>' } as const

export type SpecialToken = keyof typeof SPECIAL_TOKENS

export const SPECIAL_KINDS = Object.keys(SPECIAL_TOKENS) as readonly SpecialToken[] // the keys of a constant

export interface Merge {
  readonly left: number
  readonly right: number
  /** The token that the two become. */
  readonly made: number
}

export interface Vocabulary {
  /** Every token by id, special ones as they are named, the others in byte letters. */
  readonly tokens: readonly string[]
  /** By rank. The parts of each are single bytes, or made by a merge before it. */
  readonly merges: readonly Merge[]
  /** The ids of the special tokens. */
  readonly special: Readonly<Record<SpecialToken, number>>
}

/** The 256 bytes in the order of their letters, as vocabularies of this family begin. */
export const FIRST_TOKENS: readonly string[] = [...BYTE_LETTERS].sort()

/**
 * A vocabulary of this family: the bytes, what was merged, the special tokens.
 * @param pairs by rank, as ids: of bytes 0 to 255, then one more for each pair that makes a token that was not there before
 */
export function vocabularyOf(pairs: readonly (readonly [left: number, right: number])[]): Vocabulary {
  const tokens = [...FIRST_TOKENS]
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const merges = pairs.map(([left, right]) => {
    const [first, second] = [tokens[left], tokens[right]]
    if (first === undefined || second === undefined) throw new RangeError('a pair joins tokens that are not there yet')
    const token = first + second
    const made = ids.get(token) ?? tokens.push(token) - 1
    ids.set(token, made)
    return { left, right, made }
  })
  const add = (kind: SpecialToken): number => tokens.push(SPECIAL_TOKENS[kind]) - 1
  const special = { begin: add('begin'), act: add('act'), end: add('end'), pad: add('pad') }
  return { tokens, merges, special }
}
