/** The fourth workspace: the runs that are kept, and what is made of them. */
import { html, nothing } from 'lit'
import { adoptStyle } from '../parts/adopt-style.ts'
import { PageElement } from '../parts/page-element.ts'
import css from './data.css?inline'
import { type DataPart, partHash, partOf } from './data-parts.ts'

adoptStyle(css)

const PARTS: Readonly<Record<string, DataPart>> = {
  library: {
    label: 'Library',
    bring: () => import('./library/rro-library.ts'),
    element: (page) => html`<rro-library .page=${page}></rro-library>`,
  },
  tables: {
    label: 'Tables',
    bring: () => import('./tables/rro-run-tables.ts'),
    element: (page) => html`<rro-run-tables .page=${page}></rro-run-tables>`,
  },
  build: {
    label: 'Data set',
    bring: () => import('./builder/rro-dataset-builder.ts'),
    element: (page) => html`<rro-dataset-builder .page=${page}></rro-dataset-builder>`,
  },
}
const NAMES = Object.keys(PARTS)

export class RroData extends PageElement {
  readonly #state = new Map<string, 'coming' | 'here'>()

  override connectedCallback(): void {
    super.connectedCallback()
    this.page.stands()
  }

  override willUpdate(): void {
    const name = this.#part
    const part = PARTS[name]
    if (part === undefined || this.#state.has(name)) return
    this.#state.set(name, 'coming')
    part.bring().then(
      () => this.#state.set(name, 'here') && this.requestUpdate(),
      () => {
        this.#state.delete(name)
        this.page.notices.fail(`${part.label} could not be fetched. Check the connection, then choose it again.`)
      },
    )
  }

  get #part(): string {
    return partOf(this.page.address.hashes.data, NAMES)
  }

  override render(): unknown {
    const { page } = this
    const name = this.#part
    const link = ([other, { label }]: [string, DataPart]) =>
      html`<a href=${page.address.within(partHash(other))} aria-current=${other === name ? 'true' : nothing}>${label}</a>`
    return html`<div class="data">
      ${NAMES.length > 1 ? html`<nav class="parts" aria-label="Data">${Object.entries(PARTS).map(link)}</nav>` : nothing}
      <div class="part">
        ${this.#state.get(name) === 'here' ? PARTS[name]?.element(page) : html`<p role="status">Fetching…</p>`}
      </div>
    </div>`
  }
}

customElements.define('rro-data', RroData)
