/**
 * A whole run on one line: across, the policy calls that it spent, on the same scale for both sides; each stretch is a
 * candidate, as high as its process reward, full where the trajectory goes on with it.
 */
import { html, type nothing, type TemplateResult } from 'lit'
import { classMap } from 'lit/directives/class-map.js'
import { type Least, onAxis } from '../../explore/path/reward-axis.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { rewardText } from '../../words/format.ts'
import type { Side } from './budget.ts'
import { type Fate, fatesOf, keyOf, type Segment, segmentsOf, stepSpans } from './segments.ts'

export interface Lane {
  readonly side: Side
  /** As a heading has it: `A: RRO (paper)`. */
  readonly name: string
  readonly colour: string
  /** Of either side: the end of the scale. */
  readonly total: number
  /** Where the playhead is. */
  readonly budget: number
  readonly least: Least
  readonly selection: Selection | undefined
  readonly pick: (picked: Selection) => void
}

export function laneOf(lane: Lane): TemplateResult {
  const { side, name, colour, total, budget } = lane
  const segments = segmentsOf(side)
  const fates = fatesOf(side)
  const taken = new Map(
    [...fates.values()].flatMap(({ step, action, continued }) => (continued ? [[step, action]] : [])),
  )
  const across = percentOf(total)
  return html`<section class="lane" aria-label=${name} .style=${`--side:${colour}`}>
    <div class="track">
      ${stepSpans(segments).map(
        ({ step, from, to }) =>
          html`<span class="of-step" .style=${`left:${across(from)};width:${across(to - from)}`}><b>${step === 0 ? 'start' : step}</b>${taken.get(step) ?? ''}</span>`,
      )}
      ${segments.map((segment) => block(lane, segment, fates.get(keyOf(segment)), across))}
      <i class="head" .style=${`left:${across(Math.min(budget, total))}`}></i>
    </div>
  </section>`
}

function block(
  { budget, least, selection, pick }: Lane,
  segment: Segment,
  fate: Fate | undefined,
  across: (calls: number) => string,
): TemplateResult | typeof nothing {
  const { step, candidate, from, to } = segment
  const place = `left:${across(from)};width:${across(to - from)}`
  const later = to > budget
  if (fate === undefined)
    return html`<span class=${classMap({ block: true, value: true, later })} .style=${place}></span>`
  const { action, reward, rises, continued, bar } = fate
  const here = selection !== undefined && isSame(selection, segment)
  const height = `height:${(100 * (reward === undefined ? 0 : onAxis(reward, least))).toFixed(1)}%`
  const words = `Step ${step}, candidate ${candidate}: ${action}, ${reward === undefined ? 'not scored' : rewardText(reward)}${rises ? ', rises' : ''}${continued ? ', goes on' : ''}`
  return html`<button type="button" class=${classMap({ block: true, continued, rises, later })} .style=${place} title=${`${words} (bar ${rewardText(bar)})`} aria-label=${words}
    aria-pressed=${here} ?disabled=${later} @click=${() => pick({ step, candidate })}><span .style=${height}></span></button>`
}

function percentOf(total: number): (calls: number) => string {
  return (calls) => `${((100 * calls) / Math.max(1, total)).toFixed(3)}%`
}
