/**
 * Runs in IndexedDB. `runs` holds the records; `batches` the events, keyed by run and first sequence number, so that a
 * range is a stretch of the log; `tasks` one line for each finished task; the rest are small records. See
 * docs/decisions/0005-storage.md.
 */
import { failure, type Result, success } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'
import type { Batch } from './batch.ts'
import type { ComparisonStore } from './comparison-store.ts'
import { DATABASE, Database, SCHEMA_VERSION, type Write } from './database.ts'
import { indexedRecords } from './indexed-records.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import type { SmallRecords, SmallRecordsName } from './small-records.ts'
import { STORAGE_MISSING } from './storage-failure.ts'
import { appendConflict, batchDamaged, runGone, type Store, type StoredRuns } from './store.ts'

/** Batches read in one transaction while streaming; some 20 kB each. */
const PAGE = 64
/** What belongs to runs. */
const ROOMS = ['runs', 'batches', 'tasks'] as const

/** Opens the database; a failure (with a sentence) where there is none, or where it cannot be used now. */
export async function openIndexedDb(name: string = DATABASE, version: number = SCHEMA_VERSION): Promise<Result<Store>> {
  if (typeof indexedDB === 'undefined' || indexedDB === null) return STORAGE_MISSING
  const database = new Database(name, version)
  const opened = await database.open()
  return opened.ok ? success(new IndexedDbStore(database)) : opened
}

/** Before a transaction, never in one: it would end while the part is fetched. */
const readers = () => fetched(() => import('./stored-schema.ts'))

class IndexedDbStore implements Store {
  readonly lasting = true
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  close(): void {
    this.#database.close()
  }

  async runs(): Promise<Result<StoredRuns>> {
    const stored = await this.#database.read(async (database) => success(await database.getAll('runs')))
    if (!stored.ok) return stored
    if (stored.value.length === 0) return success({ records: [], unreadable: [] })
    const code = await readers()
    if (!code.ok) return code
    const parsed = stored.value.map(code.value.parseRecord)
    const records = parsed.flatMap((record) => (record.ok ? [record.value] : []))
    records.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
    return success({ records, unreadable: parsed.flatMap((record) => (record.ok ? [] : [record.failure])) })
  }

  async run(id: string): Promise<Result<RunRecord>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.read(async (database) => {
      const stored = await database.get('runs', id)
      return stored === undefined ? runGone() : code.value.parseRecord(stored)
    })
  }

  async append({ record, batches, tasks }: Parameters<Store['append']>[0], durable: boolean): Promise<Result<true>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.write(ROOMS, durable, async (transaction) => {
      const stored = await transaction.objectStore('runs').get(record.id)
      let name = record.name
      const first = batches[0]?.firstSeq ?? record.events
      if (stored === undefined) {
        if (first !== 0) return runGone()
      } else {
        const current = code.value.parseRecord(stored)
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

  async draft(runId: string, batches: readonly Batch[], tasks: readonly TaskEntry[]): Promise<Result<true>> {
    return this.#database.write(ROOMS, false, async (transaction) => {
      await addEvents(transaction, runId, batches, tasks)
      return success(true)
    })
  }

  async publish(record: RunRecord): Promise<Result<true>> {
    return this.#database.write(ROOMS, true, async (transaction) => {
      await transaction.objectStore('runs').add(record)
      return success(true)
    })
  }

  async rename(id: string, name: string): Promise<Result<RunRecord>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.write(ROOMS, true, async (transaction) => {
      const stored = await transaction.objectStore('runs').get(id)
      if (stored === undefined) return runGone()
      const current = code.value.parseRecord(stored)
      if (!current.ok) return current
      const renamed = { ...current.value, name }
      await transaction.objectStore('runs').put(renamed)
      return success(renamed)
    })
  }

  async remove(id: string): Promise<Result<true>> {
    return this.#database.write(ROOMS, true, async (transaction) => {
      await Promise.all([
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('batches').delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
        transaction.objectStore('tasks').delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
      ])
      return success(true)
    })
  }

  async drafts(): Promise<Result<readonly string[]>> {
    return this.#database.read(async (database) => {
      const transaction = database.transaction(['runs', 'batches'])
      const known = new Set(await transaction.objectStore('runs').getAllKeys())
      const drafts: string[] = []
      let cursor = await transaction.objectStore('batches').openKeyCursor()
      while (cursor !== null) {
        const id = cursor.key[0]
        if (!known.has(id)) drafts.push(id)
        cursor = await cursor.continue([id, Number.POSITIVE_INFINITY])
      }
      return success(drafts)
    })
  }

  async taskBatches(id: string, task: number): Promise<Result<readonly Batch[]>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.read(async (database) => {
      const batches: Batch[] = []
      for (const stored of await database.getAllFromIndex('batches', 'task', [id, task])) {
        const batch = code.value.parseBatch(stored)
        const last = batches.at(-1)
        // One task's events are consecutive in the log; the frame's are not.
        const expected = task >= 0 && last !== undefined ? last.firstSeq + last.count : batch?.firstSeq
        if (batch === undefined || batch.firstSeq !== expected) return batchDamaged(id, expected ?? 0)
        batches.push(batch)
      }
      return success(batches)
    })
  }

  async *batches(id: string, end: number): AsyncGenerator<Result<Batch>, void, void> {
    const code = await readers()
    if (!code.ok) return yield code
    let next = 0
    while (next < end) {
      const page = await this.#database.read(async (database) =>
        success(await database.getAll('batches', IDBKeyRange.bound([id, next], [id, end], false, true), PAGE)),
      )
      if (!page.ok) return yield page
      for (const stored of page.value) {
        const batch = code.value.parseBatch(stored)
        if (batch === undefined || batch.firstSeq !== next) return yield batchDamaged(id, next)
        next += batch.count
        yield success(batch)
      }
      if (page.value.length === 0) return yield batchDamaged(id, next)
    }
  }

  async tasks(id: string): Promise<Result<readonly TaskEntry[]>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.read(async (database) => {
      const range = IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])
      const entries = (await database.getAll('tasks', range)).map(code.value.parseTaskEntry)
      const wrong = entries.findIndex((entry, i) => entry?.task !== i)
      if (wrong < 0) return success(entries as TaskEntry[]) // none is undefined, by the line above
      const words = `The stored overview of run ${id} is damaged at task ${wrong + 1}.`
      return failure('tasks-damaged', `${words} The run can still be exported as a run file and imported again.`)
    })
  }

  async comparisons(): Promise<Result<ComparisonStore>> {
    const code = await fetched(() => import('./indexed-comparisons.ts'))
    return code.ok ? success(new code.value.IndexedComparisons(this.#database)) : code
  }

  smallRecords(room: SmallRecordsName): SmallRecords {
    return indexedRecords(this.#database, room)
  }
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
