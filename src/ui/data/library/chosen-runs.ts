/** How many runs are found, in which order they stand, and what is done to all that are selected. */
import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import type { PageState } from '../../state/page-state.ts'
import { countText, plural } from '../../words/format.ts'
import { discardRuns } from '../run-actions.ts'
import { SORT_WORDS, type Sort } from './found.ts'
import type { Shelf } from './shelf.ts'

export function chosenRuns(page: PageState, shelf: Shelf, shown: readonly RunInfo[]): TemplateResult {
  const own = shown.filter(({ origin }) => origin !== 'shipped')
  const all = own.length > 0 && own.every(({ id }) => shelf.selected.has(id))
  const { chosen } = shelf
  const none = chosen.length === 0
  return html`<div class="chosen-runs" role="group" aria-label="Selected runs">
    <label><input type="checkbox" ?disabled=${own.length === 0} .checked=${live(all)} @change=${() => shelf.select(own, !all)} /> All that are shown</label>
    <span class="soft" role="status">${plural(shown.length, 'run')} of ${countText(page.library.runs.length)}${none ? '' : `, ${countText(chosen.length)} selected`}</span>
    ${none ? '' : forAll(page, shelf, chosen)}
    <label class="order"><span class="hidden">Order</span>
      <select @change=${(event: Event) => shelf.order((event.target as HTMLSelectElement).value as Sort)}>
        ${Object.entries(SORT_WORDS).map(([value, words]) => html`<option value=${value} .selected=${value === shelf.sort}>${words}</option>`)}
      </select></label>
  </div>`
}

function forAll(page: PageState, shelf: Shelf, chosen: readonly RunInfo[]): TemplateResult {
  const pinned = chosen.every(({ labels }) => labels?.pinned === true)
  const tagged = (event: Event): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const tag = String(new FormData(form).get('tag'))
    if (tag.trim() !== '') void shelf.label(chosen, { tag })
    form.reset()
  }
  return html`<form @submit=${tagged}><input name="tag" aria-label="Tag for the selected runs" placeholder="Tag" maxlength="40" /> <button>Add tag</button></form>
    <button @click=${() => shelf.label(chosen, { pinned: !pinned })}>${pinned ? 'Unpin' : 'Pin'}</button>
    <button class="danger" @click=${() => discardRuns(page, chosen)}>Delete ${plural(chosen.length, 'run')}</button>
    <button @click=${() => shelf.select(chosen, false)}>Select none</button>`
}
