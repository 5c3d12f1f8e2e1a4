/** The base of the page's elements: they draw into the page itself (one style sheet, labels that reach across). */
import { LitElement } from 'lit'
import type { Desk } from '../state/page-state.ts'

export abstract class DeskElement extends LitElement {
  static override properties = { desk: { attribute: false } }
  declare desk: Desk
  #stop: (() => void) | undefined

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren() // the static shell of index.html has done its work
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = this.desk.changes.subscribe(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }
}
