/** How the training of a small language model goes: its loss by tokens, and what it writes meanwhile. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Learning } from '../../worker/protocol/lab-api.ts'
import { countText } from '../words/format.ts'
import { computedLine } from './computed-words.ts'

const WIDTH = 320
const HEIGHT = 96
const PLOT = { left: 34, right: 8, top: 8, bottom: 18 }

type Points = readonly (readonly [number, number])[]

export function learningPicture({ tokens, of, losses, legal, firstLegal, computed }: Learning): TemplateResult {
  const last = losses.at(-1)?.[1]
  const first = losses[0]?.[1]
  const known = legal.at(-1)?.[1]
  const fallen =
    first === undefined || last === undefined ? '' : `Loss ${first.toFixed(2)} at first, ${last.toFixed(2)} now`
  const line = computed === undefined ? '' : computedLine(computed)
  return html`<figure class="learning">
    ${losses.length > 1 ? picture(losses, legal, of) : nothing}
    <figcaption>
      ${fallen}${fallen === '' ? '' : ', '}${countText(tokens)} of ${countText(of)} tokens.
      ${known === undefined ? nothing : html`Of its first actions on a few train tasks, ${Math.round(100 * known)} % are actions.`}
      ${firstLegal === undefined ? (legal.length > 0 ? 'None so far.' : nothing) : html`The first came after ${countText(firstLegal.tokens)} tokens: <code>${firstLegal.action}</code>`}
      ${line === '' ? nothing : html`<br />${line}`}
    </figcaption>
  </figure>`
}

function picture(losses: Points, legal: Points, of: number): TemplateResult {
  const top = Math.max(...losses.map(([, loss]) => loss), 1e-9)
  const x = (tokens: number): number => PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * tokens) / Math.max(1, of)
  const y = (share: number): number => HEIGHT - PLOT.bottom - (HEIGHT - PLOT.top - PLOT.bottom) * share
  const line = (points: Points, scale: number): string =>
    points
      .map(([tokens, value], i) => `${i === 0 ? 'M' : 'L'}${x(tokens).toFixed(1)} ${y(value / scale).toFixed(1)}`)
      .join('')
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Loss by tokens${legal.length > 0 ? ', and the share of actions' : ''}">
    ${[0, 1].map((share) => svg`<path class="grid" d=${`M${PLOT.left} ${y(share)}H${WIDTH - PLOT.right}`} /><text class="scale" x=${PLOT.left - 4} y=${y(share) + 4} text-anchor="end">${share === 0 ? '0' : top.toFixed(1)}</text>`)}
    <text class="scale" x=${PLOT.left} y=${HEIGHT - 4}>0</text><text class="scale" x=${WIDTH - PLOT.right} y=${HEIGHT - 4} text-anchor="end">${countText(of)} tokens</text>
    <path class="loss" d=${line(losses, top)} />
    ${legal.length > 1 ? svg`<path class="legal" d=${line(legal, 1)} />` : nothing}
  </svg>
  <p class="soft legend"><span class="loss">loss</span>${legal.length > 1 ? html` <span class="legal">share of actions, 0 to 1</span>` : nothing}</p>`
}
