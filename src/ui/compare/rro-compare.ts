/** The second workspace: what is compared on the left, what came of it, two methods side by side, or the theory on the right. */
import { html, nothing } from 'lit'
import { adoptStyle } from '../parts/adopt-style.ts'
import { copyLink } from '../parts/copy-link.ts'
import { PageElement } from '../parts/page-element.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { plural } from '../words/format.ts'
import './arms/arm-colours.ts'
import css from './compare.css?inline'
import { comparerOf } from './comparer.ts'
import './setup/rro-comparison-form.ts'
import './results/rro-results.ts'
import { VIEW_WORDS, VIEWS, type View } from './views.ts'

/** Fetched when first looked at. */
const FETCHED: Record<Exclude<View, 'results'>, () => Promise<unknown>> = {
  duel: () => import('./duel/rro-duel.ts'),
  theory: () => import('./theory/rro-theory.ts'),
}

adoptStyle(css)

export class RroCompare extends PageElement {
  readonly #here = new Set<View>(['results'])
  /** Where there is no room beside the results, and beside what it is not about, what is compared is folded away until asked for. */
  readonly #wide = matchMedia('(min-width: 721px)')
  #unfolded = false

  override connectedCallback(): void {
    comparerOf(this.page) // it is made when it is first asked for, and reads the address
    super.connectedCallback()
    document.addEventListener('keydown', this.#pressed)
    this.#wide.addEventListener('change', this.#resized)
    this.page.stands()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#pressed)
    this.#wide.removeEventListener('change', this.#resized)
  }

  readonly #resized = (): void => this.requestUpdate()

  /** r runs, pauses or goes on, as in Explore. */
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'r' || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
      return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest('input, select, textarea') !== null || document.querySelector('dialog[open]') !== null) return
    if (comparerOf(this.page).view !== 'results') return
    event.preventDefault()
    void comparerOf(this.page).toggle()
  }

  override willUpdate(): void {
    const view = comparerOf(this.page).view
    if (view === 'results' || this.#here.has(view)) return
    FETCHED[view]().then(
      () => {
        this.#here.add(view)
        this.requestUpdate()
      },
      () =>
        this.page.notices.fail(
          `"${VIEW_WORDS[view]}" could not be fetched. Check the connection, then choose it again.`,
        ),
    )
  }

  override render(): unknown {
    const { page } = this
    const view = comparerOf(page).view
    const beside = this.#beside
    return html`<div class="compare ${beside ? 'beside' : ''}">
      <aside>
        <h2>Compare at equal cost</h2>
        <details class="setup" .open=${beside || this.#unfolded} @toggle=${this.#toggled}>
          <summary>${this.#summary()}</summary>
          <rro-comparison-form .page=${page}></rro-comparison-form>
        </details>
      </aside>
      <div class="seen">
        <div class="view-bar">
        <div role="tablist" aria-label="What to look at" class="view-tabs" @keydown=${this.#arrows}>
          ${VIEWS.map((name) => html`<button role="tab" id="tab-${name}" aria-selected=${name === view} aria-controls="view-${name}" tabindex=${name === view ? 0 : -1} @click=${() => comparerOf(page).show(name)}>${VIEW_WORDS[name]}</button>`)}
        </div>
        <button title="Copy a link to this view with these settings" @click=${() => void copyLink(page)}>Copy link</button>
        </div>
        ${VIEWS.map((name) => html`<div role="tabpanel" id="view-${name}" aria-labelledby="tab-${name}" ?hidden=${name !== view}>${name === view ? this.#view(name) : nothing}</div>`)}
      </div>
    </div>`
  }

  get #beside(): boolean {
    return this.#wide.matches && comparerOf(this.page).view === 'results'
  }

  #summary(): string {
    const { draft } = comparerOf(this.page)
    const { arms, budgets, seeds } = draft
    const world = `${ENVIRONMENT_WORDS[draft.environment]}${draft.data === undefined ? '' : ' on your data'}`
    return `${world}: ${plural(arms.length, 'method')}, ${plural(budgets.length, 'budget')}, ${plural(seeds, 'seed')}`
  }

  #toggled(event: Event): void {
    if (event.target instanceof HTMLDetailsElement && event.target.matches('.setup') && !this.#beside)
      this.#unfolded = event.target.open
  }

  #view(view: View): unknown {
    const { page } = this
    if (!this.#here.has(view)) return html`<p role="status">Fetching…</p>`
    if (view === 'duel') return html`<rro-duel .page=${page}></rro-duel>`
    if (view === 'theory') return html`<rro-theory .page=${page}></rro-theory>`
    return html`<rro-results .page=${page}></rro-results>`
  }

  /** As the pattern for tabs has it: arrows move and choose, Home and End go to the ends. */
  #arrows(event: KeyboardEvent): void {
    const at = VIEWS.indexOf(comparerOf(this.page).view)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + VIEWS.length, Home: 0, End: VIEWS.length - 1 }[event.key]
    const view = to === undefined ? undefined : VIEWS[to % VIEWS.length]
    if (view === undefined) return
    event.preventDefault()
    comparerOf(this.page).show(view)
    this.querySelector<HTMLElement>(`#tab-${view}`)?.focus()
  }
}

customElements.define('rro-compare', RroCompare)
