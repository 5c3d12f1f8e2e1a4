/** The base of the page's elements: they draw into the page itself (one style sheet, labels that reach across). */
import { LitElement } from 'lit'
import type { Change } from '../state/changes.ts'
import { drawn } from '../state/frames.ts'
import type { PageState } from '../state/page-state.ts'

export abstract class PageElement extends LitElement {
  static override properties = { page: { attribute: false } }
  declare page: PageState
  /** While the page hurries, how many frames after the path it is drawn: each frame has a part of the work. */
  protected readonly framesLater: number = 0
  #stop: (() => void) | undefined

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren() // the static shell of index.html has done its work
    return this
  }

  /** Whether it shows what has changed, and is drawn anew. Few show what is seen of the world. */
  protected shows(change: Change): boolean {
    return change !== 'sight'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = this.page.changes.subscribe((change) => {
      if (this.shows(change)) this.requestUpdate()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override async scheduleUpdate(): Promise<void> {
    for (let frame = 0; frame < this.framesLater && this.page.hurries; frame++) await drawn()
    super.scheduleUpdate()
  }
}
