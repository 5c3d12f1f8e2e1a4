/** A link that the clipboard did not take: selected, to be copied by hand. */
import { html } from 'lit'
import { PageDialog } from '../parts/page-dialog.ts'

export class RroLink extends PageDialog {
  readonly dialogName = 'link'
  readonly heading = 'Link to this'

  override content(): unknown {
    return html`<p>The browser did not let the page copy it. It is selected: copy it by hand.</p>
      <p><input class="link" aria-label="Link" readonly .value=${this.page.view.link} @focus=${select} /></p>`
  }

  override openedNow(dialog: HTMLDialogElement): void {
    dialog.querySelector('input')?.focus()
  }
}

function select(event: Event): void {
  if (event.target instanceof HTMLInputElement) event.target.select()
}

customElements.define('rro-link', RroLink)
