/** The base of the page's dialogs: native `<dialog>`, open while the page says so; the focus goes back by itself. */
import { html, nothing } from 'lit'
import type { DialogName } from '../state/view.ts'
import { icon } from './icons.ts'
import { PageElement } from './page-element.ts'
import './rro-notices.ts'

export abstract class PageDialog extends PageElement {
  abstract readonly dialogName: DialogName
  abstract readonly heading: string

  /** Rendered only while the dialog is open. */
  abstract content(): unknown

  get shown(): boolean {
    return this.page.view.dialog === this.dialogName
  }

  override render(): unknown {
    const id = `dialog-${this.dialogName}`
    return html`<dialog aria-labelledby=${id} @close=${this.#closed} @click=${this.#pressedOutside}>
      ${
        this.shown
          ? html`<div class="dialog">
            <header>
              <h2 id=${id}>${this.heading}</h2>
              <button class="square" aria-label="Close" @click=${() => this.querySelector('dialog')?.close()}>${icon('close')}</button>
            </header>
            ${this.content()}
            <rro-notices .page=${this.page}></rro-notices>
          </div>`
          : nothing
      }
    </dialog>`
  }

  override updated(): void {
    const dialog = this.querySelector('dialog')
    if (dialog === null) return
    if (this.shown && !dialog.open) {
      dialog.showModal()
      this.openedNow(dialog)
    } else if (!this.shown && dialog.open) dialog.close()
  }

  /** Once, each time it opens. */
  openedNow(_dialog: HTMLDialogElement): void {}

  #closed(): void {
    if (this.shown) this.page.view.show(undefined)
  }

  #pressedOutside(event: Event): void {
    if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close()
  }
}
