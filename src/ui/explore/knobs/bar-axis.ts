/**
 * All candidates of a step on one axis of rewards, each with its standard error, and the bar as a line that can be moved: a
 * native slider lies over the axis, so that pointer, touch, keyboard and screen reader move it alike.
 */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { processReward } from '../../../core/exploration/process-reward.ts'
import type { Redecision } from '../../../core/exploration/redecide.ts'
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { enteredIn } from '../../parts/fields.ts'
import { estimateText, rewardText, termText } from '../../words/format.ts'
import { type Least, onAxis } from '../path/reward-axis.ts'

export interface BarAxis {
  readonly anew: Redecision
  /** The candidates as far as they are drawn. */
  readonly drawn: readonly CandidateState[]
  /** Where it was recorded: it stands there, faintly, while the new one is unknown. */
  readonly recorded: number
  /** m. */
  readonly rollouts: number
  readonly least: Least
  readonly margin: number
  /** The step's own, where the bar stands elsewhere. */
  readonly own: number | undefined
  /** What the step comes to, for whoever hears the slider. */
  readonly outcome: string
  readonly move: (bar: number) => void
}

const ROW = 20

export function barAxis(axis: BarAxis): TemplateResult {
  const { anew, drawn, recorded, rollouts, least, margin, own, outcome, move } = axis
  const { bar, candidates } = anew
  const height = ROW * candidates.length
  const at = (reward: number): string => `${100 * onAxis(reward, least)}%`
  const upright = (reward: number, kind: string) =>
    svg`<line class=${kind} x1=${at(reward)} x2=${at(reward)} y1="0" y2=${height} />`
  const marks = candidates.map(({ number, value, rises, wanted }) => {
    const soFar = (drawn[number - 1]?.rollouts ?? []).map(({ reward }) => reward)
    const estimate = value ?? (soFar.length > 0 ? processReward(soFar) : undefined)
    const faint = wanted === false || value === undefined
    const text = estimate === undefined ? '?' : estimateText(estimate.mean, estimate.standardError)
    const words = value === undefined ? `${text}, ${soFar.length} of ${rollouts}` : text
    return { number, estimate, rises, faint: faint ? 'faint' : '', words }
  })
  const rows = marks.map(({ number, estimate, rises, faint }) => {
    if (estimate === undefined) return nothing
    const y = (number - 0.5) * ROW
    const { mean } = estimate
    const error = estimate.standardError ?? 0
    return svg`<g class="${rises ? 'rises' : 'falls'} ${faint}">
      <line class="error" x1=${at(mean - error)} x2=${at(mean + error)} y1=${y} y2=${y} />
      <circle cx=${at(mean)} cy=${y} r="4.5" />
    </g>`
  })
  const names = marks.map(
    ({ number, words, faint }) => html`<li class=${faint}><b>${number}</b> <span>${words}</span></li>`,
  )
  return html`<div class="bar-axis">
    <ol aria-label="Candidates, with the process reward of each">${names}</ol>
    <div class="plot">
      <svg height=${height} aria-hidden="true">
        ${own === undefined ? nothing : upright(own, 'own')}
        ${bar === undefined || margin === 0 ? nothing : upright(bar + margin, 'needed')} ${rows}
      </svg>
      <input type="range" class="bar ${bar === undefined ? 'faint' : ''}" aria-label="Bar" min=${least} max="1" step="0.01"
        .value=${String(bar ?? recorded)} aria-valuetext="${bar === undefined ? 'unknown' : rewardText(bar)}. ${outcome}"
        @input=${(event: Event) => move(Number(enteredIn(event)))} />
    </div>
    <p class="ends" aria-hidden="true"><span>${termText(least)}</span><span>process reward</span><span>1</span></p>
  </div>`
}
