/** The dialog of language models: one in this page, the browser's own, or one behind an endpoint. */
import { html } from 'lit'
import { adoptStyle } from '../parts/adopt-style.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { browserTab } from './browser-model/browser-tab.ts'
import { endpointTab } from './endpoint-tab.ts'
import css from './model.css?inline'
import { ModelChooser, type ModelTab } from './model-chooser.ts'
import { pageTab } from './page-tab.ts'

adoptStyle(css)

const TABS: Record<ModelTab, string> = {
  page: 'In this page (WebGPU)',
  browser: 'The browser’s own',
  endpoint: 'An endpoint',
}
const ORDER = Object.keys(TABS) as ModelTab[]

export class RroModel extends PageDialog {
  readonly dialogName = 'model'
  readonly heading = 'Language model'
  #models: ModelChooser | undefined

  get models(): ModelChooser {
    this.#models ??= new ModelChooser(this.page)
    return this.#models
  }

  override openedNow(): void {
    void this.models.look()
  }

  override content(): unknown {
    const { tab } = this.models
    return html`<div class="tabs" role="tablist" aria-label="Where the model runs" @keydown=${this.#arrows}>
        ${ORDER.map((name) => html`<button role="tab" id="model-tab-${name}" aria-selected=${name === tab} aria-controls="model-panel" tabindex=${name === tab ? 0 : -1} @click=${() => this.#go(name)}>${TABS[name]}</button>`)}
      </div>
      <div class="panel" role="tabpanel" id="model-panel" aria-labelledby="model-tab-${tab}">
        ${this.#panel(tab)}
      </div>`
  }

  #panel(tab: ModelTab): unknown {
    const to = (other: ModelTab) => () => this.#go(other)
    if (tab === 'page') return pageTab(this.models, to('endpoint'))
    return tab === 'browser' ? browserTab(this.models, to('page'), to('endpoint')) : endpointTab(this.models)
  }

  #go(tab: ModelTab): void {
    this.models.turnedTo = tab
    this.requestUpdate()
  }

  #arrows(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const step = event.key === 'ArrowRight' ? 1 : ORDER.length - 1
    const next = ORDER[(ORDER.indexOf(this.models.tab) + step) % ORDER.length] as ModelTab // within the list
    this.#go(next)
    void this.updateComplete.then(() => this.querySelector<HTMLButtonElement>(`#model-tab-${next}`)?.focus())
  }
}

customElements.define('rro-model', RroModel)
