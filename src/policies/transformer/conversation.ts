/**
 * A conversation as tokens: `<|begin|>` opening `<|act|>` action `<|end|>` seen `<|act|>` action `<|end|>` ... What the agent
 * writes is an action and its `<|end|>`; everything else is read.
 */
import type { Tokenizer } from './tokenizer/tokenizer.ts'

/** What was read, and the action that was written upon it. */
export interface Turn {
  readonly seen: string
  readonly action: string
  /** False for a slip: it is read on, and not learnt from. */
  readonly imitate?: boolean
}

/** A conversation, and where in it the agent wrote. */
export interface WrittenConversation {
  readonly tokens: readonly number[]
  /** Index of the first token of each action, and of the token after its `<|end|>`. */
  readonly actions: readonly (readonly [from: number, to: number])[]
  /** The same of slips. */
  readonly slips: readonly (readonly [from: number, to: number])[]
}

/** What the agent reads before it acts: the first text of a conversation, or what came of an action. */
export function readTokens({ encode, special }: Tokenizer, seen: string, first: boolean): number[] {
  return first ? [special.begin, ...encode(seen), special.act] : [...encode(seen), special.act]
}

/** What the agent writes. */
export function actionTokens({ encode, special }: Tokenizer, action: string): number[] {
  return [...encode(action), special.end]
}

export function writtenConversation(tokenizer: Tokenizer, turns: readonly Turn[]): WrittenConversation {
  const tokens: number[] = []
  const actions: [number, number][] = []
  const slips: [number, number][] = []
  for (const { seen, action, imitate = true } of turns) {
    tokens.push(...readTokens(tokenizer, seen, tokens.length === 0))
    const from = tokens.length
    tokens.push(...actionTokens(tokenizer, action))
    ;(imitate ? actions : slips).push([from, tokens.length])
  }
  return { tokens, actions, slips }
}
