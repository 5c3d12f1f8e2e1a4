/** Data sets from the runs that are kept: looked at before they are written, and written. */
import { failure, type Result, success } from '../../core/failure.ts'
import { writeArchive } from '../../datasets/archive.ts'
import { usualPlace } from '../../datasets/asked-prompt.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import { csvHeader, csvLine } from '../../datasets/csv.ts'
import type { FileKind } from '../../datasets/file-kinds.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../datasets/formats.ts'
import { histogram } from '../../datasets/histogram.ts'
import {
  datasetName,
  datasetOver,
  noRows,
  type RunOfTasks,
  type RunTask,
  SPLITS,
  type Split,
} from '../../datasets/over-runs.ts'
import { recipeFiles } from '../../datasets/recipes.ts'
import { rowFile } from '../../datasets/row-file.ts'
import type { RunRecord } from '../../store/run-record.ts'
import { runGone, type Store } from '../../store/store.ts'
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
import { runTable } from './run-table.ts'
import { storedTasks } from './stored-tasks.ts'

export interface DatasetPorts {
  /** The store of a run, with all that is recorded of it. */
  writtenStore(runId: string): Promise<Result<Store>>
  readonly openSink: OpenSink
  emit(update: DatasetUpdate): void
  /** @see Updates.busy */
  busy(): boolean
  /** Milliseconds from any origin, never going back. */
  now(): number
}

const FIRST_ROWS = 5
const MS_BETWEEN_UPDATES = 100

export function datasetCalls(ports: DatasetPorts): DatasetCalls {
  let looking = new AbortController()
  let writing = new AbortController()
  let reading = new AbortController()
  return {
    async formats() {
      const names = Object.keys(DATASET_FORMATS) as DatasetFormatName[] // its own
      return success(
        names.map((name) => {
          const { label, limit, files } = DATASET_FORMATS[name]
          return { name, label, limit, files }
        }),
      )
    },
    preview(order) {
      looking.abort()
      looking = new AbortController()
      return preview(ports, order, until(looking.signal, SUPERSEDED))
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
    async table(runId, kind) {
      reading.abort()
      reading = new AbortController()
      const stored = await storedRuns(ports, [runId], until(reading.signal, SUPERSEDED))
      const [run] = stored.ok ? stored.value.runs : []
      if (!stored.ok || run === undefined) return stored.ok ? runGone() : stored
      return runTable(run.tasks(), kind)
    },
  }
}

const SUPERSEDED = failure('superseded', 'Something else was asked for meanwhile.')

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
  const csv = kindOf(order) === 'csv'
  const first: { split: Split; line: string }[] = []
  let head = ''
  const tokens: number[] = []
  const gaps: number[] = []
  const rewards: number[] = []
  const made = await datasetOver(stored.value.runs, order, (split, draft) => {
    if (csv && first.length === 0) head = csvHeader(draft.row)
    if (first.length < FIRST_ROWS) first.push({ split, line: (csv ? csvLine : lineOfRow)(draft.row) })
    tokens.push(draft.tokens)
    if (draft.worth.gap !== undefined) gaps.push(draft.worth.gap)
    if (draft.worth.reward !== undefined) rewards.push(draft.worth.reward)
  })
  if (!made.ok) return made
  return success({
    ...made.value,
    none: made.value.summary.rows > 0 ? undefined : noRows(made.value, order.format).failure.message,
    ...{ lengths: histogram(tokens), worth: histogram(gaps.length > 0 ? gaps : rewards), first, head },
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
  if (order.archive) return writeZip(ports, order, stored.value)
  return intoFiles(ports.openSink, async (open) => {
    const splits = SPLITS.filter((split) => split === 'train' || order.testShare > 0)
    const sides = await Promise.all(
      splits.map(async (split) => {
        const sink = await open(`${order.format}.${split}.${kindOf(order)}`)
        return { split, sink, rows: await rowFile(kindOf(order), (bytes) => sink.write(bytes)) }
      }),
    )
    const made = await datasetOver(
      runs,
      order,
      (split, { row }) => sides.find((side) => side.split === split)?.rows.add(row),
      progress(ports, records),
    )
    if (!made.ok) return made
    const { summary, rows } = made.value
    if (summary.rows === 0) return noRows(made.value, order.format)
    const nameOf = (split: Split): string => `${datasetName(order.format, made.value)}.${split}.${kindOf(order)}`
    const files: ExportedFile[] = []
    const notes = [...made.value.notes]
    for (const side of sides) {
      if (rows[side.split] === 0) {
        notes.push(`No row falls to ${nameOf(side.split)}: it is not written.`)
        await side.sink.discard()
        continue
      }
      await side.rows.end()
      files.push({ file: await side.sink.close(), name: nameOf(side.split), lines: rows[side.split] })
    }
    const names = Object.fromEntries(sides.flatMap(({ split }) => (rows[split] > 0 ? [[split, nameOf(split)]] : [])))
    for (const { name, text } of recipeFiles(order.format, summary, names))
      files.push({ file: new Blob([text], { type: 'text/plain' }), name, lines: text.trimEnd().split('\n').length })
    return success({ ...made.value, notes, files })
  })
}

function writeZip(
  ports: DatasetPorts,
  order: DatasetOrder,
  { runs, records }: StoredRuns,
): Promise<Result<WrittenDataset>> {
  return intoFiles(ports.openSink, async (open) => {
    const sink = await open(`${order.format}.zip`)
    const { format, testShare, choices } = order
    const request = { format, testShare, choices, file: kindOf(order) }
    const made = await writeArchive(runs, request, (bytes) => sink.write(bytes), progress(ports, records))
    if (!made.ok) return made
    const { name, ...outcome } = made.value
    return success({ ...outcome, files: [{ file: await sink.close(), name, lines: outcome.summary.rows }] })
  })
}

function kindOf({ file, format }: DatasetOrder): FileKind {
  return file ?? DATASET_FORMATS[format].files[0]
}

function progress({ emit, busy, now }: DatasetPorts, records: readonly RunRecord[]): () => void {
  const of = sum(records, (run) => run.tasksFinished + Number(!run.finished))
  let done = 0
  let told = now()
  return () => {
    done++
    if (now() - told < MS_BETWEEN_UPDATES || busy()) return
    told = now()
    emit({ type: 'dataset', done: Math.min(done, of), of })
  }
}

function sum(records: readonly RunRecord[], numberOf: (record: RunRecord) => number): number {
  return records.reduce((total, record) => total + numberOf(record), 0)
}
