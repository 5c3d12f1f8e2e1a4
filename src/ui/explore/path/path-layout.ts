/**
 * Where everything of the rising path lies, in pixels: steps are columns from left to right, candidates are cards of one
 * size stacked downward, and the chosen one goes on with a line whose slope is the rise. The style sheets have the
 * same sizes (path.css, candidate-card.css), so that lines meet cards.
 */
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { type Least, onAxis } from './reward-axis.ts'

/** `tall` where actions take two lines. */
export const CARD = { width: 204, height: 112, tall: 129, gap: 8 } as const
export const COLUMN = { gap: 52, top: 30, left: 10 } as const
const CURVE = { top: 14, bottom: 8 } as const
/** Pixels of height for a rise over the whole axis. */
const RISE_HEIGHT = 56

export interface RiseLine {
  readonly from: readonly [number, number]
  /** End of the sloped part. */
  readonly to: readonly [number, number]
  /** Where the next column begins, if there is one. */
  readonly next: readonly [number, number] | undefined
  /** Undefined where what goes on was not scored; then there is no sloped part. */
  readonly rise: number | undefined
}

export interface PathLayout {
  readonly width: number
  readonly height: number
  readonly lines: readonly RiseLine[]
}

export function columnLeft(step: number): number {
  return COLUMN.left + (step - 1) * (CARD.width + COLUMN.gap)
}

/** Statements are long: their cards have room for two lines. */
export function cardHeight(environment: RunConfig['environment']): number {
  return environment === 'intercode-sql' ? CARD.tall : CARD.height
}

export function cardTop(candidate: number, height: number = CARD.height): number {
  return COLUMN.top + (candidate - 1) * (height + CARD.gap)
}

/** Whether there is anything to say of the task's end, in a column of its own; see `endWords`, `trajectoryWords`. */
export function hasEnd({ trajectoryPair, finished, steps }: TaskState): boolean {
  if (finished === undefined) return trajectoryPair !== undefined
  return finished.end !== 'done' || steps.at(-1)?.decided?.reason === 'only'
}

/** @param card height of a card */
export function layoutPath(task: TaskState, card: number = CARD.height, least: Least = 0): PathLayout {
  const most = Math.max(1, ...task.steps.map((step) => step.candidates.length))
  return {
    width: columnLeft(Math.max(1, task.steps.length + (hasEnd(task) ? 1 : 0))) + CARD.width + COLUMN.gap,
    height: cardTop(most, card) + card + CARD.gap,
    lines: task.steps.flatMap((step) => riseLine(step, step.step < task.steps.length, card, least)),
  }
}

function riseLine(step: StepState, goesOn: boolean, card: number, least: Least): RiseLine | [] {
  const continued = step.decided?.continued
  if (continued === undefined) return []
  const x = columnLeft(step.step) + CARD.width
  const y = cardTop(continued, card) + card / 2
  const next = goesOn ? ([x + COLUMN.gap, cardTop(1, card) + card / 2] as const) : undefined
  const scored = step.candidates[continued - 1]?.scored
  if (scored === undefined) return { from: [x, y], to: [x, y], next, rise: undefined }
  const rise = scored.reward - step.bar
  return { from: [x, y], to: [x + 30, y - (rise * RISE_HEIGHT) / (1 - least)], next, rise }
}

export interface CurvePoint {
  readonly x: number
  readonly y: number
  readonly step: number
  readonly candidate: number
  readonly reward: number
  readonly kind: 'chosen' | 'rejected' | 'open'
}

export interface Curve {
  readonly points: readonly CurvePoint[]
  /** One a step: the bar as a level across its column. */
  readonly bars: readonly { readonly x1: number; readonly x2: number; readonly y: number }[]
  /** Points of the line through the trajectory, as SVG wants them. */
  readonly line: string
}

/** Where a reward lies on a curve of this height, for a pane of any height: taller where there is room. */
export function curveY(reward: number, height: number, least: Least = 0): number {
  return CURVE.top + (1 - onAxis(reward, least)) * (height - CURVE.top - CURVE.bottom)
}

/** @param windowWidth pixels; a narrow window stacks its panes, and has no height to give */
export function curveHeight(windowWidth: number, windowHeight: number): number {
  if (windowWidth <= 1100) return 96
  return Math.round(Math.min(220, Math.max(96, windowHeight * 0.4 - 211)))
}

export function layoutCurve(task: TaskState, height: number, least: Least = 0): Curve {
  const points = task.steps.flatMap((step) =>
    step.candidates.flatMap(({ scored }, index): CurvePoint | [] => {
      if (scored === undefined) return []
      const candidate = index + 1
      const kind = step.decided === undefined ? 'open' : step.decided.continued === candidate ? 'chosen' : 'rejected'
      const x = columnLeft(step.step) + CARD.width / 2
      return { x, y: curveY(scored.reward, height, least), step: step.step, candidate, reward: scored.reward, kind }
    }),
  )
  const bars = task.steps.map((step) => {
    const x1 = columnLeft(step.step)
    return { x1, x2: x1 + CARD.width, y: curveY(step.bar, height, least) }
  })
  const first = bars[0]
  const chosen = points.filter((point) => point.kind === 'chosen').map(({ x, y }) => `${x},${round(y)}`)
  return {
    points,
    bars,
    line: [...(first === undefined ? [] : [`${first.x1},${round(first.y)}`]), ...chosen].join(' '),
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** Marks of m rollouts inside `width`: their pitch and thickness. */
export function layoutMarks(m: number, width: number): { readonly pitch: number; readonly thickness: number } {
  const pitch = Math.min(12, width / Math.max(1, m))
  return { pitch, thickness: Math.max(1, pitch >= 6 ? pitch - 3 : pitch * 0.7) }
}
