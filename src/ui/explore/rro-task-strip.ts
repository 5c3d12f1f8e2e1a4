/** All tasks of the run as one strip of marks; one slider for keys, a click for pointers. */
import { html, svg } from 'lit'
import { PageElement } from '../parts/page-element.ts'
import type { Change } from '../state/changes.ts'
import { drawn } from '../state/frames.ts'
import { GrowingStrip, type StripLayout, taskAtX, taskSentence } from './strip-layout.ts'

const HEIGHT = 22
/** Of the marks; the place of the task shown lies under them. */
const ROOM = HEIGHT - 6

export class RroTaskStrip extends PageElement {
  /** 0 until it has been measured. */
  #width = 0
  #strip: GrowingStrip | undefined
  #layout: StripLayout | undefined
  #madeFrom: readonly unknown[] = []
  #hovered: number | undefined
  readonly #sizes = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0)
    if (width > 0 && width !== this.#width) {
      this.#width = width
      void drawn().then(() => this.requestUpdate()) // hundreds of marks are a frame's work
    }
  })

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'progress'
  }

  override firstUpdated(): void {
    const strip = this.querySelector('.strip')
    if (strip !== null) this.#sizes.observe(strip)
  }

  override render(): unknown {
    const { explorer } = this.page
    const { task } = explorer.playhead
    const layout = this.#layoutNow()
    const told = this.#hovered ?? task
    const sentence = explorer.totalTasks === 0 ? '' : taskSentence(told, explorer.tasks[told])
    const zero = ROOM / (1 - layout.least)
    const here = layout.marks[Math.floor(task / layout.tasksPerMark)]
    return html`<div
        class="strip" role="slider" tabindex="0" aria-label="Task of the run"
        aria-valuemin="1" aria-valuemax=${Math.max(1, explorer.knownTasks)} aria-valuenow=${task + 1}
        aria-valuetext=${taskSentence(task, explorer.tasks[task])}
        @click=${this.#clicked} @keydown=${this.#pressed} @pointermove=${this.#moved} @pointerleave=${this.#left}>
        <svg width=${this.#width} height=${HEIGHT} aria-hidden="true">
          ${(this.#width === 0 ? [] : layout.marks).map((mark) => {
            const reward = mark.reward ?? 0
            const height = Math.max(2, (Math.abs(reward) * ROOM) / (1 - layout.least))
            const y = reward < 0 ? zero : zero - height
            return svg`<rect class="slot" x=${mark.x} y="0" width=${mark.width} height=${ROOM} />
              ${mark.reward === undefined ? '' : svg`<rect class="fill" x=${mark.x} y=${y} width=${mark.width} height=${height} fill-opacity=${0.45 + 0.55 * Math.abs(reward)} />`}`
          })}
          ${here === undefined ? '' : svg`<rect class="here" x=${here.x} y=${HEIGHT - 4} width=${here.width} height="3" />`}
        </svg>
      </div>
      <p class="told soft">${sentence}</p>`
  }

  /** Laid out anew only for another run or width: a run may have a million tasks. */
  #layoutNow(): StripLayout {
    const { tasks, totalTasks } = this.page.explorer
    const made = [tasks, totalTasks, this.#width] as const
    if (this.#strip === undefined || made.some((part, index) => part !== this.#madeFrom[index])) {
      this.#strip = new GrowingStrip(tasks, totalTasks, Math.max(1, this.#width))
      this.#madeFrom = made
    }
    this.#layout = this.#strip.layout
    return this.#layout
  }

  #clicked(event: MouseEvent): void {
    const task = this.#taskAt(event)
    if (task !== undefined) this.#open(task)
  }

  #moved(event: MouseEvent): void {
    const task = this.#taskAt(event)
    if (task === this.#hovered) return
    this.#hovered = task
    this.requestUpdate()
  }

  #left(): void {
    this.#hovered = undefined
    this.requestUpdate()
  }

  #taskAt(event: MouseEvent): number | undefined {
    const strip = this.querySelector('.strip')
    if (this.#layout === undefined || strip === null || this.page.explorer.knownTasks === 0) return undefined
    return taskAtX(this.#layout, event.clientX - strip.getBoundingClientRect().left, this.page.explorer.knownTasks)
  }

  #pressed(event: KeyboardEvent): void {
    const { task } = this.page.explorer.playhead
    const last = this.page.explorer.knownTasks - 1
    const to = {
      ...{ ArrowLeft: task - 1, ArrowDown: task - 1, ArrowRight: task + 1, ArrowUp: task + 1 },
      ...{ PageDown: task - 10, PageUp: task + 10, Home: 0, End: last },
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    this.#open(Math.max(0, Math.min(last, to)))
  }

  #open(task: number): void {
    this.page.takeInHand(() => void this.page.explorer.openTask(task, Number.POSITIVE_INFINITY))
  }
}

customElements.define('rro-task-strip', RroTaskStrip)
