/** A run as tables: its trajectories, steps and preference pairs. */

export const TABLE_KINDS = ['trajectories', 'steps', 'pairs'] as const
export type TableKind = (typeof TABLE_KINDS)[number]

/** Where a row is to be seen in Explore. */
export interface TablePlace {
  /** From 0. */
  readonly task: number
  /** From 1; 0 for the whole task. */
  readonly step: number
  /** From 1; 0 for none of them. */
  readonly candidate: number
  /** Events of the task up to there. */
  readonly count: number
}

export interface TableColumn {
  readonly name: string
  readonly numeric: boolean
}

export interface TableRow {
  readonly place: TablePlace
  /** One for each column; long texts are cut, with an ellipsis. */
  readonly cells: readonly (string | number | boolean)[]
}

export interface RunTable {
  readonly columns: readonly TableColumn[]
  /** In the order of the log. */
  readonly rows: readonly TableRow[]
  /** Whether the run has more than a page can hold. */
  readonly cut: boolean
}
