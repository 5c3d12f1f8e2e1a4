/**
 * What became of a candidate, in words: how its process reward stands to the bar, and what the method does next. The
 * same sentences serve the cards, the inspector, the text tree and screen readers.
 */
import type { CandidateState, StepState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { estimateText, rewardText, termText } from './format.ts'

type Rules = Pick<RunConfig, 'method' | 'rollouts' | 'candidates' | 'riseRule' | 'margin' | 'firstRise'>

export interface Verdict {
  /** `rise` and `fall` once compared with the bar, `open` before. */
  readonly tone: 'rise' | 'fall' | 'open'
  /** `rises by 0.20`, `falls short by 0.08`, `rollout 2 of 5`. */
  readonly relation: string
  /** `stop`, `draw another`; empty while open. */
  readonly consequence: string
}

export function verdictOf(rules: Rules, step: StepState, number: number): Verdict {
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return { tone: 'open', relation: 'not drawn', consequence: '' }
  if (candidate.scored === undefined) return { tone: 'open', relation: openWords(rules, candidate), consequence: '' }
  const { rises } = candidate.scored
  return {
    tone: rises ? 'rise' : 'fall',
    relation: relationWords(rules, candidate, step.bar),
    consequence: consequenceWords(rules, step, number),
  }
}

/** The whole verdict: `0.62, rises by 0.20: stop`. */
export function verdictSentence(rules: Rules, step: StepState, number: number): string {
  const { relation, consequence } = verdictOf(rules, step, number)
  const candidate = step.candidates[number - 1]
  const scored = candidate?.scored
  const value =
    scored === undefined || candidate?.proposed.done ? '' : `${estimateText(scored.reward, scored.standardError)}, `
  return `${value}${relation}${consequence && `: ${consequence}`}`
}

function openWords(rules: Rules, { proposed, rollouts }: CandidateState): string {
  if (proposed.done) return `ends here with exactly ${rewardText(proposed.outcome ?? 0)}`
  return rollouts.length === 0 ? 'proposed' : `rollout ${rollouts.length} of ${rules.rollouts}`
}

function relationWords(rules: Rules, { proposed, scored }: CandidateState, bar: number): string {
  if (scored === undefined) return ''
  const { reward, rises } = scored
  const difference = reward - bar
  const exact = proposed.done ? `ends here with exactly ${rewardText(reward)}, ` : ''
  const by = rewardText(Math.abs(difference))
  if (rises) return `${exact}${by === '0.00' ? 'holds the bar' : `rises by ${by}`}`
  if (difference < 0) return `${exact}falls ${by === '0.00' ? 'just short' : `short by ${by}`}`
  if (bar < 0 && rules.riseRule === '>=' && reward <= 0) return `${exact}higher by ${by}, not above 0`
  if (reward === 0) return `${exact}earns nothing`
  if (rules.margin > 0) return `${exact}rises by ${by}, less than the margin ${termText(rules.margin)}`
  return `${exact}only equals the bar`
}

function consequenceWords(rules: Rules, step: StepState, number: number): string {
  const rises = step.candidates[number - 1]?.scored?.rises ?? false
  const last = number >= rules.candidates
  if (rules.method === 'fixed-size') return last ? `the last of ${rules.candidates}` : 'draw another'
  const oneMore = rules.firstRise === 'draw-one-more' && step.candidates[0]?.scored?.rises === true
  if (rises) return oneMore && number === 1 && !last ? 'draw one more' : 'stop'
  if (oneMore && number === 2) return 'stop'
  if (!last) return 'draw another'
  return step.candidates.some((candidate) => candidate.scored?.rises) ? 'stop' : `none of ${rules.candidates} rose`
}

/** How a step ended: for the column's foot and the tree. */
export function decisionWords(step: StepState): string {
  if (step.decided === undefined) return ''
  const { reason, chosen, continued } = step.decided
  const reasons = {
    rise: `candidate ${chosen} rises`,
    'no-rise': `none rose, candidate ${chosen} is the best`,
    'best-of-k': `candidate ${chosen} is the best of ${step.candidates.length}`,
    'most-visited': `candidate ${chosen} has most visits`,
    expert: 'the expert’s action goes on',
    only: 'the agent’s own action goes on',
  }
  return reasons[reason] + (continued === chosen ? '' : `; candidate ${continued} goes on`)
}

/** The rule that was applied, with this step's numbers. */
export function ruleWords(rules: Rules, bar: number, maxReward = 1): string {
  if (rules.method === 'fixed-size')
    return `Fixed-size: draws exactly ${rules.candidates}, keeps the best. The bar is only a reference.`
  const needed = bar + rules.margin
  const margin = rules.margin > 0 ? `bar ${rewardText(bar)} + margin ${termText(rules.margin)}` : 'the bar'
  if (needed >= maxReward)
    return `The bar is at the maximum ${termText(maxReward)}: reaching the maximum counts as rising.`
  if (rules.riseRule === '>') return `Rises when r is above ${margin}: r > ${rewardText(needed)}.`
  const floor = needed > 0 ? '' : ' and above 0'
  return `Rises when r is at least ${margin}${floor}: r ${needed > 0 ? '≥' : '>'} ${rewardText(Math.max(0, needed))}.`
}
