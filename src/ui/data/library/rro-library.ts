/** All runs that are kept. */
import { html } from 'lit'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import { listEditing } from '../../parts/list-editing.ts'
import { PageElement } from '../../parts/page-element.ts'
import { removeRun, renameRun } from '../run-actions.ts'
import { runCard } from '../run-card.ts'

export class RroLibrary extends PageElement {
  readonly #editing = listEditing<RunInfo>(this, {
    kind: 'run',
    idOf: ({ id }) => id,
    rename: (run, name) => renameRun(this.page, run, name),
    remove: (run) => removeRun(this.page, run),
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.page.library.refresh()
  }

  override render(): unknown {
    const { page } = this
    return html`<section aria-labelledby="library-title">
      <h2 id="library-title">Runs that are kept</h2>
      <ul class="runs">${page.library.runs.map((run) => html`<li>${runCard(page, run, this.#editing, () => this.#open(run))}</li>`)}</ul>
    </section>`
  }

  async #open(run: RunInfo): Promise<void> {
    if (await this.page.opener.open(run.id)) this.page.address.go('explore')
  }
}

customElements.define('rro-library', RroLibrary)
