/**
 * Where everything of the rising path lies, in pixels, in a pane of any size: steps are columns from left to right,
 * candidates are cards of one size stacked downward, the chosen one goes on with a line whose slope is the rise, and what
 * height is left belongs to the picture of the rollouts (plot-layout.ts). The style sheets read the sizes as variables.
 */
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { Least } from './reward-axis.ts'

export interface Pane {
  readonly width: number
  readonly height: number
}

/** What a pane gives to everything in it. */
export interface PathSizes {
  readonly card: { readonly width: number; readonly height: number }
  /** How much larger than on a small desk letters and cards are. */
  readonly scale: number
  /** Height of the picture of the rollouts; 0 where there is no room for it. */
  readonly plot: number
  /** How many columns are whole at a time. */
  readonly columns: number
}

/** Of a column: what stands between two, and before the first; where its cards begin. */
export const COLUMN = { gap: 32, top: 30, left: 10 } as const
export const CARD_GAP = 8
/** `tall` where actions take two lines. */
const CARD = { desk: 198, least: 180, most: 300, height: 90, tall: 108 } as const
/** A scroll bar of the pane. */
const EDGE = 14
/** The pane that letters of their plain size are made for. */
const DESK: Pane = { width: 700, height: 500 }
/** Rows of cards that stand above the picture, and what height is enough for it then. */
const SPLITS = [
  { rows: 3, plot: 140 },
  { rows: 2, plot: 130 },
  { rows: 1, plot: 76 },
] as const
const MOST_PLOT = 460
/** Pixels of height for a rise over the whole axis. */
const RISE_HEIGHT = 56

/** It depends on the pane alone: what stands there stays where it is while steps and candidates come. */
export function pathSizes({ width, height }: Pane, environment: RunConfig['environment'] = 'webshop'): PathSizes {
  const room = width - COLUMN.left - EDGE
  const wanted = CARD.least + COLUMN.gap + Math.max(0, width - DESK.width) * 0.12
  const columns = Math.max(1, Math.floor(room / wanted))
  // A single one leaves room for what stands behind the end of its bar.
  const wide = Math.floor(room / columns) - COLUMN.gap * (columns === 1 ? 2 : 1)
  const card = Math.max(160, Math.min(CARD.most, wide))
  const scale = Math.min(1.4, Math.max(1, Math.min(card / CARD.desk, height / DESK.height)))
  // Statements are long: their cards have room for two lines.
  const tall = Math.round((environment === 'intercode-sql' ? CARD.tall : CARD.height) * scale)
  const left = (rows: number): number => height - COLUMN.top - rows * (tall + CARD_GAP)
  const split = SPLITS.find(({ rows, plot }) => left(rows) >= plot)
  const plot = split === undefined ? 0 : Math.min(MOST_PLOT, left(split.rows))
  return { card: { width: card, height: tall }, scale, plot, columns }
}

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

export function columnLeft(step: number, { card }: Pick<PathSizes, 'card'>): number {
  return COLUMN.left + (step - 1) * (card.width + COLUMN.gap)
}

export function cardTop(candidate: number, { card }: Pick<PathSizes, 'card'>): number {
  return COLUMN.top + (candidate - 1) * (card.height + CARD_GAP)
}

/** Whether there is anything to say of the task's end, in a column of its own; see `endWords`, `trajectoryWords`. */
export function hasEnd({ trajectoryPair, finished, steps }: TaskState): boolean {
  if (finished === undefined) return trajectoryPair !== undefined
  return finished.end !== 'done' || steps.at(-1)?.decided?.reason === 'only'
}

export function layoutPath(task: TaskState, sizes: PathSizes, least: Least = 0): PathLayout {
  const most = Math.max(1, ...task.steps.map((step) => step.candidates.length))
  return {
    width: columnLeft(Math.max(1, task.steps.length + (hasEnd(task) ? 1 : 0)) + 1, sizes),
    height: cardTop(most + 1, sizes),
    lines: task.steps.flatMap((step) => riseLine(step, step.step < task.steps.length, sizes, least)),
  }
}

function riseLine(step: StepState, goesOn: boolean, sizes: PathSizes, least: Least): RiseLine | [] {
  const continued = step.decided?.continued
  if (continued === undefined) return []
  const { card } = sizes
  const x = columnLeft(step.step, sizes) + card.width
  const y = cardTop(continued, sizes) + card.height / 2
  const next = goesOn ? ([x + COLUMN.gap, cardTop(1, sizes) + card.height / 2] as const) : undefined
  const scored = step.candidates[continued - 1]?.scored
  if (scored === undefined) return { from: [x, y], to: [x, y], next, rise: undefined }
  const rise = scored.reward - step.bar
  const height = (rise * RISE_HEIGHT * sizes.scale) / (1 - least)
  return { from: [x, y], to: [x + COLUMN.gap * 0.7, y - height], next, rise }
}

/** Where the mean of a step lies in the picture, and the next one begins; 0: where the path begins. */
export function nodeX(step: number, sizes: Pick<PathSizes, 'card'>): number {
  return step === 0 ? COLUMN.left + 16 : columnLeft(step + 1, sizes) - COLUMN.gap / 2
}

/** Marks of m rollouts inside `width`: their pitch and thickness. */
export function layoutMarks(m: number, width: number): { readonly pitch: number; readonly thickness: number } {
  const pitch = Math.min(12, width / Math.max(1, m))
  return { pitch, thickness: Math.max(1, pitch >= 6 ? pitch - 3 : pitch * 0.7) }
}
