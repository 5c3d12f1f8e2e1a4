/** One run, closely: what it is, what can be done with it, its tags and its note. */
import { html, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import type { ListEditing } from '../../parts/list-editing.ts'
import type { PageState } from '../../state/page-state.ts'
import { bytesText } from '../../words/sizes-and-times.ts'
import { runAgain } from '../run-actions.ts'
import { runCard } from '../run-card.ts'
import type { Shelf } from './shelf.ts'

export function lookedRun(page: PageState, shelf: Shelf, run: RunInfo, editing: ListEditing<RunInfo>): TemplateResult {
  const open = async (): Promise<void> => {
    if (await page.opener.open(run.id)) page.address.go('explore')
  }
  const size = shelf.sizes.get(run.id)
  const again = html`<button title="A new run with these settings" @click=${() => runAgain(page, run)}>Same settings again</button>`
  return html`<div class="looked-card">${runCard(page, run, editing, open, again)}</div>
    ${size === undefined ? '' : html`<p class="soft">Takes ${bytesText(size)}.</p>`}
    ${run.origin === 'shipped' ? '' : keyed(run.id, labelFields(shelf, run))}`
}

/** Its fields are the run's own: what is typed for one run never stands at another. */
function labelFields(shelf: Shelf, run: RunInfo): TemplateResult {
  const tags = run.labels?.tags ?? []
  const tagged = (event: Event): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const tag = String(new FormData(form).get('tag'))
    if (tag.trim() !== '') void shelf.label([run], { tag })
    form.reset()
  }
  return html`<form class="tags" @submit=${tagged}>
      ${tags.map((tag) => html`<span class="tag">${tag} <button type="button" aria-label="Take the tag ${tag} off" @click=${() => shelf.label([run], { untag: tag })}>×</button></span> `)}
      <input name="tag" aria-label="New tag" placeholder="New tag" maxlength="40" /> <button>Add</button>
    </form>
    <label class="note">Note <textarea rows="4" maxlength="4000" .value=${run.labels?.note ?? ''} @change=${(event: Event) => shelf.label([run], { note: (event.target as HTMLTextAreaElement).value })}></textarea></label>`
}
