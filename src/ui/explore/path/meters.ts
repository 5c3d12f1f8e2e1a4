/** The small drawings on a candidate: its rollouts as a strip of marks, and its reward on a meter with the bar it had to beat. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { layoutMarks } from './path-layout.ts'
import { type Least, onAxis } from './reward-axis.ts'

const WIDTH = 184
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
  return html`<svg class="marks" width=${Math.ceil(pitch * m)} height=${MARK_HEIGHT} aria-hidden="true">
    ${Array.from({ length: m }, (_, index) => {
      const rollout = rollouts[index]
      const reward = rollout?.reward ?? 0
      const y = (value: number): number => MARK_HEIGHT - 1 - onAxis(value, least) * (MARK_HEIGHT - 2)
      const height = y(Math.min(0, reward)) - y(Math.max(0, reward))
      const x = index * pitch + 0.5
      return svg`${boxed ? svg`<rect class=${rollout === undefined ? 'box coming' : 'box'} x=${x} y="0.5" width=${thickness} height=${MARK_HEIGHT - 1} rx="1" />` : nothing}
        ${rollout === undefined ? nothing : svg`<rect class="fill" x=${x + (boxed ? 0.5 : 0)} y=${y(Math.max(0, reward))} width=${thickness - (boxed ? 1 : 0)} height=${height} />`}
        ${rollout !== undefined && (least < 0 || !boxed) ? svg`<rect class="foot" x=${x} y=${y(0)} width=${thickness} height="1" />` : nothing}`
    })}
  </svg>`
}

/**
 * The axis across; filled from 0 to the reward, a whisker of one standard error, the bar as an upright line. What only
 * earlier rollouts say is an outline.
 */
export function rewardMeter({ scored, proposed }: CandidateState, bar: number, least: Least): TemplateResult {
  const reward = scored?.reward ?? (proposed.done ? (proposed.outcome ?? 0) : undefined)
  const seen = reward === undefined ? proposed.recycled?.reward : undefined
  const error = scored?.standardError ?? 0
  const at = (value: number): number => 1 + onAxis(value, least) * (WIDTH - 2)
  return html`<svg class="meter" width=${WIDTH} height="14" aria-hidden="true">
    <rect class="track" x="0.5" y="4.5" width=${WIDTH - 1} height="6" rx="1" />
    ${reward === undefined ? nothing : svg`<rect class="fill ${scored?.rises ? 'rises' : ''}" x=${at(Math.min(0, reward))} y="5" width=${at(Math.max(0, reward)) - at(Math.min(0, reward))} height="5" />`}
    ${seen === undefined ? nothing : svg`<rect class="seen" x=${at(Math.min(0, seen))} y="5.500" width=${at(Math.max(0, seen)) - at(Math.min(0, seen))} height="4" />`}
    ${least < 0 ? svg`<path class="zero" d=${`M${at(0)} 4V11`} />` : nothing}
    ${reward === undefined || error === 0 ? nothing : whisker(at(reward - error), at(reward + error))}
    <path class="bar" d=${`M${at(bar)} 0V14`} />
  </svg>`
}

function whisker(from: number, to: number): SVGTemplateResult {
  return svg`<path class="whisker" d=${`M${from} 7.500H${to}M${from} 5V10M${to} 5V10`} />`
}
