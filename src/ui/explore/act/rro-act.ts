/**
 * The world of a run in which the visitor acts: while it is their turn everything in it can be pressed or typed; while the
 * agent finishes episodes from there it is only looked at; at the end stands what came of it.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { WebShopView, WorldView } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import { isYourTurn } from '../../state/acting.ts'
import { COMMANDS, runCommand } from '../../state/commands.ts'
import { actionWords } from '../../words/action-words.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { shopPage } from '../world/shop-page.ts'
import type { sqlPage } from '../world/sql-page.ts'
import css from './act.css?inline'
import { lastOf, lastWords, statementOf, turnWords } from './act-words.ts'
import { likelyActions } from './likely-actions.ts'
import { outcome } from './outcome.ts'
import { Turn } from './turn.ts'

adoptStyle(css)

export class RroAct extends PageElement {
  static override properties = { ...PageElement.properties, world: { attribute: false }, sql: { attribute: false } }
  /** The world as it is only looked at. */
  declare world: unknown
  declare sql: { readonly sqlPage: typeof sqlPage } | undefined
  #turn: Turn | undefined
  #wasLive = false
  /** Whether the focus is wanted back: what was pressed is gone from the page. */
  #pressed = false

  get #own(): Turn {
    this.#turn ??= new Turn(this.page)
    return this.#turn
  }

  get #live(): boolean {
    const { explorer, player, camera } = this.page
    return isYourTurn(explorer) && !player.playing && !this.#own.busy && explorer.pinned === undefined && camera.current
  }

  protected override shows(): boolean {
    return true // what is seen of the world, too
  }

  override render(): unknown {
    const { explorer, camera } = this.page
    const { task, progress } = explorer
    if (task === undefined || progress === undefined) return this.world
    const { config } = progress.info
    const view = camera.sight?.view
    const live = this.#live && view !== undefined
    return html`${this.#banner(task, config)}
      ${task.finished !== undefined && explorer.atTaskEnd ? outcome(this.page, task, config, this.#own.average) : nothing}
      <div class="place">${live ? html`${likelyActions(this.#own, (action) => void this.#act(action))} ${this.#hands(view, config)}` : this.world}</div>
      ${live ? this.#any() : nothing}`
  }

  override updated(): void {
    this.#own.follow()
    const live = this.#live
    if (live && !this.#wasLive && this.#pressed && !this.contains(document.activeElement)) {
      this.#pressed = false
      this.querySelector<HTMLElement>('.turn')?.focus()
    }
    this.#wasLive = live
  }

  #banner(task: TaskState, config: RunConfig): TemplateResult {
    const { explorer, player } = this.page
    const { progress, pinned } = explorer
    const yourTurn = isYourTurn(explorer)
    const quiet = player.playing ? 'off' : 'polite'
    if (player.playing || this.#own.busy) {
      return html`<div class="turn" tabindex="-1" aria-live=${quiet}>
        <p>${playingWords(task, config)}</p>
        <button @click=${this.#skip} ?disabled=${!player.playing}>Skip</button>
      </div>`
    }
    if (yourTurn && pinned === undefined) {
      const last = lastOf(task)
      return html`<div class="turn yours" tabindex="-1" aria-live="polite">
        <p class="last">${lastWords(task, config, last && this.page.idle?.of(task, last))}</p>
        <p><b>Your turn.</b> ${turnWords(task, config)}</p>
      </div>`
    }
    if (task.finished !== undefined && explorer.atTaskEnd) return html`<div class="turn" tabindex="-1" hidden></div>`
    if (progress?.blocked !== undefined) return html`<p class="turn" tabindex="-1">${progress.blocked}</p>`
    const newest = progress?.waiting === true ? 'Back to your turn' : 'To the newest event'
    return html`<div class="turn" tabindex="-1">
      <p>You look at ${yourTurn ? 'what a candidate led to' : 'an earlier moment'}.</p>
      <button @click=${this.#toTurn} ?disabled=${!COMMANDS.last.can(this.page)}>${newest}</button>
    </div>`
  }

  #hands(view: WorldView, config: RunConfig): unknown {
    if (view.environment === 'webshop') {
      return shopPage(view, undefined, {
        searchBar: this.#searchBar(view),
        press: (text) => void this.#act(`click[${text.toLowerCase()}]`),
      })
    }
    const hint = config.sqlSubmit === 'anywhere' ? 'A statement with the word submit in it submits.' : ''
    return html`<form class="statement" @submit=${(event: Event) => this.#run(event, config)} @keydown=${this.#chord}>
        <label class="what" for="statement">SQL statement</label>
        <textarea id="statement" name="statement" rows="3" spellcheck="false" autocapitalize="off" placeholder="SELECT …"></textarea>
        <p><button class="go">Run</button> <button type="button" @click=${() => void this.#act('submit')}>Submit the last result</button>
          <span class="soft">Ctrl+Enter runs. ${hint}</span></p>
      </form>
      ${this.sql?.sqlPage(view)}`
  }

  #searchBar(view: WebShopView): TemplateResult {
    return html`<form class="search" role="search" @submit=${this.#search}>
      <input class="query" name="keywords" aria-label="Search the shop" placeholder="Search the shop" autocomplete="off" .value=${view.keywords} />
      <button class="button">Search</button>
    </form>`
  }

  /** Any action at all, as an agent would write it. */
  #any(): TemplateResult {
    const example = this.page.camera.sight?.view.environment === 'webshop' ? 'click[< prev]' : 'SHOW TABLES'
    return html`<form class="any" @submit=${this.#typed}>
      <label for="any-action">Any action</label>
      <input id="any-action" name="action" placeholder=${example} autocomplete="off" spellcheck="false" />
      <button>Act</button>
    </form>`
  }

  async #act(action: string): Promise<boolean> {
    if (!this.#live) return false
    this.#pressed = true
    return this.#own.act(action)
  }

  #search(event: SubmitEvent): void {
    event.preventDefault()
    const words = fieldOf(event, 'keywords')
    if (words !== '') void this.#act(`search[${words}]`)
  }

  #run(event: Event, config: RunConfig): void {
    event.preventDefault()
    const statement = statementOf(fieldOf(event, 'statement'), config)
    if (statement !== '') void this.#act(statement)
  }

  #chord(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      (event.currentTarget as HTMLFormElement).requestSubmit()
  }

  async #typed(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const action = fieldOf(event, 'action')
    if (action !== '' && (await this.#act(action))) form.reset()
  }

  #skip(): void {
    const { page } = this
    page.takeInHand(() => page.explorer.moveTo(Number.POSITIVE_INFINITY))
  }

  #toTurn(): void {
    const { page } = this
    this.#pressed = true
    runCommand(page, 'last')
  }
}

function playingWords({ steps }: TaskState, config: RunConfig): string {
  const step = steps.at(-1)
  const number = step?.candidates.length ?? 0
  if (step === undefined || number === 0) return 'The task begins.'
  const { relation } = verdictOf(config, step, number)
  const action = actionWords(step.candidates[number - 1]?.proposed.action ?? '')
  return `${action}: ${relation}. The agent finishes the episode from here.`
}

function fieldOf(event: Event, name: string): string {
  const value = new FormData(event.target as HTMLFormElement).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

customElements.define('rro-act', RroAct)
