/**
 * Runs in IndexedDB. `runs` holds the records; `batches` the events, keyed by run and first sequence number, so that a
 * range is a stretch of the log; `tasks` one line for each finished task; the rest are shelves. See
 * docs/decisions/0005-storage.md.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { failure, type Result, success } from '../core/failure.ts'
import { type Batch, parseBatch } from './batch.ts'
import { parseRecord, parseTaskEntry, type RunRecord, type TaskEntry } from './run-record.ts'
import { SHELVES, type Shelf, type ShelfName } from './shelf.ts'
import { STORAGE_BLOCKED, STORAGE_MISSING, STORAGE_OUTDATED, storageFailure } from './storage-failure.ts'
import { appendConflict, batchDamaged, runGone, type Store, type StoredRuns } from './store.ts'

const DATABASE = 'rro-lab'
const SCHEMA_VERSION = 2
/** Batches read in one transaction while streaming; some 20 kB each. */
const PAGE = 64

/** Values are `unknown` on purpose: what is stored is not trusted until it has been parsed. */
interface Schema extends DBSchema {
  runs: { key: string; value: unknown }
  batches: { key: [string, number]; value: unknown; indexes: { task: [string, number] } }
  tasks: { key: [string, number]; value: unknown }
  agents: { key: string; value: unknown }
}

type Rooms = ('runs' | 'batches' | 'tasks')[]
type Write = IDBPTransaction<Schema, Rooms, 'readwrite'>

/** Opens the database; a failure (with a sentence) where there is none, or where it cannot be used now. */
export async function openIndexedDb(name: string = DATABASE, version: number = SCHEMA_VERSION): Promise<Result<Store>> {
  if (typeof indexedDB === 'undefined' || indexedDB === null) return STORAGE_MISSING
  const store = new IndexedDbStore(name, version)
  const opened = await store.open()
  return opened.ok ? success(store) : opened
}

class IndexedDbStore implements Store {
  readonly lasting = true
  readonly #name: string
  readonly #version: number
  #database: IDBPDatabase<Schema> | undefined
  #outdated = false

  constructor(name: string, version: number) {
    this.#name = name
    this.#version = version
  }

