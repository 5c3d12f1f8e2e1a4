/** The comparisons that are kept: each can be opened, and deleted after a question. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ComparisonInfo } from '../../../worker/protocol/lab-api.ts'
import type { PageElement } from '../../parts/page-element.ts'
import { countText, plural } from '../../words/format.ts'
import { momentText } from '../../words/sizes-and-times.ts'
import { comparerOf } from '../comparer.ts'

/** @returns draws the list, in an element of the page */
export function earlierComparisons(form: PageElement): () => TemplateResult {
  let removing: string | undefined

  function ask(id: string | undefined): void {
    removing = id
    form.requestUpdate()
  }

  function remove(info: ComparisonInfo): void {
    removing = undefined
    void comparerOf(form.page).remove(info)
  }

  function entry(info: ComparisonInfo, isOpen: boolean): TemplateResult {
    const comparer = comparerOf(form.page)
    return html`<li>
      <span class="grow">${info.name}${isOpen ? html` <small>open</small>` : nothing}<br /><small>${countText(info.cells)} of ${plural(info.total, 'cell')}, ${momentText(info.createdAtMs)}</small></span>
      ${
        removing === info.id
          ? html`<button type="button" class="danger" @click=${() => remove(info)}>Delete for good</button><button type="button" @click=${() => ask(undefined)}>Keep</button>`
          : html`<button type="button" ?disabled=${isOpen || comparer.busy} @click=${() => comparer.open(info)}>Open<span class="hidden"> ${info.name}</span></button>
            <button type="button" @click=${() => ask(info.id)}>Delete<span class="hidden"> ${info.name}</span></button>`
      }
    </li>`
  }

  return () => {
    const { earlier, progress } = comparerOf(form.page)
    return html`<details class="earlier" ?open=${earlier.length > 0 && progress === undefined}>
      <summary>Earlier comparisons (${earlier.length})</summary>
      ${earlier.length === 0 ? html`<p class="soft about">What is compared is kept here, cell by cell.</p>` : html`<ul>${earlier.map((info) => entry(info, info.id === progress?.info.id))}</ul>`}
    </details>`
  }
}
