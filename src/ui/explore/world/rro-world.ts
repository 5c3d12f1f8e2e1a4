/** The world after the selected action, as a person would see it (a shop, an SQL session); under it what the agent reads. */
import { html, nothing } from 'lit'
import type { WorldView } from '../../../worker/protocol/lab-api.ts'
import { PageElement } from '../../parts/page-element.ts'
import { isActing, isYourTurn, vantageOf } from '../../state/acting.ts'
import type { Change } from '../../state/changes.ts'
import { COMMANDS, runCommand } from '../../state/commands.ts'
import { recall } from '../../state/place.ts'
import { nextActionOf, recordedObservation } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { shopPage } from './shop-page.ts'

export class RroWorld extends PageElement {
  protected override readonly framesLater = 3
  static override properties = { ...PageElement.properties, unsaid: { attribute: false } }
  /** Whether what was done next is not told: a visitor is asked for it. */
  declare unsaid: boolean | undefined
  #open = false
  #seen: unknown
  #asked = false
  /** Fetched when a run of it is first open: the first load shows the shop. */
  #sql: typeof import('./sql-page.ts') | undefined
  /** Whether the code for acting is here: fetched when a run is open in which the visitor acts. */
  #acts = false
  /** Whether the code for edited worlds is here or on its way: fetched when a run of one is open, or one was made in this tab. */
  #edits = false
  readonly #edited = recall('edited') !== null
  #fetchedFor: string | undefined
  #blind = (): void => undefined
  /** Whether what it shows may not stand at its top. */
  #scrolled = false

  protected override shows(change: Change): boolean {
    return change !== 'progress'
  }

