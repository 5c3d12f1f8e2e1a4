/**
 * The process reward's formula with a candidate's own numbers in it: the mean outcome of m rollouts (RRO, reward rising
 * sampling), or the exact outcome where the episode has ended.
 */
import type { CandidateState } from '../core/fold-task.ts'
import { rewardText, termText } from './format.ts'

/** More rollouts than this are written grouped by outcome, `8 × 1 + 3 × 0.5`. */
const MOST_TERMS = 8

export function formulaText({ proposed, rollouts, scored }: CandidateState): string {
  if (proposed.done) return `r = ${rewardText(proposed.outcome ?? 0)}`
  if (rollouts.length === 0) return 'r = ?'
  const outcomes = rollouts.map((rollout) => rollout.reward)
  const sum = outcomes.reduce((total, outcome) => total + outcome, 0)
  const name = scored === undefined ? 'so far' : 'r'
  return `${name} = (${sumText(outcomes)}) / ${outcomes.length} = ${rewardText(sum / outcomes.length)}`
}

/** Where the formula's numbers come from, and how sure the mean is. */
export function formulaNote({ proposed, rollouts, scored }: CandidateState): string {
  if (proposed.done) return 'The action ends the episode: its own outcome, exact, without rollouts.'
  if (rollouts.length === 0) return 'No rollout has finished yet.'
  if (scored === undefined) return 'More rollouts are on their way.'
  if (scored.standardError === null) return 'One rollout: no standard error.'
  return `Standard error ${rewardText(scored.standardError)}: sample deviation / √${rollouts.length}.`
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
