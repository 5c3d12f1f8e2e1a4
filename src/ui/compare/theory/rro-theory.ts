/**
 * Theory, to play with: the tower property, the odds of a rise and the bias of an accepted estimate on the visitor's own
 * task, every formula with the live numbers in it. What is measured comes from the lab; the rule can be turned at will.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { ENVIRONMENT_NAMES } from '../../../core/settings/settings.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { enteredIn, select } from '../../parts/fields.ts'
import { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import { actionWords } from '../../words/action-words.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural } from '../../words/format.ts'
import bars from './action-bars.css?inline'
import { actionBars } from './action-bars.ts'
import { biasBlock } from './bias-block.ts'
import { candidatesBlock } from './candidates-block.ts'
import curves from './curves.css?inline'
import type { Odds } from './rise-odds.ts'
import { ruleBlock, towerBlock } from './rule-block.ts'
import '../trial-style.ts'
import css from './theory.css?inline'
import { type TheoryState, theoryOf } from './theory-state.ts'

adoptStyle(css)
adoptStyle(bars)
adoptStyle(curves)

const ERRORS = [0.05, 0.02, 0.01, 0.005] as const

export class RroTheory extends PageElement {
  /** The environment whose agents were asked for. */
  #agentsOf: string | undefined

  get #state(): TheoryState {
    return theoryOf(this.page)
  }

  override willUpdate(): void {
    const { environment } = this.#state.config
    if (this.#agentsOf === environment) return
    this.#agentsOf = environment
    // Without a list the agent that is chosen still stands there.
    this.page.library.refreshAgents(environment).then(
      () => this.requestUpdate(),
      () => undefined,
    )
  }

  override render(): unknown {
    const state = this.#state
    const { report, odds, asking, failure } = state
    return html`<section class="trial theory" aria-label="Theory" aria-busy=${asking}>
      ${this.#choices(state)} ${this.#place(state)}
      <p class="status" role="status">${asking ? 'Rolling out every next action…' : failure === undefined && report !== undefined ? `${plural(report.next.length, 'next action')}, ${countText(rolloutsOf(report))} rollouts.` : ''}</p>
      ${failure === undefined ? nothing : html`<p class="why" role="alert">${failure.message}</p>`}
      ${
        report === undefined || odds === undefined
          ? nothing
          : html`<div class="answers ${asking ? 'stale' : ''}">
              ${this.#next(state, report, odds)}
              <div class="column">${towerBlock(report, odds)}${ruleBlock(state, report, odds)}</div>
              <div class="column">${candidatesBlock(state, report, odds)}</div>
              ${biasBlock(state, odds)}
            </div>`
      }
    </section>`
  }

  #choices(state: TheoryState): TemplateResult {
    const { config, task, standardError } = state
    const known = (this.page.library.agents[config.environment] ?? [])
      .filter(({ policy }) => policy === 'linear')
      .map(({ model, name }) => [model, name] as const)
    const agents = known.some(([model]) => model === config.model)
      ? known
      : [...known, [config.model, 'Agent'] as const]
    const turn = (name: string) => (event: Event) => state.turnTo({ [name]: enteredIn(event) }, state.task)
    return html`<form class="choices" @submit=${(event: Event) => event.preventDefault()}>
      <label>Environment ${select(
        'environment',
        ENVIRONMENT_NAMES.map((name) => [name, ENVIRONMENT_WORDS[name]]),
        config.environment,
        turn('environment'),
      )}</label>
      <label>Agent ${select('model', agents, config.model, turn('model'))}</label>
      <label>Seed <input name="seed" inputmode="numeric" autocomplete="off" .value=${String(config.seed)} @change=${turn('seed')} /></label>
      <label>Task <input name="task" type="number" min="1" step="1" .value=${String(task + 1)} @change=${(event: Event) => state.turnTo({}, Math.round(Number(enteredIn(event))) - 1)} /></label>
      <label>Error wanted ${select(
        'error',
        ERRORS.map((error) => [String(error), `± ${error}`]),
        String(standardError),
        (event) => state.wantError(Number(enteredIn(event))),
      )}</label>
      <button type="button" ?disabled=${!state.canAdopt} @click=${() => state.adopt()}>Take the step selected in Explore</button>
    </form>`
  }

  #place(state: TheoryState): TemplateResult {
    const { report, actions } = state
    return html`<p class="instruction">${report?.task.instruction ?? ''}</p>
      <nav aria-label="Actions so far"><ol class="prefix">
        <li><button aria-current=${actions.length === 0 ? 'step' : nothing} @click=${() => state.walkBack(0)}>start</button></li>
        ${actions.map((action, i) => {
          const words = actionWords(action).replace(/\s+/g, ' ')
          return html`<li><button title=${words} aria-current=${i + 1 === actions.length ? 'step' : nothing} @click=${() => state.walkBack(i + 1)}><code>${words}</code></button></li>`
        })}
      </ol></nav>`
  }

  #next(state: TheoryState, report: TheoryReport, odds: Odds): TemplateResult {
    return html`<section class="block wide" aria-label="Next actions">
      <h3>What may come in step ${report.actions.length + 1}</h3>
      <p class="soft">Bars: ${word('process reward', 'process rewards')} from many rollouts, with one ${word('standard error')}. Dots: the outcomes they average, larger where likelier. Lines: V, the value before (solid), and the ${word('bar')} (dashed). Choose an action to walk on.</p>
      ${actionBars(report, odds, state.asking, (action) => state.walkOn(action))}
    </section>`
  }
}

function rolloutsOf({ next, value }: TheoryReport): number {
  return next.reduce((sum, { rollouts }) => sum + rollouts, value.rollouts)
}

customElements.define('rro-theory', RroTheory)
