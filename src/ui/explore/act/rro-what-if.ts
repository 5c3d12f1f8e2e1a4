/** What if: an action of the visitor's own at the selected step, with its rollouts, process reward and verdict. */
import { html, nothing, type TemplateResult } from 'lit'
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionsTo, stepAt } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { estimateText } from '../../words/format.ts'
import { rolloutList } from '../inspector/rollout-list.ts'
import { formulaNote, formulaText } from '../verdict/formula.ts'
import { statementOf } from './act-words.ts'
import { type Try, triesOf, tryWords } from './tries.ts'
import css from './what-if.css?inline'

adoptStyle(css)

/** Whether the next form that appears takes the focus: the visitor has just asked for it. */
let wanted = false

export function openTries(page: PageState): void {
  const tries = triesOf(page)
  tries.open = true
  page.tries = tries
  wanted = true
  page.changes.say()
}

export class RroWhatIf extends PageElement {
  #suggested: readonly string[] = []
  #suggestedFor = ''

  override render(): unknown {
    const { explorer } = this.page
    const tries = triesOf(this.page)
    const { task, selection, progress } = explorer
    const step = task && selection && stepAt(task, selection)
    if (step === undefined || progress === undefined) return nothing
    const { config } = progress.info
    const own = tries.at(step)
    const example = config.environment === 'webshop' ? 'search[red shoes]' : 'SELECT …'
    return html`<section class="what-if" aria-label="What if">
      <h4>What if, at step ${step.step}</h4>
      <form @submit=${(event: Event) => void this.#try(event, step, config)}>
        <label for="what-if-action">An action of your own</label>
        <p>
          <input id="what-if-action" name="action" list="what-if-suggested" placeholder=${example} autocomplete="off" spellcheck="false" />
          <button ?disabled=${tries.busy}>Score it</button>
        </p>
        <datalist id="what-if-suggested">${this.#suggested.map((action) => html`<option value=${action}></option>`)}</datalist>
      </form>
      <p class="soft">The embedded agent rolls out from it${config.method === 'rro' || config.method === 'fixed-size' ? '' : ' as in RRO'}. It is yours, not in the log: the run stays as it is, and a reload forgets it.</p>
      <div aria-live="polite">${own.length === 0 ? nothing : html`<ol class="own">${own.map((tried) => this.#tried(tried, step, config))}</ol>`}</div>
    </section>`
  }

  override updated(): void {
    const { task, selection } = this.page.explorer
    if (task !== undefined && selection !== undefined) void this.#suggest(task, selection.step)
    if (!wanted) return
    wanted = false
    const input = this.querySelector('input')
    input?.focus()
    input?.scrollIntoView({ block: 'nearest' })
  }

  #tried(tried: Try, step: StepState, config: RunConfig): TemplateResult {
    const { state, agent, observation } = tried
    const { proposed, scored } = state
    const rules = { ...config, method: 'rro' } as const
    const value = scored === undefined ? '' : estimateText(scored.reward, scored.standardError)
    return html`<li>
      <details .open=${tried === triesOf(this.page).shown}>
        <summary><code>${actionWords(proposed.action)}</code> <b>${value}</b> <span class=${scored?.rises ? 'rise' : 'soft'}>${scored?.rises ? '▲ rises' : '▽ does not rise'}</span></summary>
        <p>${capital(tryWords(tried, step, config))}</p>
        <p class="formula">${formulaText(rules, state)}</p>
        <p class="soft">${formulaNote(rules, state)}</p>
        ${state.rollouts.length === 0 ? nothing : html`<h5>Rollouts <small>by ${agent}</small></h5>${rolloutList(state.rollouts)}`}
        <h5>Observation after it</h5>
        <pre class="said" tabindex="0">${observation}</pre>
      </details>
    </li>`
  }

  async #try(event: Event, step: StepState, config: RunConfig): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const typed = new FormData(form).get('action')
    const action = typeof typed === 'string' ? typed.trim() : ''
    if (action === '') return
    const said = config.environment === 'intercode-sql' ? statementOf(action, config) : action
    if (!(await triesOf(this.page).add(step, said))) return
    if (new FormData(form).get('action') === typed) form.reset() // else the next one is being typed
    requestAnimationFrame(bringIntoView)
  }

  /** What the agent would do there, to choose from. */
  async #suggest(task: TaskState, step: number): Promise<void> {
    const { lab, explorer } = this.page
    const before = task.steps[step - 2]
    const actions =
      before === undefined ? [] : actionsTo(task, { step: step - 1, candidate: before.decided?.continued ?? 1 })
    const key = JSON.stringify([explorer.progress?.info.id, task.task, actions])
    if (step === 0 || key === this.#suggestedFor) return
    this.#suggestedFor = key
    this.#suggested = []
    const choices = await lab.visit('choices', task.task, actions)
    if (key !== this.#suggestedFor || !choices.ok) return // without the data nothing is suggested; a try says why
    this.#suggested = choices.value.map(({ action }) => action)
    this.requestUpdate()
  }
}

/** Within the path only: the page itself stays where the form is. */
function bringIntoView(): void {
  const card = document.querySelector('.tries [aria-current="true"]')?.getBoundingClientRect()
  const scroller = document.querySelector('rro-path .scroller')
  if (card === undefined || scroller === null) return
  const { bottom } = scroller.getBoundingClientRect()
  const curve = scroller.querySelector('.curve')?.clientHeight ?? 0
  const below = card.bottom + 12 - (bottom - curve)
  if (below > 0) scroller.scrollTop += below
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

customElements.define('rro-what-if', RroWhatIf)
