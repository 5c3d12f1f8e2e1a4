/** The small drawings on a candidate: its rollouts as a strip of marks, and its reward on a meter with the bar it had to beat. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { layoutMarks } from './path-layout.ts'
import { type Least, onAxis } from './reward-axis.ts'

const MARK_HEIGHT = 16

/**
 * m marks, filled from 0 by outcome: upwards to 1, an empty one is 0, a dashed one is still to come. Where rewards go
 * below 0, that lies in the middle and such outcomes hang down from it.
 */
export function rolloutMarks(
  { proposed, rollouts }: CandidateState,
  m: number,
  width: number,
  least: Least,
): TemplateResult | typeof nothing {
  if (proposed.done) return nothing
  const { pitch, thickness } = layoutMarks(m, width)
  const boxed = thickness >= 4
  const inset = boxed ? 0.5 : 0
  const y = (value: number): number => MARK_HEIGHT - 1 - onAxis(value, least) * (MARK_HEIGHT - 2)
  const x = (index: number): number => index * pitch + 0.5
  const fills = rollouts.map(({ reward }, index) => {
    const top = y(Math.max(0, reward))
    return rectangle(x(index) + inset, top, thickness - 2 * inset, y(Math.min(0, reward)) - top)
  })
  const feet = least < 0 || !boxed ? rollouts.map((_, index) => rectangle(x(index), y(0), thickness, 1)) : []
  // However many there are, those of one kind are one shape.
  return html`<svg class="marks" width=${Math.ceil(pitch * m)} height=${MARK_HEIGHT} aria-hidden="true">
    ${boxed ? Array.from({ length: m }, (_, index) => svg`<rect class=${index < rollouts.length ? 'box' : 'box coming'} x=${x(index)} y="0.5" width=${thickness} height=${MARK_HEIGHT - 1} rx="1" />`) : nothing}
    <path class="fill" d=${fills.join('')} /><path class="foot" d=${feet.join('')} />
  </svg>`
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}

/**
 * The axis across; filled from 0 to the reward, a whisker of one standard error, the bar as an upright line. What only
 * earlier rollouts say is an outline. As wide as its card, so that it is measured in hundredths.
 */
export function rewardMeter({ scored, proposed }: CandidateState, bar: number, least: Least): TemplateResult {
  const reward = scored?.reward ?? (proposed.done ? (proposed.outcome ?? 0) : undefined)
  const seen = reward === undefined ? proposed.recycled?.reward : undefined
  const error = scored?.standardError ?? 0
  const at = (value: number): number => 0.5 + onAxis(value, least) * 99
  const from0 = (kind: string, value: number): SVGTemplateResult =>
    svg`<rect class=${kind} x="${at(Math.min(0, value))}%" y="5" width="${at(Math.max(0, value)) - at(Math.min(0, value))}%" height="5" />`
  return html`<svg class="meter" width="100%" height="14" aria-hidden="true">
    <rect class="track" x="0" y="4.5" width="100%" height="6" rx="1" />
    ${reward === undefined ? nothing : from0(`fill ${scored?.rises ? 'rises' : ''}`, reward)}
    ${seen === undefined ? nothing : from0('seen', seen)}
    ${least < 0 ? upright('zero', at(0), 4, 11) : nothing}
    ${reward === undefined || error === 0 ? nothing : whisker(at(reward - error), at(reward + error))}
    ${upright('bar', at(bar), 0, 14)}
  </svg>`
}

function upright(kind: string, x: number, from: number, to: number): SVGTemplateResult {
  return svg`<line class=${kind} x1="${x}%" x2="${x}%" y1=${from} y2=${to} />`
}

function whisker(from: number, to: number): SVGTemplateResult {
  return svg`<line class="whisker" x1="${from}%" x2="${to}%" y1="7.5" y2="7.5" />${[from, to].map((end) => upright('whisker', end, 5, 10))}`
}
