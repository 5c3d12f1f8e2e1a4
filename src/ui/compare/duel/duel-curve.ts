/** Reward so far against policy calls, both sides as stairs up to the playhead. */
import { html, svg, type TemplateResult } from 'lit'
import type { Arm } from '../../../core/comparison/comparison.ts'
import type { Least } from '../../explore/path/reward-axis.ts'
import { onAxis } from '../../explore/path/reward-axis.ts'
import { rewardText, termText } from '../../words/format.ts'
import { type Side, totalCalls } from './budget.ts'
import { sideColour } from './side-colour.ts'

const HEIGHT = 96
const TOP = 12
const BOTTOM = 6

/** The stairs of a side up to a budget, in units of calls and pixels from the top. */
export function stairs({ rewards }: Side, budget: number, y: (reward: number) => number): string {
  const reached = rewards.filter(({ calls }) => calls <= budget)
  const [first] = reached
  if (first === undefined) return ''
  const path = reached.slice(1).map(({ calls, reward }) => `H${calls}V${y(reward)}`)
  return `M${first.calls} ${y(first.reward)}${path.join('')}H${budget}`
}

/** @param arms those of the sides, for their signs */
export function duelCurve(
  sides: readonly Side[],
  arms: readonly (Arm | undefined)[],
  names: readonly string[],
  budget: number,
  least: Least,
): TemplateResult {
  const total = Math.max(1, ...sides.map(totalCalls))
  const y = (reward: number): number =>
    Math.round((TOP + (1 - onAxis(reward, least)) * (HEIGHT - TOP - BOTTOM)) * 10) / 10
  const words = sides.map((side, i) => {
    const last = side.rewards.findLast(({ calls }) => calls <= budget)
    return `${names[i]}: ${last === undefined ? 'no step yet' : rewardText(last.reward)}`
  })
  return html`<div class="duel-curve" role="img" aria-label=${`Reward so far after ${budget} policy calls. ${words.join('; ')}.`}>
    <svg viewBox="0 0 ${total} ${HEIGHT}" height=${HEIGHT} width="100%" preserveAspectRatio="none" aria-hidden="true">
      ${[least, (least + 1) / 2, 1].map((value) => svg`<path class="grid" d=${`M0 ${y(value)}H${total}`} />`)}
      ${sides.map((side) => svg`<path class="end" d=${`M${totalCalls(side)} 0V${HEIGHT}`} />`)}
      ${sides.map((side, i) => svg`<path class="stairs" .style=${`stroke:${sideColour(arms[i])}`} stroke-dasharray=${i === 0 ? '' : '7 3'} d=${stairs(side, Math.min(budget, totalCalls(side)), y)} />`)}
      <path class="now" d=${`M${budget} 0V${HEIGHT}`} />
    </svg>
    ${[least, 1].map((value) => html`<span class="scale" .style=${`top:${y(value) - 8}px`}>${termText(value)}</span>`)}
  </div>`
}
