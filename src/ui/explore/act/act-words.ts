/** What is said to a visitor who acts, and how what they typed becomes an action. */
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { AgentAverage } from '../../../worker/protocol/lab-api.ts'
import { type Selection, stepAt } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { capital, estimateText, rewardText } from '../../words/format.ts'
import { verdictOf } from '../verdict/verdict.ts'

/** What is wanted: `Step 2, candidate 1 of up to 5. The bar is 0.31.` */
export function turnWords({ steps }: TaskState, { method, candidates }: RunConfig): string {
  const step = steps.at(-1)
  const most = method === 'fixed-size' ? String(candidates) : `up to ${candidates}`
  const number = (step?.candidates.length ?? 0) + 1
  return `Step ${step?.step ?? 1}, candidate ${number} of ${most}. The bar is ${rewardText(step?.bar ?? 0)}.`
}

/** The candidate before the one that is wanted; undefined before the first one. */
export function lastOf({ steps }: TaskState): Selection | undefined {
  const step = steps.findLast(({ candidates }) => candidates.length > 0)
  return step && { step: step.step, candidate: step.candidates.length }
}

/**
 * What became of the candidate before; empty before the first one.
 * @param idle why it was no action; undefined where it acted
 */
export function lastWords(task: TaskState, config: RunConfig, idle?: string): string {
  const last = lastOf(task)
  const step = last && stepAt(task, last)
  if (step === undefined) return ''
  const number = step.candidates.length
  const { proposed, scored } = step.candidates[number - 1] ?? {}
  const value = scored === undefined || proposed?.done ? '' : `${estimateText(scored.reward, scored.standardError)}, `
  const { relation } = verdictOf(config, step, number)
  const none = idle === undefined ? '' : `${capital(idle)}. `
  return `${actionWords(proposed?.action ?? '')}: ${none}${value}${relation}. ${fate(step, number)}`
}

function fate({ decided, candidates }: StepState, number: number): string {
  if (decided === undefined) return 'Try another.'
  if (decided.continued === number) return 'The step is yours.'
  const action = actionWords(candidates[decided.continued - 1]?.proposed.action ?? '')
  return `Candidate ${decided.continued} goes on: ${action}.`
}

/** How the visitor did beside the agent. */
export function againstWords(reward: number, average: AgentAverage | undefined): string {
  if (average === undefined) return 'The embedded agent plays the task for comparison…'
  const { mean, standardError, episodes } = average
  const gap = reward - mean
  const by = rewardText(Math.abs(gap))
  const place = by === '0.00' ? 'You did as well' : `You are ${by} ${gap > 0 ? 'above' : 'below'} it`
  return `The embedded agent by itself: ${estimateText(mean, standardError)} (mean of ${episodes} episodes of this task). ${place}.`
}

/** A statement as one action. Where only its first line counts, its lines are joined, unless a comment would eat the rest. */
export function statementOf(typed: string, { sqlLines }: Pick<RunConfig, 'sqlLines'>): string {
  const said = typed.trim()
  return sqlLines === 'all' || /--|#|```/.test(said) ? said : said.replace(/\s*\n\s*/g, ' ')
}

export function percentText(probability: number): string {
  return probability < 0.005 ? '< 1 %' : `${Math.round(100 * probability)} %`
}
