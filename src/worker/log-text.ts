/** Stored text back to events. */
import type { RunEvent, RunStarted } from '../core/events.ts'
import { failure, type Result, success } from '../core/failure.ts'
import { parseEvent } from '../formats/event-schema.ts'
import { type Batch, FRAME } from '../store/batch.ts'
import { batchDamaged, type Store } from '../store/store.ts'

export function eventsOf(runId: string, { text, firstSeq }: Pick<Batch, 'text' | 'firstSeq'>): Result<RunEvent[]> {
  const events: RunEvent[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const event = parseLine(line)
    if (event === undefined) return batchDamaged(runId, firstSeq + events.length)
    events.push(event)
  }
  return success(events)
}

function parseLine(line: string): RunEvent | undefined {
  try {
    const event = parseEvent(JSON.parse(line))
    return event.ok ? event.value : undefined
  } catch {
    return undefined
  }
}

/** The stored events of one task, from its start. */
export async function taskEventsOf(store: Store, runId: string, task: number): Promise<Result<RunEvent[]>> {
  const batches = await store.taskBatches(runId, task)
  if (!batches.ok) return batches
  const all: RunEvent[] = []
  for (const batch of batches.value) {
    const events = eventsOf(runId, batch)
    if (!events.ok) return events
    all.push(...events.value)
  }
  return success(all)
}

/** `run-started` of a stored run. */
export async function headerOf(store: Store, runId: string): Promise<Result<RunStarted>> {
  const frame = await taskEventsOf(store, runId, FRAME)
  if (!frame.ok) return frame
  const [first] = frame.value
  if (first?.type === 'run-started') return success(first)
  return failure('run-headless', 'The stored run has lost its beginning and cannot be opened. It may be deleted.')
}
