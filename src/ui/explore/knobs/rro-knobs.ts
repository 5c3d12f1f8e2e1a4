/**
 * What if the rule were different: the step that is looked at, decided anew from what is drawn, under settings and a bar
 * that the visitor moves; the recorded verdict beside the new one, and what it saves or costs.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { partingBefore, type Redecision, type Rules, redecide } from '../../../core/exploration/redecide.ts'
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, SETTINGS, type Setting } from '../../../core/settings/settings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { enteredIn, select, slider } from '../../parts/fields.ts'
import { PageElement } from '../../parts/page-element.ts'
import type { PageState } from '../../state/page-state.ts'
import { stepAt } from '../../state/selection.ts'
import { rewardText } from '../../words/format.ts'
import { leastReward } from '../path/reward-axis.ts'
import { verdictSentence } from '../verdict/verdict.ts'
import { anewStep } from './anew-step.ts'
import { barAxis } from './bar-axis.ts'
import {
  drawLabel,
  missingWords,
  notDrawn,
  notRedecided,
  outcomeWords,
  partingWords,
  savingWords,
} from './knob-words.ts'
import css from './knobs.css?inline'
import { type Knobs, knobsOf } from './knobs.ts'

adoptStyle(css)

/** Sliders go as far as this unless the run itself goes further. */
const USUAL_ROLLOUTS = 16

const CHOICES: Partial<Record<keyof Rules, readonly (readonly [string, string])[]>> = {
  riseRule: [
    ['>=', '≥ the bar'],
    ['>', '> the bar'],
  ],
  method: [
    ['rro', 'at a rise (RRO)'],
    ['fixed-size', 'at K (fixed-size)'],
  ],
  firstBar: [
    ['zero', '0'],
    ['value', 'value of the start'],
  ],
}
const LABELS: Partial<Record<keyof Rules, string>> = { riseRule: 'Rises', method: 'Stops' }
const FEW: readonly (keyof Rules)[] = ['riseRule', 'method']
const MORE: readonly (keyof Rules)[] = ['firstRise', 'noRise', 'pairing', 'continuation']

/** Whether the next panel that appears takes the focus: the visitor has just asked for it. */
let wanted = false

export function openKnobs(page: PageState): void {
  const knobs = knobsOf(page)
  knobs.open = true
  page.knobs = knobs
  wanted = true
  page.changes.say()
}

export class RroKnobs extends PageElement {
  override render(): unknown {
    return html`<section class="knobs" aria-labelledby="knobs-title">
      <p class="head"><b id="knobs-title" role="heading" aria-level="3" tabindex="-1">What if the rule were different</b>
        <button class="square" title="Close" aria-label="Close" @click=${this.#close}>×</button></p>
      ${this.#content()}
    </section>`
  }

  override updated(): void {
    if (!wanted) return
    wanted = false
    const title = this.querySelector<HTMLElement>('#knobs-title')
    title?.focus({ preventScroll: true })
    title?.scrollIntoView({ block: 'nearest' })
  }

