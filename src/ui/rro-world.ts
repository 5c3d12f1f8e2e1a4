/** The world after the selected action, as a person would see it (a shop, an SQL session); under it what the agent reads. */
import { html, nothing } from 'lit'
import type { WorldView } from '../worker/protocol.ts'
import { actionWords } from './action-words.ts'
import { DeskElement } from './desk-element.ts'
import { nextActionOf, recordedObservation } from './selection.ts'
import { shopPage } from './shop-page.ts'

export class RroWorld extends DeskElement {
  #open = false
  #seen: unknown
  /** Fetched when a run of it is first open: the first load shows the shop. */
  #sql: typeof import('./sql-page.ts') | undefined
  #fetchedFor: string | undefined

  override willUpdate(): void {
    const { info } = this.desk.explorer.progress ?? {}
    if (info?.config.environment !== 'intercode-sql' || this.#sql !== undefined || this.#fetchedFor === info.id) return
    this.#fetchedFor = info.id
    import('./sql-page.ts').then(
      (module) => {
        this.#sql = module
        this.requestUpdate()
      },
      () => this.desk.notices.fail('The SQL pane could not be fetched. Check the connection and open the run again.'),
    )
  }

  override render(): unknown {
    const { explorer, camera } = this.desk
    const { task, selection } = explorer
    if (task === undefined || selection === undefined) return this.#frame(html`<div class="shop blank"></div>`)
    const { sight, failure } = camera
    const observation = sight?.observation ?? recordedObservation(task, selection)
    const nextAction = nextActionOf(task, selection)
    const next = nextAction && actionWords(nextAction)
    const page =
      sight === undefined
        ? html`<div class="shop blank">
            ${failure === undefined ? nothing : html`<p class="why">${failure.message}</p>`}
            ${failure !== undefined && observation !== undefined ? html`<p class="recorded">${observation}</p>` : nothing}
          </div>`
        : this.#page(sight.view, next)
    return this.#frame(html`${page}
      <p class="next-line ${explorer.progress?.info.config.environment ?? ''}">${next === undefined ? nothing : html`<span class="what">next</span> <code title=${next}>${next}</code>`}</p>
      <details class="observation" .open=${this.#open} @toggle=${this.#toggled}>
        <summary>Observation, as the agent reads it</summary>
        <pre tabindex="0">${observation ?? 'Not known here: the log keeps the observations of the explored path, and its data is not loaded.'}</pre>
      </details>`)
  }

  #page(view: WorldView, next: string | undefined): unknown {
    if (view.environment === 'webshop') return shopPage(view, next)
    return this.#sql?.sqlPage(view) ?? html`<div class="shop blank"></div>`
  }

  #frame(content: unknown): unknown {
    return html`<section aria-label="The world"><h2>The world <small>after the selected action</small></h2>${content}</section>`
  }

  /** Brings what the next action presses into view, inside the shop only; a session starts at its top. */
  override updated(): void {
    const { sight } = this.desk.camera
    if (sight === this.#seen) return
    this.#seen = sight
    const shop = this.querySelector('.shop, .sql')
    const target = shop?.querySelector('.target')
    if (!shop) return
    const below = target ? target.getBoundingClientRect().bottom - shop.getBoundingClientRect().bottom : 0
    shop.scrollTop = below > 0 ? shop.scrollTop + below + 8 : 0
  }

  #toggled(event: Event): void {
    this.#open = (event.target as HTMLDetailsElement).open
  }
}

customElements.define('rro-world', RroWorld)
