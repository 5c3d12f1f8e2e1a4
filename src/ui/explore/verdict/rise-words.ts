/** How a process reward stands to the bar, in words: for every method that compares with one. */
import type { CandidateState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { rewardText, termText } from '../../words/format.ts'

/** What of a run's settings the words depend on. */
export type Rules = Pick<
  RunConfig,
  'method' | 'rollouts' | 'candidates' | 'riseRule' | 'margin' | 'firstRise' | 'uctConstant'
>

export function exactWords({ proposed }: CandidateState): string {
  return `ends here with exactly ${rewardText(proposed.outcome ?? 0)}`
}

/** `rises by 0.20`, `falls short by 0.08`; empty before the candidate is scored. */
export function relationWords(rules: Rules, candidate: CandidateState, bar: number): string {
  const { proposed, scored } = candidate
  if (scored === undefined) return ''
  const { reward, rises } = scored
  const difference = reward - bar
  const exact = proposed.done ? `${exactWords(candidate)}, ` : ''
  const by = rewardText(Math.abs(difference))
  if (rises) return `${exact}${by === '0.00' ? 'holds the bar' : `rises by ${by}`}`
  if (difference < 0) return `${exact}falls ${by === '0.00' ? 'just short' : `short by ${by}`}`
  if (bar < 0 && rules.riseRule === '>=' && reward <= 0) return `${exact}higher by ${by}, not above 0`
  if (reward === 0) return `${exact}earns nothing`
  if (rules.margin > 0) return `${exact}rises by ${by}, less than the margin ${termText(rules.margin)}`
  return `${exact}only equals the bar`
}

/** When a reward rises, with the numbers of the step. */
export function risesWhen(rules: Rules, bar: number, maxReward: number, what = 'r'): string {
  const needed = bar + rules.margin
  const margin = rules.margin > 0 ? `bar ${rewardText(bar)} + margin ${termText(rules.margin)}` : 'the bar'
  if (needed >= maxReward)
    return `The bar is at the maximum ${termText(maxReward)}: reaching the maximum counts as rising.`
  if (rules.riseRule === '>') return `Rises when ${what} is above ${margin}: r > ${rewardText(needed)}.`
  const floor = needed > 0 ? '' : ' and above 0'
  return `Rises when ${what} is at least ${margin}${floor}: r ${needed > 0 ? '≥' : '>'} ${rewardText(Math.max(0, needed))}.`
}
