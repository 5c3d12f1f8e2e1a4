/** The world after the selected action: the shop as a shopper would see it, and under it what the agent reads. */
import { html, nothing } from 'lit'
import { DeskElement } from './desk-element.ts'
import { nextActionOf, recordedObservation } from './selection.ts'
import { shopPage } from './shop-page.ts'

export class RroWorld extends DeskElement {
  #open = false
  #seen: unknown

  override render(): unknown {
    const { explorer, camera } = this.desk
    const { task, selection } = explorer
    if (task === undefined || selection === undefined) return this.#frame(html`<div class="shop blank"></div>`)
    const observation = recordedObservation(task, selection)
    const next = nextActionOf(task, selection)
    const { view, failure } = camera
    const page =
      view === undefined
        ? html`<div class="shop blank">
            ${failure === undefined ? nothing : html`<p class="why">${failure.message}</p>`}
            ${failure !== undefined && observation !== undefined ? html`<p class="recorded">${observation}</p>` : nothing}
          </div>`
        : shopPage(view, next)
    return this.#frame(html`${page}
      <p class="next-line">${next === undefined ? nothing : html`<span class="what">next</span> <code>${next}</code>`}</p>
      <details class="observation" .open=${this.#open} @toggle=${this.#toggled}>
        <summary>Observation, as the agent reads it</summary>
        <pre tabindex="0">${observation ?? 'Not in the log: it keeps the observations of the explored path only.'}</pre>
      </details>`)
  }

  #frame(content: unknown): unknown {
    return html`<section aria-label="The world"><h2>The world <small>after the selected action</small></h2>${content}</section>`
  }

  /** Brings what the next action presses into view, inside the shop only. */
  override updated(): void {
    const { view } = this.desk.camera
    if (view === this.#seen) return
    this.#seen = view
    const shop = this.querySelector('.shop')
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
