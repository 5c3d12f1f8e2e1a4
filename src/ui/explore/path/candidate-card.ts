/** One candidate of a step as a card: its action, what is known of it, how it stands to the bar, and what comes of it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { StepDecided } from '../../../core/log/events.ts'
import type { CandidateState, StepState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import { actionWords, twoLines } from '../../words/action-words.ts'
import { estimateText, rewardText } from '../../words/format.ts'
import { riseLabel, SIGNS } from '../verdict/rise-words.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { rewardMeter, rolloutMarks } from './meters.ts'
import type { Least } from './reward-axis.ts'

export interface CardSurroundings {
  readonly config: RunConfig
  readonly least: Least
  readonly selected: boolean
  /** Why the action was none, `no such button: …`; of which the card shows what stands before the colon. */
  readonly idle?: string | undefined
  /** A tag instead of what comes of it. */
  readonly note?: string
  /** Its words, which stand for it while it is out of view: it is read, found and chosen as ever. */
  readonly told?: TemplateResult | undefined
  pick(): void
}

export function candidateCard(step: StepState, number: number, around: CardSurroundings): TemplateResult {
  const { config, least, selected, idle, note, told, pick } = around
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return html``
  const { tone, relation, consequence } = verdictOf(config, step, number)
  const { proposed } = candidate
  const action = actionWords(proposed.action)
  const shown = config.environment === 'intercode-sql' ? twoLines(action) : action
  const clipped = shown.includes('…')
  const role = step.decided === undefined ? '' : step.decided.chosen === number ? 'chosen' : 'passed'
  const rejected = step.pairs.some((pair) => pair.rejected === number)
  const words = shortRelation(candidate, relation)
  return html`<button
    class="card ${tone} ${role}" title=${action}
    aria-current=${selected} @click=${pick}>${
      told ??
      html`<span class="does"><span class="hidden">Step ${step.step}, candidate ${number}:${clipped ? ` ${action}` : ''}</span>
      <span class="action" aria-hidden=${clipped ? 'true' : nothing}>${shown}</span>${note === undefined ? nothing : html` <span class="tag">${note}</span>`}${proposed.source === 'expert' ? html` <span class="tag">expert</span>` : nothing}${rejected ? html` <span class="tag of-pair"><span class="hidden">rejected in a </span>pair</span>` : nothing}</span>
    <span class="evidence">${evidence(config, candidate, least, step.decided !== undefined)} <span class="value">${valueText(candidate)}</span></span>
    ${UNSCORED_METHODS.includes(config.method) ? html`<span></span>` : rewardMeter(candidate, step.bar, least)}
    <span class="outcome-line"><span class="relation"><span class="sign" aria-hidden="true">${SIGNS[tone]}</span> ${idle === undefined || candidate.scored === undefined ? words : html`<span class="hidden">${words}, </span><span aria-hidden="true">${riseLabel(candidate.scored.reward - step.bar)}</span>`}</span>
      <span class="consequence">${idle === undefined ? nothing : html`<b class="idle" title=${idle}>${idle.split(':', 1)}</b> `}${note === undefined ? fate(step, number, consequence) : nothing}</span></span>`
    }</button>`
}

/** Marks of the rollouts: those made and, where their number is known, those still to come. */
function evidence(config: RunConfig, candidate: CandidateState, least: Least, decided: boolean): unknown {
  const { proposed, rollouts, scored } = candidate
  if (proposed.done) return html`<span class="exact">episode ends</span>`
  if (UNSCORED_METHODS.includes(config.method)) return html`<span></span>`
  if (config.method === 'rro-recycled' && rollouts.length === 0 && scored === undefined)
    return html`<span class="exact">earlier rollouts</span>`
  if (decided && rollouts.length === 0) return html`<span></span>`
  return rolloutMarks(candidate, Math.max(expectedRollouts(config, candidate), rollouts.length), 84, least)
}

/** How many rollouts a candidate gets, where that is known before. */
export function expectedRollouts({ method, rollouts: m }: RunConfig, { proposed }: CandidateState): number {
  if (proposed.done || UNSCORED_METHODS.includes(method) || method === 'uct') return 0
  return method === 'ipr' ? m + (proposed.source === 'expert' ? 0 : 1) : m
}

export function valueText({ proposed, rollouts, scored }: CandidateState): string {
  if (scored !== undefined) return estimateText(scored.reward, scored.standardError)
  const known = proposed.outcome ?? (rollouts.length === 0 ? proposed.recycled?.reward : undefined)
  return known === undefined ? '' : rewardText(known)
}

/** On the card the exact value stands beside already, and so does that of earlier rollouts. */
export function shortRelation({ proposed, scored }: CandidateState, relation: string): string {
  if (scored === undefined && proposed.recycled !== undefined) return relation.replace(/ rollouts, .*$/, ' rollouts')
  const short = relation.replace(/^ends here with exactly [^,]+(, |$)/, '').replace(/^falls short/, 'short')
  return short || 'its exact outcome'
}

const CHOSEN_WORDS: Partial<Record<StepDecided['reason'], string>> = {
  ...{ rise: 'stop', 'no-rise': 'though none rose', 'best-of-k': 'the best', 'most-visited': 'visited most' },
}

/** What comes of it in two parts: the words that count, and what goes first where both do not fit. */
export function fateWords({ decided }: StepState, number: number, consequence: string): [string, string] {
  const words = decided?.chosen === number ? CHOSEN_WORDS[decided.reason] : undefined
  if (words !== undefined) return ['chosen', `, ${words}`]
  return consequence === 'preferred' ? [consequence, ''] : ['', consequence]
}

function fate(step: StepState, number: number, consequence: string): unknown {
  const [first, then] = fateWords(step, number, consequence)
  return html`${first && html`<b>${first}</b>`}${then && html`<span>${then}</span>`}`
}
