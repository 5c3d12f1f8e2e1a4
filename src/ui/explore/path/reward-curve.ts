/** The reward curve under the path: the trajectory's process reward by step, each step's bar, the rejected as faint rings. */
import { html, svg, type TemplateResult } from 'lit'
import type { TaskState } from '../../../core/log/fold-task.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { rewardText, termText } from '../../words/format.ts'
import { type CurvePoint, curveY, layoutCurve } from './path-layout.ts'
import { type Least, onAxis } from './reward-axis.ts'

export function rewardCurve(
  task: TaskState,
  width: number,
  height: number,
  least: Least,
  selection: Selection,
  pick: (selection: Selection) => void,
): TemplateResult {
  const { points, bars, line } = layoutCurve(task, height, least)
  const chosen = points.filter((point) => point.kind === 'chosen')
  const words = chosen.map(({ step, reward }) => `step ${step}: ${rewardText(reward)}`).join(', ')
  return html`<div class="curve">
    <svg width=${width} height=${height} role="img" aria-label=${`Reward of the trajectory by step. ${words || 'No step is decided yet.'}`}>
      ${[least, (least + 1) / 2, 1].map((value) => svg`<path class="grid" d=${`M0 ${curveY(value, height, least)}H9999`} /><text class="scale" x="3" y=${curveY(value, height, least) - 2}>${termText(value)}</text>`)}
      ${bars.map(({ x1, x2, y }) => svg`<path class="bar" d=${`M${x1} ${y}H${x2}`} />`)}
      <polyline class="trajectory" points=${line} />
      ${inDrawingOrder(points).map((point) => dot(point, least, isSame(point, selection), pick))}
    </svg>
    <p class="caption" aria-hidden="true">reward by step: line trajectory, dashes bar, rings passed over</p>
  </div>`
}

/** The trajectory's own points lie on top. */
function inDrawingOrder(points: readonly CurvePoint[]): CurvePoint[] {
  return points.toSorted((a, b) => Number(a.kind === 'chosen') - Number(b.kind === 'chosen'))
}

function dot(point: CurvePoint, least: Least, selected: boolean, pick: (selection: Selection) => void): TemplateResult {
  const { x, y, kind, step, candidate, reward } = point
  const radius = kind === 'chosen' ? 4.5 : 4
  return svg`<circle class="dot ${kind} ${selected ? 'selected' : ''}" cx=${x} cy=${y} r=${radius} @click=${() => pick({ step, candidate })} />
    ${kind === 'chosen' ? svg`<text class="number" x=${x} y=${y + (onAxis(reward, least) < 0.2 ? -8 : 16)}>${rewardText(reward)}</text>` : ''}` as unknown as TemplateResult // an SVG fragment nests the same way
}
