/** A stored run as a file, streamed from the store to a sink: never more than a few batches in memory. */

import { failure, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import { createDataset, summaryWords } from '../../datasets/dataset.ts'
import { DATASET_FORMATS } from '../../datasets/formats.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import type { Sink } from '../machine/export-sink.ts'
import { slugOf } from '../machine/file-name.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { ExportedFile, ExportFormat } from '../protocol/files.ts'
import { intoFiles, type OpenSink } from './into-files.ts'
import { storedTasks } from './stored-tasks.ts'

/** Writes the events stored now; a run that goes on meanwhile is exported as it stood. */
export function exportRun(
  store: Store,
  record: RunRecord,
  format: ExportFormat,
  openSink: OpenSink,
): Promise<Result<ExportedFile>> {
  const name = fileName(record, format)
  return intoFiles(openSink, async (open) => {
    const sink = await open(`${record.id}-${name}`)
    const lines = await (format === 'run' ? writeLog(store, record, sink) : writePairs(store, record, sink))
    return lines.ok ? success({ file: await sink.close(), name, ...lines.value }) : lines
  })
}

export type Written = Pick<ExportedFile, 'lines' | 'notes'>

/** The stored lines as they are. */
export async function writeLog(store: Store, record: RunRecord, sink: Sink): Promise<Result<Written>> {
  let lines = 0
  for await (const batch of store.batches(record.id, record.events)) {
    if (!batch.ok) return batch
    await sink.write(batch.value.text)
    lines += batch.value.count
  }
  return success({ lines })
}

async function writePairs(store: Store, record: RunRecord, sink: Sink): Promise<Result<Written>> {
  const format = DATASET_FORMATS['trl-dpo']
  const dataset = createDataset(format)
  for await (const task of storedTasks(store, record)) {
    if (!task.ok) return task
    for (const row of dataset.add(task.value.header, task.value.events)) await sink.write(lineOfRow(row))
    await macrotask() // calls from the page come first
  }
  const summary = dataset.summary()
  const notes = summaryWords(summary, format)
  if (summary.rows > 0) return success({ lines: summary.rows, notes })
  if (summary.unusable > 0)
    return failure('export-no-pairs', `No pair of this run can be trained on: ${notes.join(' ')}`)
  return failure('export-no-pairs', noPairs(record.config.method))
}

/** Why a run has no pairs, and what would give some. */
function noPairs(method: RunConfig['method']): string {
  if (method === 'groups')
    return 'Groups of whole episodes make no preference pairs: no step of theirs is scored. Export the run, or choose another method.'
  if (method !== 'rro') return 'This run has no preference pairs yet. Explore more tasks.'
  const words = 'This run has no preference pairs yet: every step so far took its first candidate.'
  return `${words} Explore more tasks, or set “first rise” to “draw one more”.`
}

/** Pairs of a run that has not come to its end say how far it is. */
function fileName({ name, finished, tasksFinished, config }: RunRecord, format: ExportFormat): string {
  const part = finished || format === 'run' ? '' : `.${tasksFinished}-of-${config.tasks}-tasks`
  return `${slugOf(name, 'run')}${part}.${format === 'run' ? 'run' : 'trl-dpo'}.jsonl`
}
