/** What if: an action of the visitor's own at the selected step, with its rollouts, process reward and verdict. */
import { html, nothing, type TemplateResult } from 'lit'
import type { CandidateScored } from '../../../core/log/events.ts'
import { foldTask, type StepState, type TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import { vantageOf } from '../../state/acting.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionsTo } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { capital, estimateText } from '../../words/format.ts'
import { rolloutList } from '../inspector/rollout-list.ts'
import { formulaNote, formulaText } from '../verdict/formula.ts'
import { risingWord, SIGNS } from '../verdict/rise-words.ts'
import { statementOf } from './act-words.ts'
import { type AskedAt, askedAt, placeBefore } from './asked-at.ts'
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
    const { progress } = explorer
    const asked = this.#asked()
    if (asked === undefined || progress === undefined) return nothing
    const { step, words } = asked
    const { config } = progress.info
    const own = tries.at(step)
    const example = config.environment === 'webshop' ? 'search[red shoes]' : 'SELECT …'
    return html`<section class="what-if" aria-label="What if">
      <h4>What if, at step ${step.step}</h4>
      <p class="where">${words}</p>
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

  /** Where an action is asked: what the world shows, if it can be. */
  #asked(): AskedAt | undefined {
    const { explorer } = this.page
    const at = vantageOf(explorer)
    const known = foldTask(explorer.events)
    return explorer.task && known && at && askedAt(explorer.task, known, at)
  }

  override updated(): void {
    const { task } = this.page.explorer
    const asked = this.#asked()
    if (task !== undefined && asked !== undefined) void this.#suggest(task, asked.step.step)
    if (!wanted) return
    wanted = false
    const input = this.querySelector('input')
    input?.focus()
    input?.scrollIntoView({ block: 'nearest' })
  }

  #tried(tried: Try, step: StepState, config: RunConfig): TemplateResult {
    const { state, agent, observation, idle } = tried
    const { proposed, scored } = state
    const rules = { ...config, method: 'rro' } as const
    const value = scored === undefined ? '' : estimateText(scored.reward, scored.standardError)
    return html`<li>
      <details .open=${tried === triesOf(this.page).shown}>
        <summary><code>${actionWords(proposed.action)}</code> <b>${value}</b> <span class=${scored?.rises ? 'rise' : 'soft'}>${risen(scored, step.bar)}</span></summary>
        ${idle === undefined ? nothing : html`<p class="idle"><b>${capital(idle)}.</b></p>`}
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
    const here = () => this.#asked()?.step.step === step.step
    if (!(await triesOf(this.page).add(step, said, here))) return
    if (new FormData(form).get('action') === typed) form.reset() // else the next one is being typed
    requestAnimationFrame(bringIntoView)
  }

  /** What the agent would do there, to choose from. */
  async #suggest(task: TaskState, step: number): Promise<void> {
    const { lab, explorer } = this.page
    const actions = actionsTo(task, placeBefore(task, step))
    const key = JSON.stringify([explorer.progress?.info.id, task.task, actions])
    if (key === this.#suggestedFor) return
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
  const { bottom, left, right } = scroller.getBoundingClientRect()
  if (card.right > right) scroller.scrollLeft += card.right + 12 - right
  else if (card.left < left) scroller.scrollLeft += card.left - 12 - left
  const curve = scroller.querySelector('.curve')?.clientHeight ?? 0
  const below = card.bottom + 12 - (bottom - curve)
  if (below > 0) scroller.scrollTop += below
}

function risen(scored: CandidateScored | undefined, bar: number): string {
  if (scored?.rises !== true) return `${SIGNS.fall} does not rise`
  const word = risingWord(scored.reward, bar)
  return `${word === 'rises' ? SIGNS.rise : SIGNS.hold} ${word}`
}

customElements.define('rro-what-if', RroWhatIf)
