/** Downloads the open run in each format. */
import { html } from 'lit'
import { EXPORT_FORMATS, type ExportFormat } from '../../worker/protocol/lab-api.ts'
import { PageElement } from '../parts/page-element.ts'
import { EXPORT_WORDS } from '../state/library.ts'
import { plural } from '../words/format.ts'

export class RroExportMenu extends PageElement {
  override render(): unknown {
    const { page } = this
    const info = page.explorer.progress?.info
    const lines: Record<ExportFormat, string> = {
      'trl-dpo': plural(info?.pairs ?? 0, 'pair'),
      run: plural(info?.events ?? 0, 'event'),
    }
    const busy = page.library.busy !== undefined
    return html`<details class="menu right" .open=${page.exporting} @toggle=${this.#toggled}>
      <summary>Export</summary>
      <div class="sheet" aria-busy=${busy}>
        ${
          info === undefined
            ? html`<p>There is no run to export yet.</p>`
            : EXPORT_FORMATS.map(
                (
                  format,
                ) => html`<button class="wide" ?disabled=${busy} @click=${() => page.withFiles((files) => files.exportRun(page, info.id, format))}>
                  <b>${EXPORT_WORDS[format].label}</b>
                  <span class="soft">${lines[format]}. ${EXPORT_WORDS[format].explanation}</span>
                </button>`,
              )
        }
        ${busy ? html`<p role="status">${page.library.busy}…</p>` : ''}
      </div>
    </details>`
  }

  #toggled(event: Event): void {
    const menu = event.target as HTMLDetailsElement
    if (this.page.exporting !== menu.open) this.page.toggleExport()
    if (menu.open && !menu.contains(document.activeElement)) menu.querySelector('button')?.focus()
  }
}

customElements.define('rro-export-menu', RroExportMenu)
