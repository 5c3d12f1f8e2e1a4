/** The runs that were found, as a list of which only what is in sight is drawn: thousands scroll as a dozen does. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import { PageElement } from '../../parts/page-element.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural, rewardText } from '../../words/format.ts'
import { METHOD_WORDS } from '../../words/method-words.ts'
import { bytesText, momentText } from '../../words/sizes-and-times.ts'
import { agentOf, meanReward } from './found.ts'
import { type Shelf, shelfOf } from './shelf.ts'

/** Height of a row, as library.css has it. */
const ROW_PX = 54
/** Rows drawn above and below what is in sight. */
const BEYOND = 6

export class RroRunRows extends PageElement {
  static override properties = { ...PageElement.properties, runs: { attribute: false } }
  declare runs: readonly RunInfo[]
  #top = 0
  #height = 600
  readonly #sizes = new ResizeObserver(([entry]) => {
    this.#height = entry?.contentRect.height ?? this.#height
    this.requestUpdate()
  })

  override connectedCallback(): void {
    super.connectedCallback()
    this.#sizes.observe(this)
    this.addEventListener('scroll', this.#scrolled)
    this.addEventListener('keydown', this.#pressed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#sizes.disconnect()
    this.removeEventListener('scroll', this.#scrolled)
    this.removeEventListener('keydown', this.#pressed)
  }

  readonly #scrolled = (): void => {
    this.#top = this.scrollTop
    this.requestUpdate()
  }

  /** Up and down go to the same control of the next row, Home and End to the ends. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null
    const control = event.target instanceof HTMLElement ? event.target.dataset.part : undefined
    if (from === null || control === undefined) return
    const at = Number(from.dataset.at)
    const last = this.runs.length - 1
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key]
    if (to === undefined || to < 0 || to > last) return
    event.preventDefault()
    event.stopPropagation()
    void this.#focus(to, control)
  }

  async #focus(at: number, control: string): Promise<void> {
    const top = at * ROW_PX
    if (top < this.scrollTop) this.scrollTop = top
    else if (top + ROW_PX > this.scrollTop + this.#height) this.scrollTop = top + ROW_PX - this.#height
    this.#scrolled()
    await this.updateComplete
    const row = this.querySelector(`[data-at="${at}"]`)
    const wanted = row?.querySelector<HTMLElement>(`[data-part="${control}"]`)
    ;(wanted ?? row?.querySelector<HTMLElement>('[data-part="name"]'))?.focus()
  }

  override render(): unknown {
    const { runs } = this
    const from = Math.max(0, Math.floor(this.#top / ROW_PX) - BEYOND)
    const to = Math.min(runs.length, Math.ceil((this.#top + this.#height) / ROW_PX) + BEYOND)
    const shelf = shelfOf(this.page)
    return html`<ul class="run-rows" aria-label="Runs that are kept" .style=${`height: ${runs.length * ROW_PX}px`}>
      ${repeat(
        runs.slice(from, to),
        ({ id }) => id, // a row that moves takes the focus along
        (run, i) => this.#row(shelf, run, from + i),
      )}
    </ul>`
  }

  #row(shelf: Shelf, run: RunInfo, at: number): TemplateResult {
    const { config, tasksFinished, labels, origin } = run
    const own = origin !== 'shipped'
    const mean = meanReward(run)
    const size = shelf.sizes.get(run.id)
    const pinned = labels?.pinned === true
    const about = [
      ENVIRONMENT_WORDS[config.environment],
      METHOD_WORDS[config.method](config),
      agentOf(run, this.page.library.agents),
    ]
    const came = [
      `${countText(tasksFinished)} of ${plural(config.tasks, 'task')}`,
      mean === undefined ? 'no reward yet' : `mean reward ${rewardText(mean)}`,
      plural(run.pairs, 'pair'),
    ]
    return html`<li data-at=${at} aria-setsize=${this.runs.length} aria-posinset=${at + 1} class=${run.id === shelf.looked ? 'looked' : ''} .style=${`transform: translateY(${at * ROW_PX}px)`}>
      <input type="checkbox" data-part="select" aria-label="Select ${run.name}" ?disabled=${!own} .checked=${live(shelf.selected.has(run.id))} @change=${(event: Event) => shelf.select([run], (event.target as HTMLInputElement).checked)} />
      <button class="pin" data-part="pin" aria-label="Pin ${run.name}" aria-pressed=${pinned} ?disabled=${!own} title=${pinned ? 'Pinned: stays on top' : 'Pin on top'} @click=${() => shelf.label([run], { pinned: !pinned })}>${pinned ? '★' : '☆'}</button>
      <div class="about">
        <p><button class="name" data-part="name" aria-current=${run.id === shelf.looked ? 'true' : nothing} @click=${() => shelf.look(run.id)}>${run.name}</button> ${labels?.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</p>
        <p class="soft">${[...about, ...came].join(', ')}</p>
      </div>
      <p class="soft when">${origin === 'shipped' ? 'recorded' : momentText(run.createdAtMs)}<br />${size === undefined ? '' : bytesText(size)}</p>
    </li>`
  }
}

customElements.define('rro-run-rows', RroRunRows)
