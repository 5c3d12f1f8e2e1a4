/** One candidate of a step as a card: its action, what is known of it, how it stands to the bar, and what comes of it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { StepDecided } from '../../../core/log/events.ts'
import type { CandidateState, StepState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { actionWords, twoLines } from '../../words/action-words.ts'
import { estimateText, rewardText } from '../../words/format.ts'
import { SIGNS } from '../verdict/rise-words.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { rewardMeter, rolloutMarks } from './meters.ts'
import type { Least } from './reward-axis.ts'

export interface CardSurroundings {
  readonly config: RunConfig
  readonly least: Least
  readonly selected: boolean
  /** Why the action was none, `no such button: …`; of which the card shows what stands before the colon. */
  readonly idle?: string | undefined
  /** Instead of what comes of it. */
  readonly note?: string
  pick(): void
}

export function candidateCard(step: StepState, number: number, around: CardSurroundings): TemplateResult {
  const { config, least, selected, idle, note, pick } = around
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return html``
  const { tone, relation, consequence } = verdictOf(config, step, number)
  const { proposed } = candidate
  const action = actionWords(proposed.action)
  const shown = config.environment === 'intercode-sql' ? twoLines(action) : action
  const clipped = shown.includes('…')
  const role = step.decided === undefined ? '' : step.decided.chosen === number ? 'chosen' : 'passed'
  const rejected = step.pairs.some((pair) => pair.rejected === number)
  return html`<button
    class="card ${tone} ${role}" title=${action}
    aria-current=${selected} @click=${pick}>
    <span class="hidden">Step ${step.step}, candidate ${number}:${clipped ? ` ${action}` : ''}</span>
    <span class="action" aria-hidden=${clipped ? 'true' : nothing}>${shown}</span>
    <span class="evidence">${evidence(config, candidate, least, step.decided !== undefined)} <span class="value">${valueText(candidate)}</span></span>
    ${config.method === 'eto' ? html`<span></span>` : rewardMeter(candidate, step.bar, least)}
    <span class="relation"><span class="sign" aria-hidden="true">${SIGNS[tone]}</span> ${shortRelation(candidate, relation)}</span>
    <span class="consequence">${idle === undefined ? nothing : html`<b class="idle" title=${idle}>${idle.split(':', 1)}</b>, `}${note ?? fate(step, number, consequence)}${proposed.source === 'expert' ? html` <span class="tag">expert</span>` : nothing}${rejected ? html` <span class="tag"><span class="hidden">rejected in a </span>pair</span>` : nothing}</span>
  </button>`
}

/** Marks of the rollouts: those made and, where their number is known, those still to come. */
function evidence(
  { method, rollouts: m }: RunConfig,
  candidate: CandidateState,
  least: Least,
  decided: boolean,
): unknown {
  const { proposed, rollouts, scored } = candidate
  if (proposed.done) return html`<span class="exact">episode ends</span>`
  if (method === 'eto') return html`<span></span>`
  if (method === 'rro-recycled' && rollouts.length === 0 && scored === undefined)
    return html`<span class="exact">earlier rollouts</span>`
  if (decided && rollouts.length === 0) return html`<span></span>`
  const expected = { uct: 0, ipr: m + (proposed.source === 'expert' ? 0 : 1) }[method as 'uct' | 'ipr'] ?? m
  return rolloutMarks(candidate, Math.max(expected, rollouts.length), 90, least)
}

function valueText({ proposed, rollouts, scored }: CandidateState): string {
  if (scored !== undefined) return estimateText(scored.reward, scored.standardError)
  const known = proposed.outcome ?? (rollouts.length === 0 ? proposed.recycled?.reward : undefined)
  return known === undefined ? '' : rewardText(known)
}

/** On the card the exact value stands beside already, and so does that of earlier rollouts. */
function shortRelation({ proposed, scored }: CandidateState, relation: string): string {
  if (scored === undefined && proposed.recycled !== undefined) return relation.replace(/ rollouts, .*$/, ' rollouts')
  return relation.replace(/^ends here with exactly [^,]+(, |$)/, '') || 'its exact outcome'
}

const CHOSEN_WORDS: Partial<Record<StepDecided['reason'], string>> = {
  ...{ rise: ', stop', 'no-rise': ', though none rose', 'best-of-k': ', the best', 'most-visited': ', visited most' },
}

function fate({ decided }: StepState, number: number, consequence: string): unknown {
  const words = decided?.chosen === number ? CHOSEN_WORDS[decided.reason] : undefined
  if (words !== undefined) return html`<b>chosen</b>${words}`
  return consequence === 'preferred' ? html`<b>preferred</b>` : consequence
}
