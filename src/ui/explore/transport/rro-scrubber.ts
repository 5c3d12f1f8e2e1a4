/** The events of the task on one line, their phases as steps of different height and tone, and the playhead on them. */
import { html, type SVGTemplateResult } from 'lit'
import type { RunEvent } from '../../../core/log/events.ts'
import { PHASES, phaseOf } from '../../../core/log/strides.ts'
import { PageElement } from '../../parts/page-element.ts'
import type { Change } from '../../state/changes.ts'
import { phaseSpans } from '../../state/playhead.ts'
import { PHASE_HEIGHT, phaseShape } from './phase-legend.ts'

export class RroScrubber extends PageElement {
  protected override readonly framesLater = 1
  #events: readonly RunEvent[] | undefined
  #spans: readonly SVGTemplateResult[] = []

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }

  override render(): unknown {
    const { explorer } = this.page
    const { events } = explorer
    const { count } = explorer.playhead
    const total = Math.max(1, events.length)
    if (events !== this.#events) {
      this.#events = events
      const spans = phaseSpans(events)
      // Neighbours of a phase are in two shapes, so that a seam is seen between them, however narrow what lies there.
      this.#spans = PHASES.flatMap((phase) => {
        const own = spans.filter((span) => span.phase === phase)
        return [0, 1].map((odd) =>
          phaseShape(
            phase,
            own.filter((_, index) => index % 2 === odd).map(({ from, to }) => [from, to - from]),
          ),
        )
      })
    }
    const event = events[count - 1]
    const words =
      event === undefined
        ? 'before the first event'
        : `event ${count} of ${events.length}, ${phaseOf(event) ?? event.type.replace('-', ' ')}`
    return html`<div class="scrubber">
      <div class="line">
        <svg viewBox="0.5 0 ${Math.max(1, total - 1)} ${PHASE_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${this.#spans}</svg>
        <input type="range" min="1" max=${total} step="1" aria-label="Events of the task" aria-valuetext=${words}
          .value=${String(count)} ?disabled=${events.length < 2} @input=${this.#scrubbed} />
      </div>
      <p class="place" aria-hidden="true">${count} / ${events.length}</p>
    </div>`
  }

  #scrubbed(event: Event): void {
    const count = Number((event.target as HTMLInputElement).value)
    this.page.takeInHand(() => this.page.explorer.moveTo(count))
  }
}

customElements.define('rro-scrubber', RroScrubber)
