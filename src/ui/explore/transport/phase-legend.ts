/** The four phases as the scrubber and its legend draw them: steps of different height and tone. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import { PHASES, type Phase } from '../../../core/log/strides.ts'

export const PHASE_HEIGHT = 14
/** Heights, so that colour is not the only sign. */
const HEIGHTS: Record<Phase, number> = { propose: 4, 'roll out': 7, compare: 10, choose: PHASE_HEIGHT }

/** Many spans of a phase as one shape. @param spans where each begins, and how wide it is */
export function phaseShape(phase: Phase, spans: readonly (readonly [x: number, width: number])[]): SVGTemplateResult {
  const height = HEIGHTS[phase]
  const shape = spans.map(([x, width]) => `M${x} ${PHASE_HEIGHT}v${-height}h${width}v${height}z`)
  return svg`<path class=${`phase-${phase.replace(' ', '-')}`} d=${shape.join('')} />`
}

/** @param now the phase under the playhead */
export function phaseLegend(now: Phase | undefined): TemplateResult {
  return html`<ul class="legend" aria-label="Phases of a step">
    ${PHASES.map(
      (phase) => html`<li class=${phase === now ? 'now' : ''}>
        <svg width="9" height=${PHASE_HEIGHT} aria-hidden="true">${phaseShape(phase, [[0, 9]])}</svg>${phase}
      </li>`,
    )}
  </ul>`
}
