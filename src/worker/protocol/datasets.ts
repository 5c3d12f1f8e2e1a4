/** Data sets for trainers, from any number of the runs that are kept. */
import type { Result } from '../../core/failure.ts'
import type { RowSystemPlace } from '../../datasets/asked-prompt.ts'
import type { FileKind } from '../../datasets/file-kinds.ts'
import type { DatasetFormatName } from '../../datasets/formats.ts'
import type { Bin } from '../../datasets/histogram.ts'
import type { LengthLimit } from '../../datasets/lengths.ts'
import type { DatasetOutcome, DatasetRequest, Split } from '../../datasets/over-runs.ts'
import type { ExportedFile } from './files.ts'
import type { RunTable, TableKind } from './tables.ts'

export type { RowSystemPlace } from '../../datasets/asked-prompt.ts'
export type { DatasetChoices } from '../../datasets/choices.ts'
export type { FileKind } from '../../datasets/file-kinds.ts'
export type { DatasetFormatName } from '../../datasets/formats.ts'
export type { Bin } from '../../datasets/histogram.ts'
export type { Split } from '../../datasets/over-runs.ts'

export interface DatasetFormatInfo {
  readonly name: DatasetFormatName
  readonly label: string
  /** What its reader does with long rows; undefined where it cuts none by itself. */
  readonly limit: LengthLimit | undefined
  /** The kinds of files that it can be written in, the usual one first. */
  readonly files: readonly FileKind[]
}

/** What somebody wants of which runs, in this order. */
export interface DatasetOrder extends DatasetRequest {
  readonly runs: readonly string[]
  /** By default the usual one of the format. */
  readonly file?: FileKind
  /** Whether it becomes one zip with a card, ready for a hub (default false). */
  readonly archive?: boolean
}

export interface DatasetPreview extends DatasetOutcome {
  /** Why there are no rows; undefined where there are some. */
  readonly none: string | undefined
  /** Rows by their tokens. */
  readonly lengths: readonly Bin[]
  /** Rows by what they are worth; none where rows of this format have no such number. */
  readonly worth: readonly Bin[]
  /** What that is: the difference of a pair's two rewards, or the outcome of a trajectory. */
  readonly worthOf: 'gap' | 'reward' | undefined
  /** The first rows, exactly as they will be written; of a file that is no text, as JSON. */
  readonly first: readonly { readonly split: Split; readonly line: string }[]
  /** What stands above them in the file; empty for nothing. */
  readonly head: string
  /** Where the instructions stand by default, in the order of the runs, each once. */
  readonly places: readonly RowSystemPlace[]
}

export interface WrittenDataset extends DatasetOutcome {
  /** The rows, then what a trainer wants beside them. */
  readonly files: readonly ExportedFile[]
}

export interface DatasetUpdate {
  readonly type: 'dataset'
  /** Tasks that were read, of how many. */
  readonly done: number
  readonly of: number
}

/** Called through `LabApi.dataset`, by name. */
export interface DatasetCalls {
  formats(): Promise<Result<readonly DatasetFormatInfo[]>>
  /** What would be written. Asked anew, it gives up what was asked before (`superseded`). */
  preview(order: DatasetOrder): Promise<Result<DatasetPreview>>
  /** Writes it; `DatasetUpdate`s tell how far it is. */
  write(order: DatasetOrder): Promise<Result<WrittenDataset>>
  /** Gives up what is being written (`stopped`), which leaves nothing behind. */
  stop(): Promise<Result<true>>
  /** A run as a table. Asked anew, it gives up what was asked before (`superseded`). */
  table(runId: string, kind: TableKind): Promise<Result<RunTable>>
}