  async open(): Promise<Result<true>> {
    if (this.#outdated) return STORAGE_OUTDATED
    if (this.#database !== undefined) return success(true)
    let sayBlocked: (result: Result<true>) => void = () => {}
    const blocked = new Promise<Result<true>>((resolve) => {
      sayBlocked = resolve
    })
    const opening = openDB<Schema>(this.#name, this.#version, {
      upgrade(database, oldVersion) {
        if (oldVersion < 1) {
          database.createObjectStore('runs', { keyPath: 'id' })
          database
            .createObjectStore('batches', { keyPath: ['runId', 'firstSeq'] })
            .createIndex('task', ['runId', 'task'])
          database.createObjectStore('tasks', { keyPath: ['runId', 'task'] })
        }
        if (oldVersion < 2) database.createObjectStore('agents', { keyPath: SHELVES.agents })
      },
      blocked: () => sayBlocked(STORAGE_BLOCKED),
      blocking: () => {
        this.#outdated = true
        this.close()
      },
      terminated: () => {
        this.#database = undefined
      },
    }).then(
      (database): Result<true> => {
        this.#database = database
        return success(true)
      },
      (thrown) => storageFailure(thrown),
    )
    return Promise.race([opening, blocked])
  }

  close(): void {
    this.#database?.close()
    this.#database = undefined
  }

  async runs(): Promise<Result<StoredRuns>> {
    return this.#read(async (database) => {
      const parsed = (await database.getAll('runs')).map(parseRecord)
      const records = parsed.flatMap((record) => (record.ok ? [record.value] : []))
      records.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
      return success({ records, unreadable: parsed.flatMap((record) => (record.ok ? [] : [record.failure])) })
    })
  }

  async run(id: string): Promise<Result<RunRecord>> {
    return this.#read(async (database) => {
      const stored = await database.get('runs', id)
      return stored === undefined ? runGone() : parseRecord(stored)
    })
  }

  async append({ record, batches, tasks }: Parameters<Store['append']>[0], durable: boolean): Promise<Result<true>> {
    return this.#write(durable, async (transaction) => {
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

  async draft(runId: string, batches: readonly Batch[], tasks: readonly TaskEntry[]): Promise<Result<true>> {
    return this.#write(false, async (transaction) => {
      await addEvents(transaction, runId, batches, tasks)
      return success(true)
    })
  }

  async publish(record: RunRecord): Promise<Result<true>> {
    return this.#write(true, async (transaction) => {
      await transaction.objectStore('runs').add(record)
      return success(true)
    })
  }

  async rename(id: string, name: string): Promise<Result<RunRecord>> {
    return this.#write(true, async (transaction) => {
      const stored = await transaction.objectStore('runs').get(id)
      if (stored === undefined) return runGone()
      const current = parseRecord(stored)
      if (!current.ok) return current
      const renamed = { ...current.value, name }
      await transaction.objectStore('runs').put(renamed)
      return success(renamed)
    })
  }

  async remove(id: string): Promise<Result<true>> {
    return this.#write(true, async (transaction) => {
      await Promise.all([
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('batches').delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
        transaction.objectStore('tasks').delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
      ])
      return success(true)
    })
  }

  async drafts(): Promise<Result<readonly string[]>> {
    return this.#read(async (database) => {
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
    return this.#read(async (database) => {
      const batches: Batch[] = []
      for (const stored of await database.getAllFromIndex('batches', 'task', [id, task])) {
        const batch = parseBatch(stored)
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
    let next = 0
    while (next < end) {
      const page = await this.#read(async (database) =>
        success(await database.getAll('batches', IDBKeyRange.bound([id, next], [id, end], false, true), PAGE)),
      )
      if (!page.ok) return yield page
      for (const stored of page.value) {
        const batch = parseBatch(stored)
        if (batch === undefined || batch.firstSeq !== next) return yield batchDamaged(id, next)
        next += batch.count
        yield success(batch)
      }
      if (page.value.length === 0) return yield batchDamaged(id, next)
    }
  }

  async tasks(id: string): Promise<Result<readonly TaskEntry[]>> {
    return this.#read(async (database) => {
      const range = IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])
      const entries = (await database.getAll('tasks', range)).map(parseTaskEntry)
      const wrong = entries.findIndex((entry, i) => entry?.task !== i)
      if (wrong < 0) return success(entries as TaskEntry[]) // none is undefined, by the line above
      const words = `The stored overview of run ${id} is damaged at task ${wrong + 1}.`
      return failure('tasks-damaged', `${words} The run can still be exported as a run file and imported again.`)
    })
  }

  shelf(room: ShelfName): Shelf {
    return {
      all: () => this.#read(async (database) => success(await database.getAll(room))),
      get: (key) => this.#read(async (database) => success(await database.get(room, key))),
      put: (key, value) =>
        this.#read(async (database) => {
          await database.put(room, { ...value, [SHELVES[room]]: key })
          return success(true)
        }),
      remove: (key) =>
        this.#read(async (database) => {
          await database.delete(room, key)
          return success(true)
        }),
    }
  }

  async #read<T>(work: (database: IDBPDatabase<Schema>) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const opened = await this.open()
      if (!opened.ok || this.#database === undefined) return opened.ok ? STORAGE_OUTDATED : opened
      return await work(this.#database)
    } catch (thrown) {
      return storageFailure(thrown)
    }
  }

  /** Runs `work` in one transaction over all rooms; a failure it returns, or anything thrown, undoes all of it. */
  async #write<T>(durable: boolean, work: (transaction: Write) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#read(async (database) => {
      const transaction = database.transaction<Rooms, 'readwrite'>(['runs', 'batches', 'tasks'], 'readwrite', {
        durability: durable ? 'strict' : 'relaxed',
      })
      const done = transaction.done.then(
        () => undefined,
        (thrown: unknown) => ({ thrown }),
      )
      let result: Result<T>
      try {
        result = await work(transaction)
      } catch (thrown) {
        result = storageFailure(transaction.error ?? thrown)
      }
      if (!result.ok) {
        try {
          transaction.abort()
        } catch {
          // It has already ended.
        }
        await done
        return result
      }
      const failed = await done
      return failed === undefined ? result : storageFailure(transaction.error ?? failed.thrown)
    })
  }
}

/** Each request in a function of its own, so that one that throws at once does not leave the others unheard. */
async function addEvents(
  transaction: Write,
  runId: string,
  batches: readonly Batch[],
  tasks: readonly TaskEntry[],
): Promise<void> {
  await Promise.all([
    ...batches.map(async (batch) => transaction.objectStore('batches').add({ runId, ...batch })),
    ...tasks.map(async (task) => transaction.objectStore('tasks').put({ runId, ...task })),
  ])
}
