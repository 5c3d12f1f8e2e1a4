/** Which rows are not written, and why: what whoever writes a data set has chosen. */
import { grouped } from '../core/grouped.ts'
import type { DatasetChoices } from './choices.ts'
import type { DraftRow } from './example-rows.ts'

/** Why; in the order in which it is looked at, so that each row counts once. */
export const REASONS = [
  ...(['unusable', 'smallGap', 'uncertain', 'notRisen', 'tooLong', 'duplicates', 'beyondCap'] as const),
] as const
export type LeftOutReason = (typeof REASONS)[number]

/** By the row alone; what other rows say, and how many there are, is counted by whoever has seen them. */
export function whyNotWritten(
  { unusable, worth, tokens }: DraftRow,
  choices: DatasetChoices,
): LeftOutReason | undefined {
  const { gap, standardError, rise } = worth
  const { minGap = 0, maxError, risesOnly, maxTokens } = choices
  if (unusable && !choices.unusable) return 'unusable'
  if (gap !== undefined && gap < minGap) return 'smallGap'
  if (standardError !== undefined && maxError !== undefined && standardError > maxError) return 'uncertain'
  if (rise === false && risesOnly) return 'notRisen'
  if (maxTokens !== undefined && tokens > maxTokens) return 'tooLong'
  return undefined
}

/** In sentences. */
export function notWrittenWords(counts: Readonly<Record<LeftOutReason, number>>): string[] {
  return WORDS.flatMap(([reason, one, more]) => {
    const count = counts[reason]
    if (count === 0) return []
    return [`${grouped(count)} ${count === 1 ? one : more} left out.`]
  })
}

const WORDS: readonly (readonly [LeftOutReason, string, string])[] = [
  ['duplicates', 'row that says the same again', 'rows that say the same again'],
  ['unusable', 'row with a reply that held no action', 'rows with replies that held no action'],
  ['smallGap', 'row whose rewards differ by less', 'rows whose rewards differ by less'],
  ['uncertain', 'row with a larger standard error', 'rows with a larger standard error'],
  ['notRisen', 'row that was not seen to rise', 'rows that were not seen to rise'],
  ['tooLong', 'row with more tokens', 'rows with more tokens'],
  ['beyondCap', 'row beyond the most of a task', 'rows beyond the most of a task'],
]
