/** The dialog of language models: one in this page, or one behind an endpoint. */
import { html } from 'lit'
import { PageDialog } from '../parts/page-dialog.ts'
import './adopted-style.ts'
import { endpointTab } from './endpoint-tab.ts'
import { ModelChooser } from './model-chooser.ts'
import { pageTab } from './page-tab.ts'

const TABS = { page: 'In this page (WebGPU)', endpoint: 'An endpoint' } as const
type Tab = keyof typeof TABS

export class RroModel extends PageDialog {
  readonly dialogName = 'model'
  readonly heading = 'Language model'
  #models: ModelChooser | undefined
  #tab: Tab | undefined

  get models(): ModelChooser {
    this.#models ??= new ModelChooser(this.page)
    return this.#models
  }

  override openedNow(): void {
    void this.models.look()
  }

  override content(): unknown {
    const tab = this.#tab ?? (this.page.settings.config.policy === 'openai' ? 'endpoint' : 'page')
    return html`<div class="tabs" role="tablist" aria-label="Where the model runs" @keydown=${this.#arrows}>
        ${(Object.keys(TABS) as Tab[]).map((name) => html`<button role="tab" id="model-tab-${name}" aria-selected=${name === tab} aria-controls="model-panel" tabindex=${name === tab ? 0 : -1} @click=${() => this.#go(name)}>${TABS[name]}</button>`)}
      </div>
      <div class="panel" role="tabpanel" id="model-panel" aria-labelledby="model-tab-${tab}">
        ${tab === 'page' ? pageTab(this.models, () => this.#go('endpoint')) : endpointTab(this.models)}
      </div>`
  }

  #go(tab: Tab): void {
    this.#tab = tab
    this.requestUpdate()
  }

  #arrows(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const now = this.querySelector('[role="tab"][aria-selected="true"]')?.id === 'model-tab-page'
    const next: Tab = now ? 'endpoint' : 'page'
    this.#go(next)
    void this.updateComplete.then(() => this.querySelector<HTMLButtonElement>(`#model-tab-${next}`)?.focus())
  }
}

customElements.define('rro-model', RroModel)
