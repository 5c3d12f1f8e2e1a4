/** The small drawings on a candidate: its rollouts as a strip of marks, and its reward on a meter with the bar it had to beat. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import type { CandidateState } from '../core/fold-task.ts'
import { layoutMarks } from './path-layout.ts'

const WIDTH = 184
const MARK_HEIGHT = 16

/** m marks, filled from below by outcome: a full box is 1, an empty one 0, a dashed one is still to come. */
export function rolloutMarks(
  { proposed, rollouts }: CandidateState,
  m: number,
  width: number,
): TemplateResult | typeof nothing {
  if (proposed.done) return nothing
  const { pitch, thickness } = layoutMarks(m, width)
  const boxed = thickness >= 4
  return html`<svg class="marks" width=${Math.ceil(pitch * m)} height=${MARK_HEIGHT} aria-hidden="true">
    ${Array.from({ length: m }, (_, index) => {
      const rollout = rollouts[index]
      const height = (rollout?.reward ?? 0) * (MARK_HEIGHT - 2)
      const x = index * pitch + 0.5
      return svg`${boxed ? svg`<rect class=${rollout === undefined ? 'box coming' : 'box'} x=${x} y="0.5" width=${thickness} height=${MARK_HEIGHT - 1} rx="1" />` : nothing}
        ${rollout === undefined ? nothing : svg`<rect class="fill" x=${x + (boxed ? 0.5 : 0)} y=${MARK_HEIGHT - 1 - height} width=${thickness - (boxed ? 1 : 0)} height=${height} />`}
        ${rollout !== undefined && !boxed ? svg`<rect class="foot" x=${x} y=${MARK_HEIGHT - 1} width=${thickness} height="1" />` : nothing}`
    })}
  </svg>`
}

/** 0 to 1 across; filled to the reward, a whisker of one standard error, the bar as an upright line. */
export function rewardMeter({ scored, proposed }: CandidateState, bar: number): TemplateResult {
  const reward = scored?.reward ?? (proposed.done ? (proposed.outcome ?? 0) : undefined)
  const error = scored?.standardError ?? 0
  const at = (value: number): number => 1 + Math.min(1, Math.max(0, value)) * (WIDTH - 2)
  return html`<svg class="meter" width=${WIDTH} height="14" aria-hidden="true">
    <rect class="track" x="0.5" y="4.5" width=${WIDTH - 1} height="6" rx="1" />
    ${reward === undefined ? nothing : svg`<rect class="fill ${scored?.rises ? 'rises' : ''}" x="1" y="5" width=${Math.max(0, at(reward) - 1)} height="5" />`}
    ${reward === undefined || error === 0 ? nothing : whisker(at(reward - error), at(reward + error))}
    <path class="bar" d=${`M${at(bar)} 0V14`} />
  </svg>`
}

function whisker(from: number, to: number): SVGTemplateResult {
  return svg`<path class="whisker" d=${`M${from} 7.500H${to}M${from} 5V10M${to} 5V10`} />`
}
