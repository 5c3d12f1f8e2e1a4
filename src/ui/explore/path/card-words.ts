/** What a card says, as one line: all that is read of it, in the same order. */
import { html, type TemplateResult } from 'lit'
import type { StepState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import { actionWords } from '../../words/action-words.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { fateWords, shortRelation, valueText } from './candidate-card.ts'

/** @param idle why the action was none, as on the card */
export function cardWords(step: StepState, number: number, config: RunConfig, idle?: string): TemplateResult {
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return html``
  const { proposed, rollouts, scored } = candidate
  const { relation, consequence } = verdictOf(config, step, number)
  const early = config.method === 'rro-recycled' && rollouts.length === 0 && scored === undefined
  const words = [
    `Step ${step.step}, candidate ${number}: ${actionWords(proposed.action)}`,
    proposed.source === 'expert' ? 'expert' : '',
    step.pairs.some((pair) => pair.rejected === number) ? 'rejected in a pair' : '',
    proposed.done ? 'episode ends' : early && !UNSCORED_METHODS.includes(config.method) ? 'earlier rollouts' : '',
    valueText(candidate),
    `${shortRelation(candidate, relation)}${idle === undefined || scored === undefined ? '' : ','}`,
    ...(idle?.split(':', 1) ?? []),
    fateWords(step, number, consequence).join(''),
  ]
  return html`<span class="hidden">${words.filter((part) => part !== '').join(' ')}</span>`
}
