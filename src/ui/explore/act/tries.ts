/**
 * The visitor's own candidates at recorded steps: scored by the lab like any other, kept on the page only. A recorded run
 * is never changed by them.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { CandidateState, StepState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { WhatIf } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import { vantageOf } from '../../state/acting.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionsTo, type Selection } from '../../state/selection.ts'
import type { ShownTries } from '../../state/shown-tries.ts'
import { candidateCard } from '../path/candidate-card.ts'
import type { Least } from '../path/reward-axis.ts'
import { relationWords } from '../verdict/rise-words.ts'
import { placeBefore } from './asked-at.ts'

export interface Try {
  readonly run: string
  readonly state: CandidateState
  /** After the action, as the agent reads it. */
  readonly observation: string
  /** Who finished the rollouts. */
  readonly agent: string
  /** Why it was no action where it was asked; undefined where it acted. */
  readonly idle?: string | undefined
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

  /**
   * @param looking whether the visitor still looks at where it is asked
   * @returns whether it was scored
   */
  async add({ step }: StepState, action: string, looking: () => boolean): Promise<boolean> {
    const { explorer, intentions, lab, notices, changes } = this.#page
    const { progress, task } = explorer
    if (progress === undefined || task === undefined || this.busy) return false
    const here = explorer.here()
    this.busy = true
    changes.say()
    await intentions.idle()
    const scored = here() ? await notices.ask(lab.visit('whatIf', { task: task.task, step, action })) : undefined
    const before = actionsTo(task, placeBefore(task, step))
    const sight = scored && (await lab.world(task.task, [...before, scored.events[0].action]))
    this.busy = false
    if (scored !== undefined) {
      const { observation, agent } = scored
      const idle = sight?.ok ? sight.value.idle : undefined
      const tried = { run: progress.info.id, state: stateOf(scored), observation, agent, idle }
      this.#all = [...this.#all, tried]
      // Unless the visitor has gone elsewhere meanwhile.
      const at = vantageOf(explorer)
      if (here() && explorer.task?.task === task.task && looking() && at !== undefined) this.#show(tried, at)
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
    const note = 'yours'
    return html`<ol class="tries" aria-label="Yours, not in the log">${tries.map((tried) => {
      const selected = tried === this.shown && this.#page.explorer.pinned === this.#pin
      const pick = (): void => {
        const { task } = this.#page.explorer
        if (task !== undefined) this.#show(tried, placeBefore(task, step.step))
      }
      const around = {
        config,
        least,
        selected,
        idle: tried.idle,
        note: tried.idle === undefined ? note : 'yours',
        pick,
      }
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
