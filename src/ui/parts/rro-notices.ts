/** Failures and news, over the page, in plain text. */
import { html } from 'lit'
import { undirected } from '../../core/undirected.ts'
import type { Change } from '../state/changes.ts'
import type { Notice } from '../state/notices.ts'
import { icon } from './icons.ts'
import { PageElement } from './page-element.ts'

export class RroNotices extends PageElement {
  protected override shows(change: Change): boolean {
    return change === 'anything'
  }

  override render(): unknown {
    const { notices, library } = this.page
    const failures = notices.items.filter((notice) => notice.kind === 'failure')
    const news = notices.items.filter((notice) => notice.kind === 'news')
    const line = (notice: Notice) => html`<p class="notice ${notice.kind}">
      <span>${undirected(notice.text)}<span class="acts">${notice.acts.map(({ label, act }) => html`<button @click=${() => notices.take(notice, act)}>${label}</button>`)}</span></span>
      <button class="square" aria-label="Dismiss" @click=${() => notices.dismiss(notice.id)}>${icon('close')}</button>
    </p>`
    return html`<div class="notices">
      <div role="alert">${failures.map(line)}</div>
      <div role="status">
        ${news.map(line)} ${library.busy === undefined ? '' : html`<p class="notice news"><span>${library.busy}…</span></p>`}
      </div>
    </div>`
  }
}

customElements.define('rro-notices', RroNotices)
