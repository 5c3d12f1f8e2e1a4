/** All runs that are kept: found, looked at, labelled, deleted, backed up. */
import { html } from 'lit'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { heldFocus } from '../../parts/held-focus.ts'
import { listEditing } from '../../parts/list-editing.ts'
import { PageElement } from '../../parts/page-element.ts'
import { renameRun } from '../run-actions.ts'
import { chosenRuns } from './chosen-runs.ts'
import { keeping } from './keeping.ts'
import css from './library.css?inline'
import { lookedRun } from './looked-run.ts'
import { searchFields } from './search-fields.ts'
import { shelfOf } from './shelf.ts'
import './run-rows.ts'

adoptStyle(css)

const SEARCH = '.search-runs input'
const ROW = 'rro-run-rows [data-part="name"]'

export class RroLibrary extends PageElement {
  readonly #editing = listEditing<RunInfo>(this, {
    kind: 'run',
    idOf: ({ id }) => id,
    rename: (run, name) => renameRun(this.page, run, name),
  })

  readonly #focus = heldFocus(this, [
    ['.search-runs', [SEARCH]],
    ['.chosen-runs', ['.chosen-runs input[type="checkbox"]', SEARCH]],
    ['.tags', ['.tags input']],
    ['.looked-card', ['.looked-card .acts button', ROW, SEARCH]],
    ['rro-library', [ROW, SEARCH]],
  ])

  override connectedCallback(): void {
    super.connectedCallback()
    void this.page.library.refresh()
  }

  override willUpdate(): void {
    void shelfOf(this.page).follow()
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
  }

  override render(): unknown {
    const { page } = this
    const shelf = shelfOf(page)
    const { runs } = shelf
    const looked = page.library.runs.find(({ id }) => id === shelf.looked)
    return html`<div class="library">
      <h2 class="hidden">Library of runs</h2>
      ${searchFields(shelf, page.library)}
      ${chosenRuns(page, shelf, runs)}
      ${runs.length === 0 ? html`<p class="none">No run is like that. Search for less, or show all.</p>` : html`<rro-run-rows .page=${page} .runs=${runs}></rro-run-rows>`}
      <aside aria-label="The run that is looked at">
        ${looked === undefined ? html`<p class="soft">Press a run’s name to see it closely: open it, export it, tag it, write a note.</p>` : lookedRun(page, shelf, looked, this.#editing)}
        ${keeping(page, shelf)}
      </aside>
    </div>`
  }
}

customElements.define('rro-library', RroLibrary)
