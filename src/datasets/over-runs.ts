/**
 * One data set from many runs, whoever keeps them: files on disk, or the store of a browser. The best of each task, and
 * the side that a task stands on, are the same for both, and so are the rows.
 */
import { Digest } from '../core/digest.ts'
import { failure, type Result, success } from '../core/failure.ts'
import type { RunEvent, RunStarted, TaskFinished } from '../core/log/events.ts'
import type { DatasetChoices } from './choices.ts'
import { createDataset, type DatasetSummary, summaryWords } from './dataset.ts'
import type { DraftRow } from './example-rows.ts'
import { DATASET_FORMATS, type DatasetFormatName } from './formats.ts'

/** One task, from its start, as far as it is explored. */
export interface RunTask {
  readonly header: RunStarted
  readonly events: readonly RunEvent[]
}

export interface RunOfTasks {
  /** What people call it. */
  readonly name: string
  /** Its tasks in order, from the first each time it is asked; a failure comes last. */
  tasks(): AsyncIterable<Result<RunTask>>
}

export interface DatasetRequest {
  readonly format: DatasetFormatName
  /** Share of the tasks whose rows are kept apart, from 0 to below 1. */
  readonly testShare: number
  readonly choices: DatasetChoices
}

export const SPLITS = ['train', 'test'] as const
export type Split = (typeof SPLITS)[number]

export interface DatasetOutcome {
  readonly summary: DatasetSummary
  /** Written on each side. */
  readonly rows: Readonly<Record<Split, number>>
  /** What came of each run: tasks that are finished, of how many. */
  readonly runs: readonly { readonly name: string; readonly tasks: number; readonly of: number }[]
  /** What whoever trains on it should know, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Reads the runs one after the other, twice where the best of each task is asked for, one task of them at a time.
 * @param write one row that is to be written, on its side; the next one waits for it
 * @param passed called after each task that was read for its rows
 */
export async function datasetOver(
  runs: readonly RunOfTasks[],
  { format: name, testShare, choices }: DatasetRequest,
  write: (split: Split, draft: DraftRow) => void | Promise<void>,
  passed: () => void | Promise<void> = () => {},
): Promise<Result<DatasetOutcome>> {
  const format = DATASET_FORMATS[name]
  const best = choices.paths === 'best' ? await bestOfEach(runs) : success(undefined)
  if (!best.ok) return best
  const dataset = createDataset(format, choices)
  const rows: Record<Split, number> = { train: 0, test: 0 }
  const told: { name: string; tasks: number; of: number }[] = []
  for (const [index, run] of runs.entries()) {
    const about = { name: run.name, tasks: 0, of: 0 }
    told.push(about)
    for await (const task of run.tasks()) {
      if (!task.ok) return task
      const { header, events } = task.value
      about.of = header.config.tasks
      if (finishedOf(task.value) !== undefined) about.tasks++
      const key = keyOf(task.value)
      if (best.value === undefined || best.value.get(key) === placeOf(index, task.value)) {
        const split: Split = shareOf(key) < testShare ? 'test' : 'train'
        for (const draft of dataset.drafts(header, events)) {
          await write(split, draft)
          rows[split]++
        }
      }
      await passed()
    }
  }
  const summary = dataset.summary()
  return success({ summary, rows, runs: told, notes: summaryWords(summary, format) })
}

/** What a file of it is called without its ending: how far runs are that have not come to their end stands in it. */
export function datasetName(format: DatasetFormatName, { runs }: Pick<DatasetOutcome, 'runs'>): string {
  const tasks = runs.reduce((sum, run) => sum + run.tasks, 0)
  const of = runs.reduce((sum, run) => sum + run.of, 0)
  return tasks < of ? `${format}.${tasks}-of-${of}-tasks` : format
}

/** Why there are no rows, as it is. */
export function noRows({ runs, notes }: DatasetOutcome, name: DatasetFormatName): ReturnType<typeof failure> {
  const why = runs.every(({ tasks }) => tasks === 0) ? 'no task of theirs is finished' : DATASET_FORMATS[name].none
  return failure('dataset-empty', `These runs give no rows: ${notes.length === 0 ? `${why}.` : notes.join(' ')}`)
}

/** Of each task the place of the trajectory that earned most; of equals the first. */
async function bestOfEach(runs: readonly RunOfTasks[]): Promise<Result<ReadonlyMap<string, string>>> {
  const best = new Map<string, { readonly reward: number; readonly place: string }>()
  for (const [index, run] of runs.entries())
    for await (const task of run.tasks()) {
      if (!task.ok) return task
      const reward = finishedOf(task.value)?.reward
      const key = keyOf(task.value)
      if (reward !== undefined && reward > (best.get(key)?.reward ?? Number.NEGATIVE_INFINITY))
        best.set(key, { reward, place: placeOf(index, task.value) })
    }
  return success(new Map([...best].map(([key, { place }]) => [key, place])))
}

function finishedOf({ events }: RunTask): TaskFinished | undefined {
  const last = events.at(-1)
  return last?.type === 'task-finished' ? last : undefined
}

/** The same task of the same data, whichever run explored it. */
function keyOf({ header, events }: RunTask): string {
  const [begun] = events
  return `${header.data.fingerprint} ${begun?.type === 'task-started' ? begun.taskId : ''}`
}

function placeOf(run: number, { events }: RunTask): string {
  const [begun] = events
  return `${run} ${begun !== undefined && 'task' in begun ? begun.task : ''}`
}

/** In [0, 1), of a task; the same whatever else is written. */
function shareOf(key: string): number {
  return Number.parseInt(new Digest().add(key).hex().slice(0, 8), 16) / 2 ** 32
}
