/** How a process reward stands to the bar, in words: for every method that compares with one. */
import type { CandidateState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { rewardText, signedText, termText } from '../../words/format.ts'

/** What of a run's settings the words depend on. */
export type Rules = Pick<
  RunConfig,
  'method' | 'rollouts' | 'candidates' | 'riseRule' | 'margin' | 'firstRise' | 'uctConstant'
>

export function exactWords({ proposed }: CandidateState): string {
  return `ends here with exactly ${rewardText(proposed.outcome ?? 0)}`
}

/** `rise`, `hold` and `fall` once compared with the bar, `open` before. */
export type Tone = 'rise' | 'hold' | 'fall' | 'open'

export const SIGNS: Record<Tone, string> = { rise: '▲', hold: '=', fall: '▽', open: '·' }

export function toneOf({ scored }: CandidateState, bar: number): Tone {
  if (scored === undefined) return 'open'
  if (!scored.rises) return 'fall'
  return risingWord(scored.reward, bar) === 'rises' ? 'rise' : 'hold'
}

/** What a reward does that counts as rising: one equal to the bar, as far as is written, does not rise but holds it. */
export function risingWord(reward: number, bar: number): 'rises' | 'holds the bar' {
  return rewardText(Math.abs(reward - bar)) === '0.00' ? 'holds the bar' : 'rises'
}

/** By how much: `+0.20`, `−0.08`; `holds` where it is by nothing. */
export function riseLabel(rise: number): string {
  return risingWord(rise, 0) === 'rises' ? signedText(rise) : 'holds'
}

/** Why one that holds the bar counts; empty where none does. */
export function equalityWords({ method, riseRule }: Rules, { scored }: CandidateState, bar: number): string {
  if (
    !method.startsWith('rro') ||
    riseRule === '>' ||
    scored?.rises !== true ||
    risingWord(scored.reward, bar) === 'rises'
  )
    return ''
  return 'Equal counts, by our default: outcomes are few and coarse, so that means are often equal, and the theory promises an action that is not worse, not a better one. The paper asks for more than the bar: Settings, Rise rule.'
}

/** `rises by 0.20`, `falls short by 0.08`; empty before the candidate is scored. */
export function relationWords(rules: Rules, candidate: CandidateState, bar: number): string {
  const { proposed, scored } = candidate
  if (scored === undefined) return ''
  const { reward, rises } = scored
  const difference = reward - bar
  const exact = proposed.done ? `${exactWords(candidate)}, ` : ''
  const by = rewardText(Math.abs(difference))
  const word = risingWord(reward, bar)
  if (rises) return `${exact}${word}${word === 'rises' ? ` by ${by}` : ''}`
  if (difference < 0) return `${exact}falls ${by === '0.00' ? 'just short' : `short by ${by}`}`
  if (bar < 0 && rules.riseRule === '>=' && reward <= 0) return `${exact}higher by ${by}, not above 0`
  if (reward === 0) return `${exact}earns nothing`
  if (rules.margin > 0) return `${exact}higher by ${by}, less than the margin ${termText(rules.margin)}`
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
