/** What changes the runs in IndexedDB, each in one transaction. Comes with the first change. */
import { type Result, success } from '../core/failure.ts'
import { appendConflict } from './append-conflict.ts'
import type { Batch } from './batch.ts'
import type { Database } from './database.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import { type Amendment, type Appended, amendable, runGone } from './store.ts'
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
    let amended: Amendment = {}
    const first = batches[0]?.firstSeq ?? record.events
    if (stored === undefined) {
      if (first !== 0) return runGone()
    } else {
      const current = parseRecord(stored)
      if (!current.ok) return current
      if (current.value.events !== first) return appendConflict(record, current.value.events)
      amended = amendable(current.value)
    }
    await Promise.all([
      transaction.objectStore('runs').put({ ...record, ...amended }),
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
export function publish(database: Database, records: readonly RunRecord[]): Promise<Result<true>> {
  return write(database, ROOMS, true, async (transaction) => {
    await Promise.all(records.map(async (record) => transaction.objectStore('runs').add(record)))
    return success(true)
  })
}

/** @see Store.amend */
export function amend(
  database: Database,
  ids: readonly string[],
  change: (record: RunRecord) => Amendment,
): Promise<Result<readonly RunRecord[]>> {
  return write(database, ROOMS, true, async (transaction) => {
    const runs = transaction.objectStore('runs')
    const amended: RunRecord[] = []
    for (const id of ids) {
      const stored = await runs.get(id)
      if (stored === undefined) continue
      const current = parseRecord(stored)
      if (!current.ok) return current
      const next = { ...current.value, ...change(current.value) }
      await runs.put(next)
      amended.push(next)
    }
    return success(amended)
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
