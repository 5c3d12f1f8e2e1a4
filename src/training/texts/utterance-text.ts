/** Utterances as texts that the kernel judges: what they have in common is read once. */
import type { BranchingText } from '../../policies/transformer/text-engine.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'

/** Utterances of one conversation as one text: those on its way, and at its end one or several that might follow. */
export interface SharedText {
  readonly text: BranchingText
  /** Which utterances these are, in the order of their targets. */
  readonly indices: readonly number[]
  /** Number of targets of each, in that order: its tokens. */
  readonly lengths: readonly number[]
}

interface Conversation {
  /** What all of `ends` follow upon. */
  trunk: readonly number[]
  /** Utterances on the trunk, in their order. */
  readonly passed: number[]
  /** Utterances after it. */
  ends: number[]
}

/**
 * Texts that hold all utterances. Utterances after the same prefix are branches of one text; an utterance whose prefix goes on from
 * the one before, as an episode's does, is read in the same go.
 */
export function sharedTexts(utterances: readonly Utterance[]): SharedText[] {
  const conversations: Conversation[] = []
  for (const [i, { prefix }] of utterances.entries()) {
    const known = conversations.find(({ trunk }) => sameTokens(trunk, prefix))
    if (known !== undefined) known.ends.push(i)
    else if (!goesOn(conversations.at(-1), i, utterances)) conversations.push({ trunk: prefix, passed: [], ends: [i] })
  }
  return conversations.map((conversation) => textOf(conversation, utterances))
}

/** Tokens that go through a model where it judges utterances once. */
export function tokensRead(utterances: readonly Utterance[]): number {
  return sharedTexts(utterances).reduce((sum, { text }) => sum + text.tokens.length, 0)
}

/** Takes an utterance along whose prefix begins with all of a conversation that does not branch. */
function goesOn(conversation: Conversation | undefined, i: number, utterances: readonly Utterance[]): boolean {
  const [end, other] = conversation?.ends ?? []
  if (conversation === undefined || end === undefined || other !== undefined) return false
  const { prefix } = utterances[i] as Utterance // its own index
  const { written } = utterances[end] as Utterance // an index of theirs
  const { trunk } = conversation
  if (prefix.length < trunk.length + written.length) return false
  const begun = [...trunk, ...written]
  if (!begun.every((token, at) => token === prefix[at])) return false
  conversation.passed.push(end)
  conversation.trunk = prefix
  conversation.ends = [i]
  return true
}

function textOf({ trunk, passed, ends }: Conversation, utterances: readonly Utterance[]): SharedText {
  const tokens = [...trunk]
  const branches: number[] = []
  const targetRows: number[] = []
  const targetTokens: number[] = []
  const lengths: number[] = []
  for (const [place, index] of [...passed, ...ends].entries()) {
    const { prefix, written } = utterances[index] as Utterance // an index of theirs
    const from = place < passed.length ? prefix.length : tokens.length
    // The last token of the prefix foretells the first one written; after the last one nothing is foretold.
    for (const [i, token] of written.entries()) {
      targetRows.push(i === 0 ? prefix.length - 1 : from + i - 1)
      targetTokens.push(token)
    }
    lengths.push(written.length)
    if (place < passed.length) continue
    tokens.push(...written.slice(0, -1))
    branches.push(written.length - 1)
  }
  const text = { tokens, prefix: trunk.length, branches, targetRows, targetTokens }
  return { text, indices: [...passed, ...ends], lengths }
}

function sameTokens(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((token, i) => token === b[i]))
}
