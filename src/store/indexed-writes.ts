/** What changes the runs in IndexedDB, each in one transaction. Comes with the first change. */
import { type Result, success } from '../core/failure.ts'
import type { Batch } from './batch.ts'
import type { Database } from './database.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import { type Appended, appendConflict, runGone } from './store.ts'
import { parseRecord } from './stored-schema.ts'
import { type Write, write } from './transaction.ts'

/** What belongs to runs. */
const ROOMS = ['runs', 'batches', 'tasks'] as const

/** @see Store.append */
export function append(
  database: Database,
  { record, batches, tasks }: Appended,
  durable: boolean,
): Promise<Result<true>> {
  return write(database, ROOMS, durable, async (transaction) => {
    const stored = await transaction.objectStore('runs').get(record.id)
    let name = record.name
    const first = batches[0]?.firstSeq ?? record.events
    if (stored === undefined) {
      if (first !== 0) return runGone()
    } else {
      const current = parseRecord(stored)
      if (!current.ok) return current
      if (current.value.events !== first) return appendConflict(record, current.value.events)
      name = current.value.name // another tab may have renamed the run meanwhile
    }
    await Promise.all([
      transaction.objectStore('runs').put({ ...record, name }),
      addEvents(transaction, record.id, batches, tasks),
    ])
    return success(true)
  })
}

/** @see Store.draft */
export function draft(
  database: Database,
  runId: string,
  batches: readonly Batch[],
  tasks: readonly TaskEntry[],
): Promise<Result<true>> {
  return write(database, ROOMS, false, async (transaction) => {
    await addEvents(transaction, runId, batches, tasks)
    return success(true)
  })
}

/** @see Store.publish */
export function publish(database: Database, record: RunRecord): Promise<Result<true>> {
  return write(database, ROOMS, true, async (transaction) => {
    await transaction.objectStore('runs').add(record)
    return success(true)
  })
}

/** @see Store.rename */
export function rename(database: Database, id: string, name: string): Promise<Result<RunRecord>> {
  return write(database, ROOMS, true, async (transaction) => {
    const stored = await transaction.objectStore('runs').get(id)
    if (stored === undefined) return runGone()
    const current = parseRecord(stored)
    if (!current.ok) return current
    const renamed = { ...current.value, name }
    await transaction.objectStore('runs').put(renamed)
    return success(renamed)
  })
}

/** @see Store.remove */
export function remove(database: Database, id: string): Promise<Result<true>> {
  const all = IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])
  return write(database, ROOMS, true, async (transaction) => {
    await Promise.all([
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('batches').delete(all),
      transaction.objectStore('tasks').delete(all),
    ])
    return success(true)
  })
}

/** Each request in a function of its own, so that one that throws at once does not leave the others unheard. */
async function addEvents(
  transaction: Write<(typeof ROOMS)[number]>,
  runId: string,
  batches: readonly Batch[],
  tasks: readonly TaskEntry[],
): Promise<void> {
  await Promise.all([
    ...batches.map(async (batch) => transaction.objectStore('batches').add({ runId, ...batch })),
    ...tasks.map(async (task) => transaction.objectStore('tasks').put({ runId, ...task })),
  ])
}
