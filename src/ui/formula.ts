/**
 * The process reward's formula with a candidate's own numbers in it: the mean outcome of m rollouts (RRO, reward rising
 * sampling), or the exact outcome where the episode has ended.
 */
import type { CandidateState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { plural, rewardText, termText } from './format.ts'

/** More rollouts than this are written grouped by outcome, `8 × 1 + 3 × 0.5`. */
const MOST_TERMS = 8

type Rules = Pick<RunConfig, 'method' | 'rollouts'>

/** The rollouts that count: IPR plays the agent's action to its end once more, which is not part of the mean. */
function scoringRollouts({ method, rollouts: m }: Rules, { rollouts }: CandidateState): CandidateState['rollouts'] {
  return method === 'ipr' ? rollouts.slice(0, m) : rollouts
}

export function formulaText(rules: Rules, candidate: CandidateState): string {
  const { proposed, scored } = candidate
  const { recycled } = proposed
  if (proposed.done) return `r = ${rewardText(proposed.outcome ?? 0)}`
  const outcomes = scoringRollouts(rules, candidate).map((rollout) => rollout.reward)
  const earlier = rules.method === 'uct' ? recycled : undefined
  const count = outcomes.length + (earlier?.rollouts ?? 0)
  if (count === 0) return recycled === undefined ? 'r = ?' : `seen: ${rewardText(recycled.reward)}`
  const sum =
    outcomes.reduce((total, outcome) => total + outcome, 0) + (earlier?.rollouts ?? 0) * (earlier?.reward ?? 0)
  const before = earlier === undefined ? [] : [`${earlier.rollouts} × ${termText(earlier.reward)}`]
  const terms = outcomes.length === 0 ? before : [...before, sumText(outcomes)]
  const name = scored === undefined ? 'so far' : 'r'
  return `${name} = (${joined(terms)}) / ${count} = ${rewardText(sum / count)}`
}

/** Where the formula's numbers come from, and how sure the mean is. */
export function formulaNote(rules: Rules, candidate: CandidateState): string {
  const { proposed, rollouts, scored } = candidate
  const { recycled } = proposed
  const earlier = recycled && plural(recycled.rollouts, 'earlier rollout')
  if (proposed.done) return 'The action ends the episode: its own outcome, exact, without rollouts.'
  if (rules.method === 'eto') return 'No step is scored: only whole trajectories are compared.'
  if (rules.method === 'rro-recycled' && rollouts.length === 0 && scored === undefined && recycled !== undefined)
    return `Mean of ${earlier} that took it: already paid for. It is verified before it can rise.`
  if (rollouts.length === 0 && scored === undefined) return 'No rollout has finished yet.'
  if (scored === undefined) return 'More rollouts are on their way.'
  const own = scoringRollouts(rules, candidate)
  const notes = [errorNote(scored.standardError, own.length + (rules.method === 'uct' ? (recycled?.rollouts ?? 0) : 0))]
  const last = rollouts.at(-1)
  if (own.length < rollouts.length && last !== undefined)
    notes.push(`One more rollout is the agent’s own trajectory: final reward ${rewardText(last.reward)}.`)
  if (recycled !== undefined && rules.method === 'uct') notes.push(`The first term: ${earlier}.`)
  if (recycled !== undefined && rules.method === 'rro-recycled')
    notes.push(`Before that it had earned ${rewardText(recycled.reward)} in ${earlier}.`)
  return notes.join(' ')
}

function errorNote(standardError: number | null, rollouts: number): string {
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
