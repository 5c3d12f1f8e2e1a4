/** A stored run as a file, streamed from the store to a sink: never more than a few batches in memory. */

import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import { createDataset, summaryWords } from '../../datasets/dataset.ts'
import { DATASET_FORMATS } from '../../datasets/formats.ts'
import { FRAME } from '../../store/batch.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { memorySink, type Sink } from '../machine/export-sink.ts'
import { slugOf } from '../machine/file-name.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { ExportedFile, ExportFormat } from '../protocol/files.ts'
import { eventsOf, headerOf } from './log-text.ts'

/**
 * Writes the events stored now; a run that goes on meanwhile is exported as it stood. Where the file cannot be written
 * (a full disk is when people export), the export is made in memory.
 */
export async function exportRun(
  store: Store,
  record: RunRecord,
  format: ExportFormat,
  openSink: (name: string) => Promise<Sink>,
): Promise<Result<ExportedFile>> {
  const name = fileName(record, format)
  let problem = ''
  for (const open of [openSink, async () => memorySink()]) {
    let sink: Sink | undefined
    try {
      sink = await open(`${Date.now().toString(36)}-${record.id}-${name}`)
      const lines = await (format === 'run' ? writeLog(store, record, sink) : writePairs(store, record, sink))
      if (lines.ok) return success({ file: await sink.close(), name, ...lines.value })
      await sink.discard()
      return lines
    } catch (thrown) {
      problem = messageOf(thrown)
      await sink?.discard().catch(() => {})
    }
  }
  const words = `The export could not be written: ${problem}.`
  return failure('export-failed', `${words} Free some disk space and export again; the run itself is safe.`)
}

type Written = Pick<ExportedFile, 'lines' | 'notes'>

async function writeLog(store: Store, record: RunRecord, sink: Sink): Promise<Result<Written>> {
  let lines = 0
  for await (const batch of store.batches(record.id, record.events)) {
    if (!batch.ok) return batch
    await sink.write(batch.value.text)
    lines += batch.value.count
  }
  return success({ lines })
}

async function writePairs(store: Store, record: RunRecord, sink: Sink): Promise<Result<Written>> {
  const header = await headerOf(store, record.id)
  if (!header.ok) return header
  const format = DATASET_FORMATS['trl-dpo']
  const dataset = createDataset(format)
  let task: RunEvent[] = []
  const close = async (): Promise<void> => {
    for (const row of dataset.add(header.value, task)) await sink.write(lineOfRow(row))
    task = []
    await macrotask() // calls from the page come first
  }
  let open = FRAME
  for await (const batch of store.batches(record.id, record.events)) {
    if (!batch.ok) return batch
    if (batch.value.task === FRAME) continue
    if (batch.value.task !== open) {
      await close()
      open = batch.value.task
    }
    const events = await eventsOf(store, record.id, batch.value)
    if (!events.ok) return events
    task.push(...events.value)
  }
  await close()
  const summary = dataset.summary()
  const notes = summaryWords(summary, format)
  if (summary.rows > 0) return success({ lines: summary.rows, notes })
  if (summary.unusable > 0)
    return failure('export-no-pairs', `No pair of this run can be trained on: ${notes.join(' ')}`)
  const words = 'This run has no preference pairs yet: every step so far took its first candidate.'
  return failure('export-no-pairs', `${words} Explore more tasks, or set “first rise” to “draw one more”.`)
}

function fileName({ name }: RunRecord, format: ExportFormat): string {
  return `${slugOf(name, 'run')}.${format === 'run' ? 'run' : 'trl-dpo'}.jsonl`
}
