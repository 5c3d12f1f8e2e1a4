/**
 * Where runs are kept. Two make it: IndexedDB, and memory (for the recorded run that ships with the page, and where a
 * browser offers no storage). Events are opaque text here; whoever reads them parses them.
 */
import { type Failure, failure, type Result } from '../core/failure.ts'
import type { Batch } from './batch.ts'
import type { ComparisonStore } from './comparison-store.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import type { SmallRecords, SmallRecordsName } from './small-records.ts'

export interface Appended {
  /** The record after these events; `events` counts them in. */
  readonly record: RunRecord
  /** In order, the first at the stored record's `events`. */
  readonly batches: readonly Batch[]
  /** Tasks that these events finish. */
  readonly tasks: readonly TaskEntry[]
}

/** What can be changed of a record beside the log. */
export type Amendment = Partial<Pick<RunRecord, 'name' | 'labels' | 'discardedAtMs' | 'measured'>>

export interface StoredRuns {
  /** Newest first. */
  readonly records: readonly RunRecord[]
  /** One for each record that cannot be read; it stays where it is. */
  readonly unreadable: readonly Failure[]
}

export interface Store {
  /** Whether a reload finds what was written. */
  readonly lasting: boolean
  /** @param discarded instead of the others, those that are deleted and not removed yet */
  runs(discarded?: boolean): Promise<Result<StoredRuns>>
  run(id: string): Promise<Result<RunRecord>>
  /**
   * Writes events and totals in one transaction: either all of it is stored or nothing. What is stored is never
   * overwritten: where the first batch does not start at the end of the stored log, nothing happens but a failure.
   * @param durable wait until it would survive a power cut, not only a crash of the page
   */
  append(appended: Appended, durable: boolean): Promise<Result<true>>
  /** Writes the events of a run that has no record yet and is therefore not listed (an import in progress). */
  draft(runId: string, batches: readonly Batch[], tasks: readonly TaskEntry[]): Promise<Result<true>>
  /** Makes drafted runs visible, all in one transaction. */
  publish(records: readonly RunRecord[]): Promise<Result<true>>
  /** Changes what people have put on runs, in one transaction; those that are gone are passed over. @returns the others */
  amend(ids: readonly string[], change: (record: RunRecord) => Amendment): Promise<Result<readonly RunRecord[]>>
  /** Removes a run, drafted or damaged ones too. */
  remove(id: string): Promise<Result<true>>
  /** Ids with events and no record: imports that never ended. */
  drafts(): Promise<Result<readonly string[]>>
  /** The batches of one task (or the frame), in order. */
  taskBatches(id: string, task: number): Promise<Result<readonly Batch[]>>
  /** All batches before event `end`, in order, a few at a time; checks that none is missing. A failure comes last. */
  batches(id: string, end: number): AsyncGenerator<Result<Batch>, void, void>
  /** The finished tasks, in order. */
  tasks(id: string): Promise<Result<readonly TaskEntry[]>>
  /** Its code is fetched with the first call. */
  comparisons(): Promise<Result<ComparisonStore>>
  /** What is kept beside the runs. */
  smallRecords(room: SmallRecordsName): SmallRecords
  close(): void
}

/** What stays as it is stored while events are appended: another tab may have changed it meanwhile. */
export function amendable({ name, labels, discardedAtMs }: RunRecord): Amendment {
  return { name, labels, discardedAtMs }
}

export function runGone(): ReturnType<typeof failure> {
  return failure(
    'run-gone',
    'This run is not stored any more; it was deleted, perhaps in another tab. Start a new one.',
  )
}

export function batchDamaged(id: string, seq: number): ReturnType<typeof failure> {
  const words = `The stored events of run ${id} are damaged or missing from event ${seq + 1} on.`
  return failure('batch-damaged', `${words} What stands before is intact; the run can still be listed and deleted.`)
}
