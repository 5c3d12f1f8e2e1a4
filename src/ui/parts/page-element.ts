/** The base of the page's elements: they draw into the page itself (one style sheet, labels that reach across). */
import { LitElement } from 'lit'
import type { Change } from '../state/changes.ts'
import { drawn, isTurnOf, nextFrame } from '../state/frames.ts'
import type { PageState } from '../state/page-state.ts'

export abstract class PageElement extends LitElement {
  static override properties = { page: { attribute: false } }
  declare page: PageState
  /** While the page hurries, each frame has a part of the work: how many after the path it is drawn, or in which it has its turn. */
  protected readonly framesLater: number = 0
  #stop: (() => void) | undefined
  /** Whether only how far something has come is to be drawn: at once, with what else shows it. */
  #progress = false

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
      if (!this.shows(change)) return
      this.#progress = change === 'progress' && (this.#progress || !this.isUpdatePending)
      this.requestUpdate()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override async scheduleUpdate(): Promise<void> {
    const { framesLater } = this
    const waits = (): boolean => framesLater > 0 && !this.#progress && this.page.hurries
    // What is played is little each time: with what else changes in the same frame it is one layout.
    if (waits() && this.page.player.playing && !document.hidden)
      while (waits() && !isTurnOf(framesLater, await nextFrame()));
    // A task that comes is much: each part has a turn of its own.
    else for (let frame = 0; frame < framesLater && waits(); frame++) await drawn()
    this.#progress = false
    super.scheduleUpdate()
  }
}
