/** Comparisons of methods at equal budgets: the library of them, and the one that is open. */
import type { Cell, Score, StretchFacts } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import type { Failure, Result } from '../../core/failure.ts'
import type { OpenedRun } from './runs.ts'

/** A comparison as the library lists it. */
export interface ComparisonInfo {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAtMs: number
  readonly comparison: Comparison
  /** Stored cells, of `total`. */
  readonly cells: number
  readonly total: number
}

export const COMPARISON_STATUSES = ['running', 'paused', 'finished', 'failed'] as const

/** The open comparison as it is now. */
export interface ComparisonProgress {
  /** Of two reports the one with the larger number is the newer; they may arrive in either order. */
  readonly revision: number
  readonly info: ComparisonInfo
  readonly status: (typeof COMPARISON_STATUSES)[number]
  readonly failure: Failure | undefined
  /** That are at work now. */
  readonly workers: number
  /** Since it was last started; undefined while it does not run or nothing has come of it yet. */
  readonly cellsPerSecond: number | undefined
  readonly secondsLeft: number | undefined
}

export interface OpenedComparison {
  readonly progress: ComparisonProgress
  /** All stored cells, in no order. */
  readonly cells: readonly Cell[]
  /** One for each thing that had to be corrected, or that has to be said. */
  readonly corrections: readonly Failure[]
}

/** Which cell of the open comparison. */
export type CellPlace = Pick<Cell, 'arm' | 'seed' | 'budget'>

/** What of a cell was explored with one policy, and what that came to. */
export interface CellStretch extends StretchFacts {
  /** Of the policy that came of it; undefined where it was not judged, since its round went on. */
  readonly score: Score | undefined
}

/** @see AgentCalls.cellStretches */
export interface StretchesUpdate {
  readonly type: 'stretches'
  /** Of the exploration, 0 to 1. */
  readonly share: number
}

export interface ComparisonUpdate {
  readonly type: 'comparison'
  readonly progress: ComparisonProgress
  readonly newCells: readonly Cell[]
}

export interface ComparisonCalls {
  /** All comparisons that can be opened, newest first. */
  comparisons(): Promise<readonly ComparisonInfo[]>
  /**
   * Makes a comparison from settings as they came (see `parseComparison`), saves and opens it, and starts it. The one
   * open before is paused. Where its data or its start policy is not at hand nothing is saved. Where it is on the data that ships with
   * the page, and other data is loaded, a correction says so.
   */
  compare(settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>>
  /** Opens a stored comparison, paused or finished, or one that ships with the page (`recordedId`). The one open before is paused. */
  openComparison(id: string): Promise<Result<OpenedComparison>>
  /** Computes the missing cells, several at a time. Returns at once. */
  startComparison(): Promise<Result<true>>
  /**
   * How quick this machine is at such a comparison: how many times as long as where its costs were measured
   * (src/core/comparison/expected-work.ts). Found out by some episodes, in a quarter of a second or so.
   */
  pace(settings: Readonly<Record<string, unknown>>): Promise<Result<number>>
  /** Drops the cells under way; resolves when every finished one is on disk. */
  pauseComparison(): Promise<Result<true>>
  removeComparison(id: string): Promise<Result<true>>
  /**
   * Finds or makes the stored run that explores exactly what is behind a cell of the open comparison; opens it, paused.
   * @param stretch which of `AgentCalls.cellStretches`, from 0, where several policies explored the cell
   */
  openCell(cell: CellPlace, stretch?: number): Promise<Result<OpenedRun>>
}
