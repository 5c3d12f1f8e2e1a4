/**
 * The visitor's own candidates at recorded steps: scored by the lab like any other, kept on the page only. A recorded run
 * is never changed by them.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { CandidateState, StepState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { WhatIf } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { PageState } from '../../state/page-state.ts'
import type { Selection } from '../../state/selection.ts'
import type { ShownTries } from '../../state/shown-tries.ts'
import { candidateCard } from '../path/candidate-card.ts'
import type { Least } from '../path/reward-axis.ts'
import { relationWords } from '../verdict/rise-words.ts'

export interface Try {
  readonly run: string
  readonly state: CandidateState
  /** After the action, as the agent reads it. */
  readonly observation: string
  /** Who finished the rollouts. */
  readonly agent: string
}

export class Tries implements ShownTries {
  /** Whether the visitor has asked for the form. */
  open = false
  busy = false
  /** The one that is looked at. */
  shown: Try | undefined
  readonly #page: PageState
  /** The selection that goes with it. */
  #pin: Selection | undefined
  #all: readonly Try[] = []

  constructor(page: PageState) {
    this.#page = page
  }

  /** Those at a step of the task that stands here, in the order in which they were made. */
  at({ step }: StepState): readonly Try[] {
    const { progress, task } = this.#page.explorer
    return this.#all.filter(
      ({ run, state: { proposed } }) =>
        run === progress?.info.id && proposed.task === task?.task && proposed.step === step,
    )
  }

  /** @returns whether it was scored */
  async add({ step }: StepState, action: string): Promise<boolean> {
    const { explorer, intentions, lab, notices, changes } = this.#page
    const { progress, task, selection } = explorer
    if (progress === undefined || task === undefined || selection === undefined || this.busy) return false
    const here = explorer.here()
    this.busy = true
    changes.say()
    await intentions.idle()
    const scored = here() ? await notices.ask(lab.visit('whatIf', { task: task.task, step, action })) : undefined
    this.busy = false
    if (scored !== undefined) {
      const { observation, agent } = scored
      const tried = { run: progress.info.id, state: stateOf(scored), observation, agent }
      this.#all = [...this.#all, tried]
      // Unless the visitor has gone elsewhere meanwhile.
      if (here() && explorer.selection?.step === step && explorer.task?.task === task.task) this.#show(tried, selection)
    }
    changes.say()
    return scored !== undefined
  }

  #show(tried: Try, selection: Selection): void {
    this.open = true
    this.shown = tried
    this.#pin = { ...selection }
    this.#page.explorer.pick(this.#pin)
  }

  /** The cards that stand under a step's own ones. */
  cards(step: StepState, config: RunConfig, least: Least): TemplateResult | typeof nothing {
    const tries = this.at(step)
    if (tries.length === 0) return nothing
    const note = 'yours, not in the log'
    return html`<ol class="tries" aria-label="Yours, not in the log">${tries.map((tried) => {
      const selected = tried === this.shown && this.#page.explorer.pinned === this.#pin
      const pick = (): void => this.#show(tried, { step: step.step, candidate: step.decided?.continued ?? 1 })
      const around = { config, least, selected, note, pick }
      return html`<li>${candidateCard(withTry(step, tried), step.candidates.length + 1, around)}</li>`
    })}</ol>`
  }
}

/** Those of a page. */
export const triesOf = keptByPage((page) => new Tries(page))

/** The step as it would stand if this had been drawn next. */
export function withTry(step: StepState, { state }: Try): StepState {
  return { ...step, candidates: [...step.candidates, state], decided: undefined, pairs: [] }
}

export function stateOf({ events: [proposed, ...others] }: WhatIf): CandidateState {
  return {
    proposed,
    rollouts: others.filter((event) => event.type === 'rollout-finished'),
    scored: others.find((event) => event.type === 'candidate-scored'),
  }
}

/** What a try comes to: against the bar, and beside the candidate that was chosen. */
export function tryWords({ state }: Try, step: StepState, config: RunConfig): string {
  const { scored } = state
  if (scored === undefined) return ''
  const chosen = step.candidates[(step.decided?.chosen ?? 0) - 1]?.scored
  const words = relationWords(config, state, step.bar)
  if (chosen === undefined) return `${words}.`
  const gap = scored.reward - chosen.reward
  const by = Math.abs(gap).toFixed(2)
  const beside = by === '0.00' ? 'as much as' : `${by} ${gap > 0 ? 'more' : 'less'} than`
  return `${words}. That is ${beside} the chosen candidate.`
}
