/** Downloads the open run in each format. */
import { html } from 'lit'
import { PageElement } from '../parts/page-element.ts'
import type { Change } from '../state/changes.ts'
import { type FilesCode, withFiles } from './with-files.ts'

export class RroExportMenu extends PageElement {
  #code: FilesCode | undefined

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'progress'
  }

  /** Who leaves shuts it, also where it is left open. */
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    if (this.page.view.exporting) this.page.view.toggle('exporting')
  }

  override render(): unknown {
    const { page } = this
    return html`<details class="menu right" .open=${page.view.exporting} @toggle=${this.#toggled}>
      <summary>Export</summary>
      ${this.#code?.exportSheet(page)}
    </details>`
  }

  #toggled(event: Event): void {
    const menu = event.target as HTMLDetailsElement
    if (!this.isConnected) return
    if (this.page.view.exporting !== menu.open) this.page.view.toggle('exporting')
    if (menu.open) void withFiles(this.page, (code) => this.#fill(menu, code))
  }

  async #fill(menu: HTMLDetailsElement, code: FilesCode): Promise<void> {
    this.#code = code
    this.requestUpdate()
    await this.updateComplete
    if (menu.open && !menu.contains(document.activeElement)) menu.querySelector('button')?.focus()
  }
}

customElements.define('rro-export-menu', RroExportMenu)
