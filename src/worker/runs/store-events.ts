/**
 * A whole run into a store. Until its record is published nobody sees it, so that a crash leaves no half run in the
 * library.
 */

import { failure, type Result, success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { macrotask } from '../machine/macrotask.ts'
import { Recorder } from './recorder.ts'
import { emptyRecord } from './records.ts'

const EVENTS_A_WRITE = 4_000

export type RunWords = Pick<RunRecord, 'id' | 'name' | 'createdAtMs' | 'origin' | 'labels'>
/** From `run-started` on; a failure comes last. */
export type EventSource = AsyncIterable<Result<RunEvent>> | Iterable<Result<RunEvent>>

/** On a failure what was stored of the run is removed again. */
export async function storeEvents(store: Store, source: EventSource, words: RunWords): Promise<Result<RunRecord>> {
  const drafted = await draftEvents(store, source, words)
  const published = drafted.ok ? await store.publish([drafted.value]) : drafted
  if (published.ok) return drafted
  await store.remove(words.id)
  return published
}

/** All but its record, which it returns: whoever publishes that, or gives up and removes the run, is who calls. */
export async function draftEvents(store: Store, source: EventSource, words: RunWords): Promise<Result<RunRecord>> {
  let recorder: Recorder | undefined
  let events = 0
  for await (const event of source) {
    if (!event.ok) return event
    if (event.value.type === 'run-started') {
      const write = (appended: Parameters<Store['append']>[0]): Promise<Result<true>> =>
        store.draft(words.id, appended.batches, appended.tasks)
      recorder = new Recorder(write, emptyRecord(event.value.config, words), [])
    }
    recorder?.add(event.value)
    if (++events % EVENTS_A_WRITE === 0) {
      const written = await recorder?.flush(0, false)
      if (written?.ok === false) return written
      await macrotask()
    }
  }
  if (recorder === undefined) return failure('run-file-empty', 'The file holds no run.')
  const written = await recorder.flush(0, false)
  return written.ok ? success(recorder.record) : written
}
