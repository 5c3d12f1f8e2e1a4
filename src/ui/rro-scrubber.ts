/** The events of the task on one line, their phases as steps of different height and tone, and the playhead on them. */
import { html, type SVGTemplateResult, svg } from 'lit'
import { PHASES, type Phase, phaseOf, type RunEvent } from '../core/events.ts'
import { DeskElement } from './desk-element.ts'
import { phaseSpans } from './playhead.ts'

/** Of the scrubber's height, so that colour is not the only sign. */
const HEIGHTS: Record<Phase, number> = { propose: 4, 'roll out': 7, compare: 10, choose: 14 }
const TOP = 14

export class RroScrubber extends DeskElement {
  #events: readonly RunEvent[] | undefined
  #spans: readonly SVGTemplateResult[] = []

  override render(): unknown {
    const { explorer } = this.desk
    const { events } = explorer
    const { count } = explorer.playhead
    const total = Math.max(1, events.length)
    if (events !== this.#events) {
      this.#events = events
      this.#spans = phaseSpans(events).map(
        ({ phase, from, to }) =>
          svg`<rect class=${className(phase)} x=${from} y=${TOP - HEIGHTS[phase]} width=${to - from} height=${HEIGHTS[phase]} />`,
      )
    }
    const event = events[count - 1]
    const phase = event === undefined ? undefined : phaseOf(event)
    const words =
      event === undefined
        ? 'before the first event'
        : `event ${count} of ${events.length}, ${phase ?? event.type.replace('-', ' ')}`
    return html`<div class="scrubber">
      <div class="line">
        <svg viewBox="0 0 ${total} ${TOP}" preserveAspectRatio="none" aria-hidden="true">${this.#spans}</svg>
        <input type="range" min=${Math.min(1, events.length)} max=${total} step="1" aria-label="Events of the task" aria-valuetext=${words}
          .value=${String(count)} ?disabled=${events.length < 2} @input=${this.#scrubbed} />
      </div>
      <p class="place">${words}</p>
      <ul class="legend" aria-label="Phases">
        ${PHASES.map(
          (name) => html`<li class=${name === phase ? 'now' : ''}>
            <svg width="9" height=${TOP} aria-hidden="true"><rect class=${className(name)} y=${TOP - HEIGHTS[name]} width="9" height=${HEIGHTS[name]} /></svg>${name}
          </li>`,
        )}
      </ul>
    </div>`
  }

  #scrubbed(event: Event): void {
    const count = Number((event.target as HTMLInputElement).value)
    this.desk.takeInHand(() => this.desk.explorer.moveTo(count))
  }
}

function className(phase: Phase): string {
  return `phase-${phase.replace(' ', '-')}`
}

customElements.define('rro-scrubber', RroScrubber)
