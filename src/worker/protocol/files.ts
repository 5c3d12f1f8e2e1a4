/** What goes out as files, and runs that come in as such. */
import type { Result } from '../../core/failure.ts'
import type { RunInfo } from './runs.ts'

export const EXPORT_FORMATS = ['trl-dpo', 'run'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportedFile {
  /** Backed by disk where the browser allows it; the page offers it as a download. */
  readonly file: Blob
  readonly name: string
  /** Lines written. */
  readonly lines: number
  /** What whoever trains on it should know, in sentences. */
  readonly notes?: readonly string[]
}

export interface FileCalls {
  export(runId: string, format: ExportFormat): Promise<Result<ExportedFile>>
  /** Reads a run file of any size; opens nothing and saves nothing unless all of it is good. */
  importRun(file: File): Promise<Result<RunInfo>>
}
