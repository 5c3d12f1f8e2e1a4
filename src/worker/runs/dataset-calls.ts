/** Data sets from the runs that are kept: looked at before they are written, and written. */
import { failure, type Result, success } from '../../core/failure.ts'
import { usualPlace } from '../../datasets/asked-prompt.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../datasets/formats.ts'
import { histogram } from '../../datasets/histogram.ts'
import {
  type DatasetOutcome,
  datasetOver,
  noRows,
  type RunOfTasks,
  type RunTask,
  type Split,
} from '../../datasets/over-runs.ts'
import { recipeFiles } from '../../datasets/recipes.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { macrotask } from '../machine/macrotask.ts'
import type {
  DatasetCalls,
  DatasetOrder,
  DatasetPreview,
  DatasetUpdate,
  RowSystemPlace,
  WrittenDataset,
} from '../protocol/datasets.ts'
import type { ExportedFile } from '../protocol/files.ts'
import { intoFiles, type OpenSink } from './into-files.ts'
import { storedTasks } from './stored-tasks.ts'

export interface DatasetPorts {
  /** The store of a run, with all that is recorded of it. */
  writtenStore(runId: string): Promise<Result<Store>>
  readonly openSink: OpenSink
  emit(update: DatasetUpdate): void
  /** Milliseconds from any origin, never going back. */
  now(): number
}

const FIRST_ROWS = 5
const MS_BETWEEN_UPDATES = 100

export function datasetCalls(ports: DatasetPorts): DatasetCalls {
  let looking = new AbortController()
  let writing = new AbortController()
  return {
    async formats() {
      const names = Object.keys(DATASET_FORMATS) as DatasetFormatName[] // its own
      return success(
        names.map((name) => ({ name, label: DATASET_FORMATS[name].label, limit: DATASET_FORMATS[name].limit })),
      )
    },
    preview(order) {
      looking.abort()
      looking = new AbortController()
      const stopped = failure('superseded', 'Something else was asked for meanwhile.')
      return preview(ports, order, until(looking.signal, stopped))
    },
    write(order) {
      writing.abort()
      writing = new AbortController()
      const stopped = failure('stopped', 'The data set was not written: it was stopped.')
      return write(ports, order, until(writing.signal, stopped))
    },
    async stop() {
      writing.abort()
      return success(true)
    },
  }
}

type Tasks = AsyncIterable<Result<RunTask>>

/** Ends with a failure where it is given up. Calls from the page come between tasks. */
function until(signal: AbortSignal, stopped: ReturnType<typeof failure>) {
  return async function* (tasks: Tasks): Tasks {
    for await (const task of tasks) {
      if (signal.aborted) {
        yield stopped
        return
      }
      yield task
      await macrotask()
    }
  }
}

interface StoredRuns {
  readonly runs: readonly RunOfTasks[]
  readonly records: readonly RunRecord[]
}

async function storedRuns(
  { writtenStore }: DatasetPorts,
  ids: readonly string[],
  guarded: (tasks: Tasks) => Tasks,
): Promise<Result<StoredRuns>> {
  const runs: RunOfTasks[] = []
  const records: RunRecord[] = []
  for (const id of ids) {
    const store = await writtenStore(id)
    if (!store.ok) return store
    const record = await store.value.run(id)
    if (!record.ok) return record
    records.push(record.value)
    runs.push({ name: record.value.name, tasks: () => guarded(storedTasks(store.value, record.value)) })
  }
  return success({ runs, records })
}

async function preview(
  ports: DatasetPorts,
  order: DatasetOrder,
  guarded: (tasks: Tasks) => Tasks,
): Promise<Result<DatasetPreview>> {
  const places = new Set<RowSystemPlace>()
  const stored = await storedRuns(ports, order.runs, async function* (tasks) {
    for await (const task of guarded(tasks)) {
      if (task.ok) places.add(usualPlace(task.value.header))
      yield task
    }
  })
  if (!stored.ok) return stored
  const first: { split: Split; line: string }[] = []
  const tokens: number[] = []
  const gaps: number[] = []
  const rewards: number[] = []
  const made = await datasetOver(stored.value.runs, order, (split, draft) => {
    if (first.length < FIRST_ROWS) first.push({ split, line: lineOfRow(draft.row) })
    tokens.push(draft.tokens)
    if (draft.worth.gap !== undefined) gaps.push(draft.worth.gap)
    if (draft.worth.reward !== undefined) rewards.push(draft.worth.reward)
  })
  if (!made.ok) return made
  return success({
    ...made.value,
    none: made.value.summary.rows > 0 ? undefined : noRows(made.value, order.format).failure.message,
    ...{ lengths: histogram(tokens), worth: histogram(gaps.length > 0 ? gaps : rewards), first },
    worthOf: gaps.length > 0 ? 'gap' : rewards.length > 0 ? 'reward' : undefined,
    places: [...places],
  })
}

async function write(
  ports: DatasetPorts,
  order: DatasetOrder,
  guarded: (tasks: Tasks) => Tasks,
): Promise<Result<WrittenDataset>> {
  const stored = await storedRuns(ports, order.runs, guarded)
  if (!stored.ok) return stored
  const { runs, records } = stored.value
  const nameOf = namesOf(order.format, records)
  return intoFiles(ports.openSink, async (open) => {
    const splits: readonly Split[] = order.testShare > 0 ? ['train', 'test'] : ['train']
    const sinks = new Map(await Promise.all(splits.map(async (split) => [split, await open(nameOf(split))] as const)))
    const made = await datasetOver(
      runs,
      order,
      (split, { row }) => sinks.get(split)?.write(lineOfRow(row)),
      progress(ports, records),
    )
    if (!made.ok) return made
    if (made.value.summary.rows === 0) return noRows(made.value, order.format)
    const files: ExportedFile[] = []
    for (const [split, sink] of sinks)
      files.push({ file: await sink.close(), name: nameOf(split), lines: made.value.rows[split] })
    return success({ ...made.value, files: [...files, ...besides(order, made.value, nameOf)] })
  })
}

/** What a trainer wants beside the rows. */
function besides(
  { format, testShare }: DatasetOrder,
  { summary }: DatasetOutcome,
  nameOf: (split: Split) => string,
): ExportedFile[] {
  const files = { train: nameOf('train'), ...(testShare > 0 && { test: nameOf('test') }) }
  return recipeFiles(format, summary, files).map(({ name, text }) => ({
    ...{ file: new Blob([text], { type: 'text/plain' }), name, lines: text.trimEnd().split('\n').length },
  }))
}

/** Of the files: one that holds runs which have not come to their end says how far they are. */
function namesOf(format: DatasetFormatName, records: readonly RunRecord[]): (split: Split) => string {
  const [tasks, of] = [sum(records, (run) => run.tasksFinished), sum(records, (run) => run.config.tasks)]
  const part = records.every(({ finished }) => finished) ? '' : `.${tasks}-of-${of}-tasks`
  return (split) => `${format}${part}.${split}.jsonl`
}

function progress({ emit, now }: DatasetPorts, records: readonly RunRecord[]): () => void {
  const of = sum(records, (run) => run.tasksFinished + Number(!run.finished))
  let done = 0
  let told = now()
  return () => {
    done++
    if (now() - told < MS_BETWEEN_UPDATES) return
    told = now()
    emit({ type: 'dataset', done: Math.min(done, of), of })
  }
}

function sum(records: readonly RunRecord[], numberOf: (record: RunRecord) => number): number {
  return records.reduce((total, record) => total + numberOf(record), 0)
}
