/** Stored text back to events. */

import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import { type Batch, FRAME } from '../../store/batch.ts'
import { batchDamaged, type Store } from '../../store/store.ts'

type Text = Pick<Batch, 'text' | 'firstSeq'>

/** A batch as a store has it. What memory holds was put there by this program; what lasts may have been changed by anybody. */
export async function eventsOf(store: Pick<Store, 'lasting'>, runId: string, batch: Text): Promise<Result<RunEvent[]>> {
  if (!store.lasting) return ownEvents(runId, batch)
  const code = await fetched(() => import('../../formats/event-schema.ts'))
  if (!code.ok) return code
  const { parseEvent } = code.value
  return read(runId, batch, (line) => {
    const event = parseEvent(JSON.parse(line))
    return event.ok ? event.value : undefined
  })
}

/** Events that this version of the program wrote, or that ship with it. */
export function ownEvents(runId: string, batch: Text): Result<RunEvent[]> {
  return read(runId, batch, (line) => JSON.parse(line))
}

function read(
  runId: string,
  { text, firstSeq }: Text,
  parse: (line: string) => RunEvent | undefined,
): Result<RunEvent[]> {
  const events: RunEvent[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const event = parsed(line, parse)
    if (event === undefined) return batchDamaged(runId, firstSeq + events.length)
    events.push(event)
  }
  return success(events)
}

function parsed(line: string, parse: (line: string) => RunEvent | undefined): RunEvent | undefined {
  try {
    return parse(line)
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
    const events = await eventsOf(store, runId, batch)
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