  /** The camera looks where somebody sees what it saw. */
  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('scroll', this.#moved, { capture: true, passive: true })
    const { camera, changes } = this.page
    this.#blind = changes.subscribe((change) => {
      if (change !== 'progress') void camera.look()
    })
    void camera.look()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.removeEventListener('scroll', this.#moved, { capture: true })
    this.#blind()
  }

  readonly #moved = (): void => {
    this.#scrolled = true
  }

  override willUpdate(): void {
    const { info, edits } = this.page.explorer.progress ?? {}
    if ((edits !== undefined || this.#edited) && !this.#edits) void this.#fetchEdit()
    if (info === undefined || this.#fetchedFor === info.id) return
    const { environment, policy } = info.config
    const missing = [
      ...(environment === 'intercode-sql' && this.#sql === undefined ? [this.#fetchSql()] : []),
      ...(policy === 'human' && !this.#acts ? [this.#fetchAct()] : []),
    ]
    if (missing.length === 0) return
    this.#fetchedFor = info.id
    Promise.all(missing).then(
      () => this.requestUpdate(),
      () => this.page.notices.fail('This world could not be fetched. Check the connection and open the run again.'),
    )
  }

  async #fetchSql(): Promise<void> {
    this.#sql = await import('./sql-page.ts')
  }

  /** What marks an edited world, undoes it, and leads to it again. */
  async #fetchEdit(): Promise<void> {
    this.#edits = true
    try {
      const { knowEdits } = await import('../edit/rro-edit.ts')
      knowEdits(this.page)
      this.requestUpdate()
    } catch {
      this.#edits = false
    }
  }

  async #fetchAct(): Promise<void> {
    await import('../act/rro-act.ts')
    this.#acts = true
  }

  override render(): unknown {
    const { explorer, camera, editing } = this.page
    const { task, progress } = explorer
    const selection = vantageOf(explorer)
    if (task === undefined || selection === undefined) return this.#frame(html`<div class="shop blank"></div>`)
    const { sight, failure } = camera
    const observation = sight?.observation ?? recordedObservation(task, selection)
    const nextAction = this.unsaid ? undefined : nextActionOf(task, selection)
    const next = nextAction && actionWords(nextAction)
    const world =
      sight === undefined
        ? html`<div class="shop blank">
            ${failure === undefined ? nothing : html`<p class="why">${failure.message}</p>`}
            ${failure !== undefined && observation !== undefined ? html`<p class="recorded">${observation}</p>` : nothing}
          </div>`
        : this.#draw(sight.view, next)
    const human = isActing(explorer)
    const here = customElements.get('rro-edit') !== undefined
    const edited = here && (progress?.edits !== undefined || editing?.open || editing?.undone !== undefined)
    return this.#frame(html`${edited ? html`<rro-edit class=${editing?.open ? 'editing' : ''} .page=${this.page}></rro-edit>` : nothing}${
      editing?.open && !human
        ? nothing
        : human && this.#acts
          ? html`<rro-act .page=${this.page} .world=${world} .sql=${this.#sql}></rro-act>`
          : html`${world}${human ? nothing : this.#nextLine(next)}`
    }
      <details class="observation" .open=${this.#open} @toggle=${this.#toggled}>
        <summary>Observation, as the agent reads it</summary>
        <pre tabindex="0">${observation ?? 'Not known here: the log keeps the observations of the explored path, and its data is not loaded.'}</pre>
      </details>`)
  }

  #nextLine(next: string | undefined): unknown {
    const environment = this.page.explorer.progress?.info.config.environment
    return html`<p class="next-line ${environment ?? ''}">${next === undefined ? nothing : html`<span class="what">next</span> <code title=${next}>${next}</code>`}</p>`
  }

  #draw(view: WorldView, next: string | undefined): unknown {
    if (view.environment === 'webshop') return shopPage(view, next)
    return this.#sql?.sqlPage(view) ?? html`<div class="shop blank"></div>`
  }

  #frame(content: unknown): unknown {
    return html`<section aria-label="The world"><h2>The world <small>${isYourTurn(this.page.explorer) ? 'where you act' : 'after the selected action'}</small>
        ${this.#actButton()}</h2>${this.#question()}${content}</section>`
  }

  #actButton(): unknown {
    const { page } = this
    if (isActing(page.explorer)) return nothing
    return html`<button class="act" data-control="act" title="You choose the actions in this task (a)" ?disabled=${!COMMANDS.act.can(page)}
      @click=${() => runCommand(page, 'act')}>Act<span class="more"> yourself</span></button>
      <button class="act" data-control="knobs" title="Edit this world (x)" aria-label="Edit this world" ?disabled=${!COMMANDS.editWorld.can(page)}
        @click=${() => runCommand(page, 'editWorld')}>✎</button>`
  }

  /** Before what stands there gives way to a run in which the visitor acts. */
  #question(): unknown {
    const { view, explorer } = this.page
    if (!view.asking || isActing(explorer)) return nothing
    const what = explorer.progress?.info.origin === 'shipped' ? 'The example' : 'The run that stands here'
    return html`<div class="ask-to-act" role="group" aria-label="Act in this task?">
      <p>Act in this task yourself? ${what} gives way to a run of your own, and is one press away.</p>
      <p class="buttons"><button @click=${this.#act}>Act in this task</button> <button @click=${() => runCommand(this.page, 'stopActing')}>Cancel</button></p>
    </div>`
  }

  #act(): void {
    this.page.view.ask(false)
    void this.page.visit('actHere')
  }

  #focusQuestion(): void {
    const question = this.querySelector<HTMLElement>('.ask-to-act')
    const asked = question !== null
    if (asked === this.#asked) return
    this.#asked = asked
    const button = this.querySelector<HTMLElement>(asked ? '.ask-to-act button' : 'h2 .act')
    // What was pressed is gone with the question; whoever was elsewhere stays there.
    if (asked || document.activeElement === document.body) button?.focus()
  }

  /** Brings what the next action presses into view, inside the shop only; a session starts at its top. */
  override updated(): void {
    this.#focusQuestion()
    const { sight } = this.page.camera
    if (sight === this.#seen) return
    this.#seen = sight
    const shop = this.querySelector('.shop, .sql')
    if (shop === null) return
    const target = shop.querySelector('.target')
    // To ask for its place is a layout: most have none, and stand at their top already.
    if (target === null && !this.#scrolled) return
    const below = target ? target.getBoundingClientRect().bottom - shop.getBoundingClientRect().bottom : 0
    shop.scrollTop = below > 0 ? shop.scrollTop + below + 8 : 0
    this.#scrolled = below > 0
  }

  #toggled(event: Event): void {
    this.#open = (event.target as HTMLDetailsElement).open
  }
}

customElements.define('rro-world', RroWorld)
