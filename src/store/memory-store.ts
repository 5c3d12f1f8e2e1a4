/** Runs in memory, with the same behaviour as IndexedDB. */
import { type Result, success } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'
import type { Batch } from './batch.ts'
import type { ComparisonStore } from './comparison-store.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import { memoryRecords, type SmallRecords, type SmallRecordsName } from './small-records.ts'
import { appendConflict, batchDamaged, runGone, type Store } from './store.ts'

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
    async runs() {
      const records = [...runs.values()].flatMap(({ record }) => (record === undefined ? [] : [record]))
      records.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
      return success({ records, unreadable: [] })
    },
    async run(id) {
      const record = runs.get(id)?.record
      return record === undefined ? runGone() : success(record)
    },
    async append({ record, batches, tasks }) {
      const current = runs.get(record.id)?.record
      const first = batches[0]?.firstSeq ?? record.events
      if (current === undefined && first !== 0) return runGone()
      if (current !== undefined && current.events !== first) return appendConflict(record, current.events)
      add(record.id, batches, tasks).record = { ...record, name: current?.name ?? record.name }
      return success(true)
    },
    async draft(runId, batches, tasks) {
      add(runId, batches, tasks)
      return success(true)
    },
    async publish(record) {
      add(record.id, [], []).record = record
      return success(true)
    },
    async rename(id, name) {
      const run = runs.get(id)
      if (run?.record === undefined) return runGone()
      run.record = { ...run.record, name }
      return success(run.record)
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
