/** The tasks of a stored run, one after the other: never more than one of them in memory. */
import { type Result, success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import type { RunTask } from '../../datasets/over-runs.ts'
import { FRAME } from '../../store/batch.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { eventsOf, headerOf } from './log-text.ts'

/** As the run stood when its record was read, whatever is explored meanwhile. A failure comes last. */
export async function* storedTasks(
  store: Store,
  { id, events: end }: Pick<RunRecord, 'id' | 'events'>,
): AsyncGenerator<Result<RunTask>, void, void> {
  const header = await headerOf(store, id)
  if (!header.ok) {
    yield header
    return
  }
  let task: RunEvent[] = []
  let open = FRAME
  for await (const batch of store.batches(id, end)) {
    if (!batch.ok) {
      yield batch
      return
    }
    if (batch.value.task === FRAME) continue
    if (batch.value.task !== open && task.length > 0) {
      yield success({ header: header.value, events: task })
      task = []
    }
    open = batch.value.task
    const events = await eventsOf(store, id, batch.value)
    if (!events.ok) {
      yield events
      return
    }
    task.push(...events.value)
  }
  if (task.length > 0) yield success({ header: header.value, events: task })
}
