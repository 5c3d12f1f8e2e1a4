/** What opens under "Data" and "Export". Fetched with the first of them, like all that is done with files. */
import { html, nothing, type TemplateResult } from 'lit'
import { EXPORT_FORMATS, type ExportFormat } from '../../worker/protocol/lab-api.ts'
import { word } from '../parts/word.ts'
import type { PageState } from '../state/page-state.ts'
import { DATA_FILES, DATA_WORDS } from '../words/data-words.ts'
import { EXPORT_WORDS } from '../words/export-words.ts'
import { countText, plural } from '../words/format.ts'
import { partHash } from './data-parts.ts'
import { backUp, exportOpenRun, exportRun, takeFiles, useKeptShop, useShippedData } from './files.ts'
import { keptShopLines, keptShopOf } from './kept-shop.ts'
import { readingLine, shopSearch } from './shop-search.ts'

export { backUp, exportRun, takeFiles, useShippedData }

/** The data of the next run, and how to bring other data. */
export function dataSheet(page: PageState): TemplateResult {
  const { environment } = page.settings.config
  const words = DATA_WORDS[environment]
  const data = page.library.data[environment]
  const yours = typeof data === 'object' && data.origin === 'yours'
  return html`<div class="sheet">
    ${
      typeof data !== 'object'
        ? html`<p>${data === 'failed' ? `The ${words.shipped} could not be fetched. Reload the page to try again.` : `The ${words.shipped} will be ready in a moment.`}</p>`
        : html`<p><b>${data.name}</b></p>
          <p>Tasks: ${countText(data.tasks.train)} train, ${countText(data.tasks.dev)} dev, ${countText(data.tasks.test)} test.</p>
          ${environment === 'intercode-sql' ? html`<p>Statements are read as ${word('MySQL')}, and computed by SQLite.</p>` : nothing}`
    }
    <label class="file">${words.files} <input type="file" accept=${DATA_FILES} multiple @change=${(event: Event) => takeChosen(page, event)} /></label>
    ${environment === 'webshop' ? keptShopLines(page, () => void useKeptShop(page)) : nothing}
    ${readingLine(page)}
    ${yours ? html`<button @click=${() => useShippedData(page, environment)}>Back to the ${words.shipped}</button>` : nothing}
    <p class="soft">Files stay on this computer. You can also drop them anywhere on the page.</p>
    ${environment === 'webshop' || keptShopOf(page).reading !== undefined ? shopSearch(page) : nothing}
  </div>`
}

/** The open run in each format. */
export function exportSheet(page: PageState): TemplateResult {
  const info = page.explorer.progress?.info
  const { busy } = page.library
  const lines: Record<ExportFormat, string> = {
    'trl-dpo': plural(info?.pairs ?? 0, 'pair'),
    run: plural(info?.events ?? 0, 'event'),
  }
  return html`<div class="sheet" aria-busy=${busy !== undefined}>
    ${
      info === undefined
        ? html`<p>There is no run to export yet.</p>`
        : EXPORT_FORMATS.map(
            (
              format,
            ) => html`<button class="wide" ?disabled=${busy !== undefined} @click=${() => exportOpenRun(page, format)}>
              <b>${EXPORT_WORDS[format].label}</b>
              <span class="soft">${lines[format]}. ${EXPORT_WORDS[format].explanation}</span>
            </button>`,
          )
    }
    ${
      info === undefined
        ? nothing
        : html`<a href=${page.address.within(`${partHash('build')}&run=${info.id}`)} @click=${() => page.view.toggle('exporting')}>More formats…</a>`
    }
    ${busy === undefined ? '' : html`<p role="status">${busy}…</p>`}
  </div>`
}

/** Of a field for files. */
function takeChosen(page: PageState, event: Event): void {
  const input = event.target as HTMLInputElement
  void takeFiles(page, [...(input.files ?? [])], page.intentions.wish())
  input.value = ''
}
