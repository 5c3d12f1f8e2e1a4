/** Utterances as texts that the kernel judges: what two have in common is read once. */
import type { BranchingText } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'

/** Utterances after one and the same prefix, as one text. */
export interface SharedText {
  readonly text: BranchingText
  /** Number of targets of each utterance, in their order. */
  readonly lengths: readonly number[]
}

/** @param utterances at least one; all of one prefix */
export function sharedText(utterances: readonly Utterance[]): SharedText {
  const prefix = (utterances[0] as Utterance).prefix // there is one
  const tokens = [...prefix]
  const branches: number[] = []
  const targetRows: number[] = []
  const targetTokens: number[] = []
  for (const { written } of utterances) {
    // The last token of the prefix foretells the first one written; after the last one nothing is foretold.
    for (const [i, token] of written.entries()) {
      targetRows.push(i === 0 ? prefix.length - 1 : tokens.length + i - 1)
      targetTokens.push(token)
    }
    tokens.push(...written.slice(0, -1))
    branches.push(written.length - 1)
  }
  const text = { tokens, prefix: prefix.length, branches, targetRows, targetTokens }
  return { text, lengths: utterances.map(({ written }) => written.length) }
}

/** Utterances in groups of one prefix each. */
export function byPrefix(utterances: readonly Utterance[]): Utterance[][] {
  const groups: Utterance[][] = []
  for (const utterance of utterances) {
    const group = groups.find(([first]) => first !== undefined && samePrefix(first, utterance))
    if (group === undefined) groups.push([utterance])
    else group.push(utterance)
  }
  return groups
}

function samePrefix(a: Utterance, b: Utterance): boolean {
  if (a.prefix === b.prefix) return true
  return a.prefix.length === b.prefix.length && a.prefix.every((token, i) => token === b.prefix[i])
}
