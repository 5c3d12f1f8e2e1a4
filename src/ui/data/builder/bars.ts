/** A histogram: bars with the counts on them, and the same as a table for whoever does not see them. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Bin } from '../../../worker/protocol/lab-api.ts'
import { countText } from '../../words/format.ts'

const WIDTH = 320
const HEIGHT = 96
const BASE = 80

/**
 * @param numberText an edge of a bin
 * @param mark where a line stands, with its word; left out where it lies beyond the bars
 */
export function bars(
  title: string,
  bins: readonly Bin[],
  numberText: (value: number) => string,
  mark?: { readonly at: number; readonly word: string },
): TemplateResult {
  const [first, last] = [bins[0], bins.at(-1)]
  if (first === undefined || last === undefined) return html``
  const most = Math.max(...bins.map(({ count }) => count))
  const width = WIDTH / bins.length
  const x = (value: number): number => ((value - first.from) / (last.to - first.from)) * WIDTH
  const marked = mark !== undefined && mark.at > first.from && mark.at < last.to ? mark : undefined
  return html`<figure class="bars">
    <figcaption>${title}${marked && html` <span class="soft">┆ ${marked.word}</span>`}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      ${bins.map(({ count }, i) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * (BASE - 14))
        return svg`<g>
          <rect x=${i * width + 1} y=${BASE - height} width=${width - 2} height=${height}></rect>
          ${count === 0 ? nothing : svg`<text x=${(i + 0.5) * width} y=${BASE - height - 3} text-anchor="middle">${countText(count)}</text>`}
        </g>`
      })}
      <path d="M0 ${BASE}H${WIDTH}"></path>
      ${marked && svg`<path class="mark" d="M${x(marked.at)} 0V${BASE}"></path>`}
      <text y=${HEIGHT - 3}>${numberText(first.from)}</text>
      <text x=${WIDTH} y=${HEIGHT - 3} text-anchor="end">${numberText(last.to)}</text>
    </svg>
    <table class="hidden">
      <caption>${title}</caption>
      <tbody>${bins.map(({ from, to, count }) => html`<tr><th scope="row">${numberText(from)} to ${numberText(to)}</th><td>${countText(count)}</td></tr>`)}</tbody>
    </table>
  </figure>`
}
