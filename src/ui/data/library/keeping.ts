/** How long what is kept stays: how much room there is, what was deleted and can come back, and all of it as one file. */
import { html, type TemplateResult } from 'lit'
import type { PageState } from '../../state/page-state.ts'
import { plural } from '../../words/format.ts'
import { bytesText, momentText } from '../../words/sizes-and-times.ts'
import { putBack } from '../run-actions.ts'
import { withFiles } from '../with-files.ts'
import type { Shelf } from './shelf.ts'

export function keeping(page: PageState, shelf: Shelf): TemplateResult {
  const { library } = page
  return html`<section class="keeping" aria-labelledby="keeping-title">
    <h3 id="keeping-title">Kept in this browser</h3>
    <p>${page.storage?.state === 'memory' ? 'These runs are only in memory: they are gone when the page is left.' : library.storage === undefined ? 'The browser does not say how much room there is.' : `${bytesText(library.storage.used)} used of ${bytesText(library.storage.room)} that the browser allows.`}
      ${lastingWords(page, shelf)}</p>
    <div class="acts">
      <button ?disabled=${library.busy !== undefined} @click=${() => withFiles(page, (code) => code.backUp(page))}>Back up all as one file</button>
      <label class="file button">Restore a backup <input type="file" accept=".jsonl,.json,.txt" @change=${(event: Event) => take(page, event)} /></label>
      <label class="file button">Import a run (.jsonl), or trajectories <input type="file" accept=".jsonl,.json,.txt,.log" multiple @change=${(event: Event) => take(page, event)} /></label>
    </div>
    ${shelf.discarded.length === 0 ? '' : bin(page, shelf)}
  </section>`
}

function lastingWords(page: PageState, shelf: Shelf): TemplateResult | string {
  if (shelf.lasting === undefined || page.storage?.state === 'memory') return ''
  if (shelf.lasting) return 'The browser has agreed to keep it until you delete it.'
  return html`The browser may clear it when the disk runs short.
    <button @click=${() => shelf.askToKeep()}>Ask it to keep everything</button>`
}

/** A backup or runs: what each file is is seen from what is in it. */
function take(page: PageState, event: Event): void {
  const input = event.target as HTMLInputElement
  const brought = [...(input.files ?? [])]
  void withFiles(page, (code, wish) => code.takeFiles(page, brought, wish, 'stay'))
  input.value = ''
}

function bin(page: PageState, shelf: Shelf): TemplateResult {
  const ids = shelf.discarded.map(({ id }) => id)
  return html`<details class="bin">
    <summary>Deleted: ${plural(ids.length, 'run')}</summary>
    <p class="soft">Each stays for a day, also when the page is closed, and takes room until then.</p>
    <div class="acts">
      <button @click=${() => putBack(page, ids)}>Put all back</button>
      <button class="danger" @click=${() => shelf.purge(ids)}>Delete all for good</button>
    </div>
    <ul>${shelf.discarded.map(
      ({ id, name, discardedAtMs }) => html`<li>
        <span>${name} <small>deleted ${momentText(discardedAtMs)}</small></span>
        <button aria-label="Put ${name} back" @click=${() => putBack(page, [id])}>Put back</button>
      </li>`,
    )}</ul>
  </details>`
}
