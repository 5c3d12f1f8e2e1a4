/** Runs in memory, with the same behaviour as IndexedDB. */
import { type Result, success } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'
import type { Batch } from './batch.ts'
import type { ComparisonStore } from './comparison-store.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import { memoryRecords, type SmallRecords, type SmallRecordsName } from './small-records.ts'
import { amendable, batchDamaged, runGone, type Store } from './store.ts'
import { listed } from './stored-runs.ts'

interface Held {
  record: RunRecord | undefined
  readonly batches: Batch[]
  readonly tasks: TaskEntry[]
}

export function createMemoryStore(): Store {
  const runs = new Map<string, Held>()
  const small = new Map<SmallRecordsName, SmallRecords>()
  let comparisons: ComparisonStore | undefined
  const held = (id: string): Held => runs.get(id) ?? { record: undefined, batches: [], tasks: [] }

  const add = (id: string, batches: readonly Batch[], tasks: readonly TaskEntry[]): Held => {
    const run = held(id)
    run.batches.push(...batches)
    run.tasks.push(...tasks)
    runs.set(id, run)
    return run
  }

  return {
    lasting: false,
    async runs(discarded) {
      const records = [...runs.values()].flatMap(({ record }) => (record === undefined ? [] : [record]))
      return success({ records: listed(records, discarded), unreadable: [] })
    },
    async run(id) {
      const record = runs.get(id)?.record
      return record === undefined ? runGone() : success(record)
    },
    async append({ record, batches, tasks }) {
      const current = runs.get(record.id)?.record
      const first = batches[0]?.firstSeq ?? record.events
      if (current === undefined && first !== 0) return runGone()
      if (current !== undefined && current.events !== first) {
        const code = await fetched(() => import('./append-conflict.ts'))
        return code.ok ? code.value.appendConflict(record, current.events) : code
      }
      add(record.id, batches, tasks).record = current === undefined ? record : { ...record, ...amendable(current) }
      return success(true)
    },
    async draft(runId, batches, tasks) {
      add(runId, batches, tasks)
      return success(true)
    },
    async publish(records) {
      for (const record of records) add(record.id, [], []).record = record
      return success(true)
    },
    async amend(ids, change) {
      const amended = ids.flatMap((id) => {
        const run = runs.get(id)
        if (run?.record === undefined) return []
        run.record = { ...run.record, ...change(run.record) }
        return run.record
      })
      return success(amended)
    },
    async remove(id) {
      runs.delete(id)
      return success(true)
    },
    async drafts() {
      return success([...runs].flatMap(([id, { record }]) => (record === undefined ? [id] : [])))
    },
    async taskBatches(id, task) {
      return success(held(id).batches.filter((batch) => batch.task === task))
    },
    async *batches(id, end): AsyncGenerator<Result<Batch>, void, void> {
      let next = 0
      for (const batch of held(id).batches) {
        if (next >= end) return
        next += batch.count
        yield success(batch)
      }
      if (next < end) yield batchDamaged(id, next)
    },
    async tasks(id) {
      return success(held(id).tasks)
    },
    async comparisons() {
      const code = await fetched(() => import('./memory-comparisons.ts'))
      if (!code.ok) return code
      comparisons ??= code.value.createMemoryComparisons()
      return success(comparisons)
    },
    smallRecords(room) {
      const records = small.get(room) ?? memoryRecords(room)
      small.set(room, records)
      return records
    },
    close() {},
  }
}
