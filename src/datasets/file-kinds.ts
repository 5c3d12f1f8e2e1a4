/** The kinds of files that rows are written in. */
import type { Row } from './cells.ts'

/**
 * `jsonl`: one JSON object a line. `parquet`: Apache Parquet in row groups of at most 1,000 rows. `json`: one array of objects.
 * `csv`: a header and a line a row.
 */
export const FILE_KINDS = ['jsonl', 'parquet', 'json', 'csv'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** Takes what comes next of a file; the next piece waits for it. */
export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>

export interface RowFile {
  /** @param row with the same columns as all others */
  add(row: Row): Promise<void>
  /** Writes the rest, after at least one row: nothing may be added any more. */
  end(): Promise<void>
}
