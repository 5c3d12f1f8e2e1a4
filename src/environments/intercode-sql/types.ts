/**
 * The words of InterCode-SQL (princeton-nlp/intercode @c3e46d8): a question over a database, and an episode of
 * statements that ends with `submit`. Names follow the upstream's.
 */

import type { Place, SqlValue } from '../../mysql/index.ts'
import type { Task } from '../environment.ts'

export const HARDNESS_LEVELS = ['easy', 'medium', 'hard', 'extra'] as const
export type Hardness = (typeof HARDNESS_LEVELS)[number]

/** A question as the agent and its policy may know it. The gold query is kept elsewhere. */
export interface SqlTask extends Task {
  /** The database that is in use when the episode starts, lower case. */
  readonly database: string
  /** Undefined where the file does not say. */
  readonly hardness: Hardness | undefined
}

/** A task with what only the reward may read. */
export interface GradedTask extends SqlTask {
  readonly gold: string
}

/** Rows as the agent reads them and the reward compares them. */
export interface SqlRows {
  readonly columns: readonly string[]
  /** Python's `str` of each row. */
  readonly tuples: readonly string[]
  readonly cells: readonly (readonly SqlValue[])[]
}

/** What the last action gave: rows, None, an error, or no result at all (the question, a sentence of the wrapper). */
export type SqlAnswer =
  | { readonly kind: 'rows'; readonly result: SqlRows }
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'said'; readonly text: string }

/** Immutable and small: the world is named by the writes that made it, not copied. */
export interface SqlState {
  readonly task: SqlTask
  readonly place: Place
  /** The last statement that was run; undefined before the first. */
  readonly query: string | undefined
  readonly answer: SqlAnswer
  /** Actions so far. */
  readonly steps: number
  readonly done: boolean
  /** Done by a submit, and not by a skip or the last step. */
  readonly submitted: boolean
  /** Undefined until the episode is done. */
  readonly reward: number | undefined
}

export interface SqlTableView {
  readonly name: string
  readonly columns: readonly {
    readonly name: string
    /** MySQL's, as DESCRIBE has it. */
    readonly type: string
    readonly key: 'PRI' | 'UNI' | 'MUL' | ''
  }[]
}

/** A table as a visitor may edit it before a run. */
export interface EditableTable {
  readonly database: string
  readonly name: string
  /** `fixed`: keys, and what is computed. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly fixed: boolean }[]
  /** The first of them, in the order in which they were loaded; null for NULL. */
  readonly rows: readonly (readonly (string | null)[])[]
  readonly total: number
}

/** Plain data for the page's world pane. */
export interface SqlView {
  readonly environment: 'intercode-sql'
  readonly question: string
  readonly hardness: Hardness | undefined
  /** In use now. */
  readonly database: string
  readonly schema: readonly SqlTableView[]
  readonly query: string | undefined
  readonly result: SqlTableResult | string | undefined
  readonly steps: number
  readonly done: boolean
  readonly reward: number | undefined
  /** After a submit only. */
  readonly comparison: SqlComparison | undefined
}

export interface SqlTableResult {
  readonly columns: readonly string[]
  /** Cells as text, null for NULL; at most 100 rows. */
  readonly rows: readonly (readonly (string | null)[])[]
  readonly total: number
}

export interface SqlComparison {
  /** Python's text of each gold row; at most 100. */
  readonly goldRows: readonly string[]
  readonly goldTotal: number
  /** Rows in common, gold rows that are missing, rows that gold does not have; with multiplicity. */
  readonly matching: number
  readonly missing: number
  readonly extra: number
  /** 0 to 1. */
  readonly iou: number
  /** Kendall's tau-b of the common rows' order; undefined where the order says nothing. */
  readonly tau: number | undefined
  /** False when the gold query itself failed. */
  readonly goldRan: boolean
}
