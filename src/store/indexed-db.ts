/**
 * Runs in IndexedDB. `runs` holds the records; `batches` the events, keyed by run and first sequence number, so that a
 * range is a stretch of the log; `tasks` one line for each finished task; the rest are small records. See
 * docs/decisions/0005-storage.md.
 */
import { failure, type Result, success } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'
import type { Batch } from './batch.ts'
import type { ComparisonStore } from './comparison-store.ts'
import { DATABASE, Database, SCHEMA_VERSION } from './database.ts'
import { indexedRecords } from './indexed-records.ts'
import type { RunRecord, TaskEntry } from './run-record.ts'
import type { SmallRecords, SmallRecordsName } from './small-records.ts'
import { type StorageNews, toldOf } from './storage-trouble.ts'
import { type Amendment, type Appended, batchDamaged, runGone, type Store, type StoredRuns } from './store.ts'
import { listed } from './stored-runs.ts'

/** Batches read in one transaction while streaming; some 20 kB each. */
const PAGE = 64

/** From when an opening that takes long is told of, and when it is given up. */
const LONG_MS = 1_000
const OPENING_MOST_MS = 10_000

/** Opens the database; a failure (with a sentence) where there is none, or where it cannot be used now. */
export async function openIndexedDb(
  tell: (news: StorageNews) => void = () => {},
  name: string = DATABASE,
  version: number = SCHEMA_VERSION,
): Promise<Result<Store>> {
  const database = new Database(name, version, tell)
  const timers = [setTimeout(() => tell({ state: 'opening', mostMs: OPENING_MOST_MS }), LONG_MS)]
  const late = new Promise<Result<true>>((resolve) => {
    timers.push(setTimeout(() => resolve(toldOf('late')), OPENING_MOST_MS))
  })
  const opening = database.open()
  const opened = await Promise.race([opening, late])
  timers.forEach(clearTimeout)
  if (opened.ok) return success(new IndexedDbStore(database))
  void opening.then(() => database.close()) // it may still come
  return opened
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

  async runs(discarded?: boolean): Promise<Result<StoredRuns>> {
    const stored = await this.#database.read(async (database) => success(await database.getAll('runs')))
    if (!stored.ok) return stored
    if (stored.value.length === 0) return success({ records: [], unreadable: [] })
    const code = await readers()
    if (!code.ok) return code
    const parsed = stored.value.map(code.value.parseRecord)
    const records = parsed.flatMap((record) => (record.ok ? record.value : []))
    const unreadable = parsed.flatMap((record) => (record.ok ? [] : record.failure))
    return success({ records: listed(records, discarded), unreadable })
  }

  async run(id: string): Promise<Result<RunRecord>> {
    const code = await readers()
    if (!code.ok) return code
    return this.#database.read(async (database) => {
      const stored = await database.get('runs', id)
      return stored === undefined ? runGone() : code.value.parseRecord(stored)
    })
  }

  append(appended: Appended, durable: boolean): Promise<Result<true>> {
    return this.#changed((code) => code.append(this.#database, appended, durable))
  }

  draft(runId: string, batches: readonly Batch[], tasks: readonly TaskEntry[]): Promise<Result<true>> {
    return this.#changed((code) => code.draft(this.#database, runId, batches, tasks))
  }

  publish(records: readonly RunRecord[]): Promise<Result<true>> {
    return this.#changed((code) => code.publish(this.#database, records))
  }

  amend(ids: readonly string[], change: (record: RunRecord) => Amendment): Promise<Result<readonly RunRecord[]>> {
    return this.#changed((code) => code.amend(this.#database, ids, change))
  }

  remove(id: string): Promise<Result<true>> {
    return this.#changed((code) => code.remove(this.#database, id))
  }

  async #changed<T>(change: (code: typeof import('./indexed-writes.ts')) => Promise<Result<T>>): Promise<Result<T>> {
    const code = await fetched(() => import('./indexed-writes.ts'))
    return code.ok ? change(code.value) : code
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
