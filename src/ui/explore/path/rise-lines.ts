/** The lines of the path, over its cards: how much each step rises, and on to the next. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import { riseLabel } from '../verdict/rise-words.ts'
import type { PathLayout } from './path-layout.ts'

export function riseLines({ width, height, lines }: PathLayout): TemplateResult {
  return html`<svg class="lines" width=${width} height=${height} aria-hidden="true">
    ${lines.map(
      ({ from, to, next, rise }) => svg`
        ${next && svg`<path class="onward" d=${`M${to[0]} ${to[1]}C${to[0] + 12} ${to[1]} ${next[0] - 12} ${next[1]} ${next[0]} ${next[1]}`} />`}
        ${rise === undefined ? nothing : riseLine(from, to, rise)}`,
    )}
  </svg>`
}

function riseLine(from: readonly [number, number], to: readonly [number, number], rise: number): SVGTemplateResult {
  return svg`<path class="rise" d=${`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
    <circle class="rise-end" cx=${to[0]} cy=${to[1]} r="3" />
    <text x=${from[0] + 16} y=${Math.min(from[1], to[1]) - 8}>${riseLabel(rise)}</text>`
}
