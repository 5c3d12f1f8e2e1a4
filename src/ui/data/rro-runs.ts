/** The library at a glance, over every workspace: the newest runs that are kept, and what it takes of the disk. */
import { html } from 'lit'
import type { RunInfo } from '../../worker/protocol/lab-api.ts'
import { listEditing } from '../parts/list-editing.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { countText } from '../words/format.ts'
import { bytesText } from '../words/sizes-and-times.ts'
import { measure, renameRun } from './run-actions.ts'
import { runCard } from './run-card.ts'
import { withFiles } from './with-files.ts'

/** Runs that are listed; more are found in Data. */
const MOST = 100

export class RroRuns extends PageDialog {
  readonly dialogName = 'runs'
  readonly heading = 'Runs'
  readonly #editing = listEditing<RunInfo>(this, {
    kind: 'run',
    idOf: ({ id }) => id,
    rename: (run, name) => renameRun(this.page, run, name),
  })

  override openedNow(): void {
    void this.page.library.refresh()
    void measure(this.page) // only now: the browser takes its time to answer
  }

  override content(): unknown {
    const { page } = this
    const { library } = page
    const row = (run: RunInfo) => html`<li class=${run.id === page.explorer.progress?.info.id ? 'open' : ''}>
      ${runCard(page, run, this.#editing, () => this.#open(run))}
    </li>`
    return html`
      ${library.runs.length === 0 ? html`<p>No run is kept yet.</p>` : html`<ul class="runs">${library.runs.slice(0, MOST).map(row)}</ul>`}
      <div class="dialog-foot">
        <label class="file button">Import a run (.jsonl), or trajectories <input type="file" accept=".jsonl,.json,.txt,.log" multiple @change=${this.#import} /></label>
        <a href=${page.address.hrefOf('data')} @click=${() => page.view.show(undefined)}>${library.runs.length > MOST ? `All ${countText(library.runs.length)} in Data` : 'All of them in Data'}</a>
        <span class="soft grow">${page.storage?.state === 'memory' ? 'These runs are only in memory: they are gone when the page is left.' : library.storage === undefined ? '' : `${bytesText(library.storage.used)} used of ${bytesText(library.storage.room)} that the browser allows.`}</span>
      </div>
    `
  }

  async #open(run: RunInfo): Promise<void> {
    if ((await this.page.opener.open(run.id)) && this.shown) this.page.view.show(undefined)
  }

  #import(event: Event): void {
    const input = event.target as HTMLInputElement
    const brought = [...(input.files ?? [])]
    void withFiles(this.page, (code, wish) => code.takeFiles(this.page, brought, wish))
    input.value = ''
  }
}

customElements.define('rro-runs', RroRuns)
