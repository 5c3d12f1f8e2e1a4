/** A picture as plain data: points with their intervals and the cells behind them. */
import type { Cell } from '../../../core/comparison/cell.ts'

export interface Point {
  readonly arm: number
  /** On the x axis of lines: a number, or the place of a name. Ignored in rows. */
  readonly x: number
  readonly value: number
  readonly halfWidth: number | undefined
  /** Beside the value, for what has more than one a row: which symbol. */
  readonly mark?: 'mean' | 'p95' | 'max'
  readonly words: string
  readonly cells: readonly Cell[]
  /** Drawn hollow and grey: the start policy. */
  readonly before?: true
}

export interface Figure {
  /** Also the name of the file that it is saved as. */
  readonly name: string
  readonly title: string
  /** `lines`: x across, value up, an arm's points joined. `rows`: a row for each arm, value across. */
  readonly kind: 'lines' | 'rows'
  readonly xLabel: string
  readonly valueLabel: string
  /** Names of the places on the x axis; undefined for numbers. */
  readonly places?: readonly string[]
  readonly logarithmic?: boolean
  /** Ticks only where there are points. */
  readonly ownTicks?: boolean
  /** Values are shares, written as percentages; intervals end at 0 and 1. */
  readonly percent?: boolean
  /** What is possible at all, where it is no share; intervals end there, too. */
  readonly range?: readonly [number, number]
  /** A value to hold against. */
  readonly reference?: number
  readonly points: readonly Point[]
}
