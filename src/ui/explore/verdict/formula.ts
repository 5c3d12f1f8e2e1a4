/**
 * The process reward's formula with a candidate's own numbers in it: the mean outcome of m rollouts (RRO, reward rising
 * sampling), or the exact outcome where the episode has ended. What other methods have of their own: method-verdicts.ts.
 */
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { rewardText, termText } from '../../words/format.ts'
import type { Rules } from './rise-words.ts'
import { wordsOf } from './verdict.ts'

/** More rollouts than this are written grouped by outcome, `8 × 1 + 3 × 0.5`. */
const MOST_TERMS = 8

export function formulaText(rules: Rules, candidate: CandidateState): string {
  const { proposed, rollouts, scored } = candidate
  if (proposed.done) return `r = ${rewardText(proposed.outcome ?? 0)}`
  return wordsOf(rules.method)?.formula?.(rules, candidate) ?? meanText(scored !== undefined, rollouts)
}

/** @param earlier rollouts of the same action that count, too, by their mean */
export function meanText(
  scored: boolean,
  rollouts: CandidateState['rollouts'],
  earlier: { readonly rollouts: number; readonly reward: number } = { rollouts: 0, reward: 0 },
): string {
  const outcomes = rollouts.map(({ reward }) => reward)
  const count = earlier.rollouts + outcomes.length
  if (count === 0) return 'r = ?'
  const sum = outcomes.reduce((total, outcome) => total + outcome, 0) + earlier.rollouts * earlier.reward
  const before = earlier.rollouts === 0 ? [] : [`${earlier.rollouts} × ${termText(earlier.reward)}`]
  const terms = outcomes.length === 0 ? before : [...before, sumText(outcomes)]
  return `${scored ? 'r' : 'so far'} = (${joined(terms)}) / ${count} = ${rewardText(sum / count)}`
}

/** Where the formula's numbers come from, and how sure the mean is. */
export function formulaNote(rules: Rules, candidate: CandidateState): string {
  const { proposed, rollouts, scored } = candidate
  if (proposed.done) return 'The action ends the episode: its own outcome, exact, without rollouts.'
  const own = wordsOf(rules.method)?.note?.(rules, candidate)
  if (own !== undefined) return own
  if (scored !== undefined) return errorNote(scored.standardError, rollouts.length)
  return rollouts.length === 0 ? 'No rollout has finished yet.' : 'More rollouts are on their way.'
}

export function errorNote(standardError: number | null, rollouts: number): string {
  if (standardError === null) return 'One rollout: no standard error.'
  return `Standard error ${rewardText(standardError)}: sample deviation / √${rollouts}.`
}

export function sumText(outcomes: readonly number[]): string {
  if (outcomes.length <= MOST_TERMS) return joined(outcomes.map(termText))
  const counts = new Map<string, number>()
  for (const outcome of outcomes.toSorted((a, b) => b - a))
    counts.set(termText(outcome), (counts.get(termText(outcome)) ?? 0) + 1)
  return joined(
    [...counts].map(([term, count]) => (term[0] === '−' ? `−${count} × ${term.slice(1)}` : `${count} × ${term}`)),
  )
}

/** Terms below 0 are taken away. */
function joined(terms: readonly string[]): string {
  return terms.join(' + ').replaceAll(' + −', ' − ')
}