  readonly #close = (): void => {
    knobsOf(this.page).open = false
    this.page.changes.say()
  }

  #content(): unknown {
    const { task, selection, progress } = this.page.explorer
    if (task === undefined || selection === undefined || progress === undefined) return nothing
    const { config } = progress.info
    const why = notRedecided(config)
    if (why !== undefined) return html`<p>${why}</p>`
    const step = stepAt(task, selection)
    if (step === undefined || step.candidates.length === 0)
      return html`<p>Pick a step of the path: it is decided anew here.</p>`
    return this.#panel(task, step, config)
  }

  #panel(recorded: TaskState, step: StepState, config: RunConfig): TemplateResult {
    const knobs = knobsOf(this.page)
    const task = knobs.more(recorded)
    const number = step.step
    const anew = knobs.anew(task, number, config)
    const now = redecide(task, number, anew)
    const then = redecide(recorded, number, { rules: config, maxReward: 1 })
    const turned = knobs.turned(task, number, config)
    const rules = knobs.rules(config)
    const stands = anewStep(task.steps[number - 1] ?? step, now, rules)
    const outcome = outcomeWords(stands, rules) || missingWords(now)
    const saving = now.decision && step.decided ? savingWords(now.cost, then.cost) : ''
    const own = redecide(task, number, { ...anew, bar: undefined }).bar
    const byHand = anew.bar !== undefined
    return html`
      <p class="mark">Step ${number}, decided anew from the same draws. Nothing of it is in the log.</p>
      ${barAxis({
        ...{ anew: now, least: leastReward(this.page.explorer.events), margin: rules.margin, outcome },
        ...{ drawn: task.steps[number - 1]?.candidates ?? [], recorded: step.bar, rollouts: rules.rollouts },
        own: byHand ? own : undefined,
        move: (bar) => knobs.setBar(task, number, bar),
      })}
      <p class="bar-line">Bar <b>${now.bar === undefined ? '?' : rewardText(now.bar)}</b>${byHand ? html` by hand <button @click=${() => knobs.setBar(task, number, undefined)}>Its own${own === undefined ? '' : `, ${rewardText(own)}`}</button>` : now.bar === undefined ? html`, recorded ${rewardText(step.bar)}.` : '. Drag the line, or use the arrow keys.'}</p>
      <div class="fields">${this.#fields(knobs, config, number)}</div>
      <details><summary>More of the rule</summary><div class="fields">${MORE.map((name) => choice(knobs, config, name))}</div></details>
      <div class="turned" aria-live="polite">
        <p><span class="what">Recorded</span> ${outcomeWords(step, config) || 'Not decided yet at this moment.'}</p>
        ${turned ? html`<p class="now ${now.decision?.reason === 'rise' ? 'rise' : ''}"><span class="what">Now</span> ${outcome}</p>` : html`<p><span class="what">Now</span> As recorded. Turn a knob or move the bar.</p>`}
        ${turned && saving !== '' ? html`<p class="saving"><span class="what">Difference</span> ${saving}</p>` : nothing}
      </div>
      ${this.#draws(task, step, config, now)}
      ${verdicts(step, config, stands, rules)}
      ${number > 1 && turned ? html`<p class="soft">${partingWords(partingBefore(task, number, anew), number)}</p>` : nothing}
      <p class="buttons">
        <button ?disabled=${!turned} @click=${() => knobs.putBack()}>Back to the recorded settings</button>
        <button @click=${() => this.#start(rules)}>Start a run with these</button>
      </p>`
  }

  #fields(knobs: Knobs, config: RunConfig, step: number): unknown {
    const rules = knobs.rules(config)
    const most = Math.max(USUAL_ROLLOUTS, config.rollouts)
    const { candidates, margin } = SETTINGS
    return html`
      ${slider('Rollouts m', rules.rollouts, 1, most, 1, (rollouts) => knobs.change({ rollouts }))}
      ${slider('Candidates K', rules.candidates, 1, candidates.most, 1, (candidates) => knobs.change({ candidates }))}
      ${slider('Margin', rules.margin, 0, margin.most, 0.01, (margin) => knobs.change({ margin }))}
      ${FEW.map((name) => choice(knobs, config, name))} ${step === 1 ? choice(knobs, config, 'firstBar') : nothing}`
  }

  #draws(task: TaskState, step: StepState, config: RunConfig, now: Redecision): TemplateResult | typeof nothing {
    const { missing } = now
    if (missing === undefined) return nothing
    if (step.decided === undefined)
      return html`<p class="soft">The run is not that far yet at this moment: go on, or draw ahead.</p>`
    const knobs = knobsOf(this.page)
    const why = notDrawn(task, config, missing)
    if (why !== undefined) return html`<p class="soft">${why}</p>`
    const draw = (until: 'next' | 'decided') => void knobs.draw(task, step.step, config, until)
    return html`<p class="buttons">
      <button class="go" ?disabled=${knobs.busy} @click=${() => draw('next')}>${drawLabel(missing)}</button>
      ${missing.atMost > missing.more ? html`<button ?disabled=${knobs.busy} @click=${() => draw('decided')}>Draw until it is decided</button>` : nothing}
      <span class="soft">By the random numbers that such a run would use.</span>
    </p>`
  }

  #start(rules: RunConfig): void {
    const { notices, opener, settings } = this.page
    for (const { message } of settings.change({ ...rules })) notices.fail(message)
    void opener.startFresh()
  }
}

function choice(knobs: Knobs, config: RunConfig, name: keyof Rules): TemplateResult {
  const setting: Setting = SETTINGS[name]
  const values =
    CHOICES[name] ?? (setting.kind === 'choice' ? setting.values.map((value) => [value, value] as const) : [])
  const change = (event: Event): void => knobs.change({ [name]: enteredIn(event) })
  return html`<label class="choice">${LABELS[name] ?? setting.label} ${select(name, values, String(knobs.rules(config)[name]), change)}</label>`
}

/** Each candidate's verdict in the log beside the one under these settings. */
function verdicts(step: StepState, config: RunConfig, now: StepState, rules: RunConfig): TemplateResult {
  const most = Math.max(step.candidates.length, now.candidates.length)
  const rows = Array.from({ length: most }, (_, i) => i + 1)
  const of = (state: StepState, settings: RunConfig, number: number): TemplateResult => {
    const { scored } = state.candidates[number - 1] ?? {}
    const words = state.candidates[number - 1] ? verdictSentence(settings, state, number) : 'not drawn'
    return html`<td class=${scored?.rises ? 'rise' : 'soft'}>${words}</td>`
  }
  return html`<table class="verdicts">
    <caption class="hidden">Verdicts, as recorded and now</caption>
    <thead><tr><th scope="col"><span class="hidden">Candidate</span></th><th scope="col">Recorded</th><th scope="col">Now</th></tr></thead>
    <tbody>${rows.map((number) => html`<tr><th scope="row">${number}</th>${of(step, config, number)}${of(now, rules, number)}</tr>`)}</tbody>
  </table>`
}

customElements.define('rro-knobs', RroKnobs)
