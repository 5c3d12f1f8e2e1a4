/** The whole library as one file, streamed: never more than a few batches in memory. */
import { quote, type Result, success } from '../../core/failure.ts'
import { isLanguage, parseAgentRecord } from '../../store/agent-record.ts'
import { parseCell, parseComparisonRecord } from '../../store/comparison-record.ts'
import type { Sink } from '../machine/export-sink.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { ExportedFile } from '../protocol/files.ts'
import { type Written, writeLog } from '../runs/export-run.ts'
import { intoFiles } from '../runs/into-files.ts'
import { ownModel } from '../worlds/own-agent.ts'
import { BACKUP_VERSION, frameLine } from './backup-frames.ts'
import { piecesOf } from './model-pieces.ts'
import type { ToolPorts } from './ports.ts'

/** Oldest first. What is discarded, ships with the page or cannot be read is not in it; the last is said. */
export async function backUp(ports: ToolPorts): Promise<Result<ExportedFile>> {
  const flushed = await ports.run.session()?.flush(true)
  if (flushed?.ok === false) return flushed
  const day = new Date(ports.parts.date()).toISOString().slice(0, 10)
  const name = `rro-lab-${day}.backup.jsonl`
  return intoFiles(ports.parts.openSink, async (open) => {
    const sink = await open(name)
    const written = await write(ports, sink)
    return written.ok ? success({ file: await sink.close(), name, ...written.value }) : written
  })
}

async function write({ store }: ToolPorts, sink: Sink): Promise<Result<Written>> {
  const runs = await store.runs()
  if (!runs.ok) return runs
  const notes = runs.value.unreadable.map(({ message }) => message)
  const counts = { runs: 0, agents: 0, comparisons: 0, cells: 0 }
  let lines = 2
  const agents = await store.smallRecords('agents').all()
  if (!agents.ok) return agents
  const parsed = agents.value.map(parseAgentRecord)
  const version = parsed.some((agent) => agent.ok && isLanguage(agent.value)) ? BACKUP_VERSION : 1
  await sink.write(frameLine({ type: 'library-started', version }))
  for (const record of runs.value.records.toReversed()) {
    const { id, name, createdAtMs, origin, labels } = record
    if (origin === 'shipped') continue
    await sink.write(
      frameLine({ type: 'library-run', id, name, createdAtMs, origin, ...(labels === undefined ? {} : { labels }) }),
    )
    const written = await writeLog(store, record, sink)
    if (!written.ok) return written
    lines += 1 + written.value.lines
    counts.runs++
    await macrotask() // calls from the page come first
  }
  for (const record of parsed) {
    const model = record.ok && isLanguage(record.value) ? await ownModel(store, record.value) : success(undefined)
    if (!record.ok) notes.push(record.failure.message)
    else if (!model.ok) notes.push(`${quote(record.value.name)}: ${model.failure.message}`)
    else {
      for (const piece of model.value === undefined ? [] : piecesOf(record.value.model, model.value.zip)) {
        await sink.write(frameLine(piece))
        lines++
        await macrotask()
      }
      await sink.write(frameLine({ type: 'library-agent', record: record.value }))
      counts.agents++
    }
  }
  const comparisons = await store.comparisons()
  if (!comparisons.ok) return comparisons
  const listed = await comparisons.value.list()
  if (!listed.ok) return listed
  for (const stored of listed.value) {
    const record = parseComparisonRecord(stored.record)
    if (!record.ok) {
      notes.push(record.failure.message)
      continue
    }
    await sink.write(frameLine({ type: 'library-comparison', record: record.value }))
    counts.comparisons++
    const cells = await comparisons.value.cells(record.value.id)
    if (!cells.ok) return cells
    for (const one of cells.value) {
      const cell = parseCell(one)
      if (cell === undefined) continue
      await sink.write(frameLine({ type: 'library-cell', cell }))
      counts.cells++
    }
    await macrotask()
  }
  await sink.write(frameLine({ type: 'library-ended', ...counts }))
  lines += counts.agents + counts.comparisons + counts.cells
  return success({ lines, notes })
}
