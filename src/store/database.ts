/**
 * The database itself: its rooms and versions, opening and giving way, one transaction for each change. What is in the
 * rooms is the business of whoever reads and writes them. See docs/decisions/0005-storage.md.
 */
import { type DBSchema, type IDBPDatabase, openDB, type StoreNames } from 'idb'
import { type Result, success } from '../core/failure.ts'
import { SMALL_RECORDS, type SmallRecordsName } from './small-records.ts'
import { type StorageNews, type StorageTrouble, toldOf } from './storage-trouble.ts'

export const DATABASE = 'rro-lab'
/** 1: runs. 2: comparisons, their cells, and agents. 3: language models, and trainings under way. */
export const SCHEMA_VERSION = 3

/** Values are `unknown` on purpose: what is stored is not trusted until it has been parsed. */
export interface Schema extends DBSchema {
  runs: { key: string; value: unknown }
  batches: { key: [string, number]; value: unknown; indexes: { task: [string, number] } }
  tasks: { key: [string, number]; value: unknown }
  comparisons: { key: string; value: unknown }
  /** By comparison, arm, seed and budget. */
  cells: { key: [string, number, number, number]; value: unknown }
  /** Policies that were trained here or imported, by their fingerprint. */
  agents: { key: string; value: unknown }
  /** Folders of the agents that are language models, by the same fingerprint. */
  models: { key: string; value: unknown }
  /** What a training that was not finished has come to. */
  trainings: { key: string; value: unknown }
}

export type Room = StoreNames<Schema>
const ROOMS: readonly Room[] = ['runs', 'batches', 'tasks', 'comparisons', 'cells', 'agents', 'models', 'trainings']

/** A browser that ends a connection aborts those that are opened in the same moment. */
const TERMINATED_MS = 500

export class Database {
  readonly #name: string
  readonly #version: number
  readonly #tell: (news: StorageNews) => void
  #open: IDBPDatabase<Schema> | undefined
  #opening: Promise<Result<true>> | undefined
  /** Whether it has been open: if there is none then, it was deleted. */
  #known = false
  /** Why it cannot be used any more. */
  #over: 'outdated' | 'deleted' | undefined

  constructor(name: string, version: number, tell: (news: StorageNews) => void) {
    this.#name = name
    this.#version = version
    this.#tell = tell
  }

  async open(): Promise<Result<true>> {
    if (this.#over !== undefined) return toldOf(this.#over)
    if (this.#open !== undefined) return success(true)
    this.#opening ??= this.#begin().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #begin(): Promise<Result<true>> {
    try {
      if (typeof indexedDB === 'undefined' || indexedDB === null) return toldOf('missing')
      const trouble = await new Promise<StorageTrouble | undefined>((resolve, reject) => {
        this.#request(() => resolve('blocked')).then(resolve, reject)
      })
      return trouble === undefined ? success(true) : toldOf(trouble)
    } catch (thrown) {
      return toldOf(this.#over ?? thrown)
    }
  }

  /** @returns undefined when it is open */
  async #request(blocked: () => void): Promise<StorageTrouble | undefined> {
    const database = await openDB<Schema>(this.#name, this.#version, {
      upgrade: (database, oldVersion, _, transaction) => {
        if (oldVersion === 0 && this.#known) {
          this.#end('deleted')
          transaction.done.catch(() => {})
          transaction.abort()
        } else build(database)
      },
      blocked,
      blocking: (_, newVersion) => this.#end(newVersion === null ? 'deleted' : 'outdated'),
      terminated: () => {
        this.#open = undefined
        setTimeout(() => void this.open(), TERMINATED_MS) // to know whether it was deleted
      },
    })
    if (ROOMS.some((room) => !database.objectStoreNames.contains(room))) {
      database.close()
      return 'rooms'
    }
    this.#open = database
    this.#known = true
    return undefined
  }

  #end(why: 'outdated' | 'deleted'): void {
    const before = this.#over
    this.#over = why
    this.close()
    if (why === 'deleted' && before !== why)
      void toldOf(why).then(({ failure }) => this.#tell({ state: 'gone', failure }))
  }

  close(): void {
    this.#open?.close()
    this.#open = undefined
  }

  /** Whatever `work` throws becomes a failure. */
  async read<T>(work: (database: IDBPDatabase<Schema>) => Promise<Result<T>>): Promise<Result<T>> {
    const opened = await this.open()
    if (!opened.ok) return opened
    try {
      return this.#open === undefined ? await toldOf(this.#over) : await work(this.#open)
    } catch (thrown) {
      return toldOf(this.#over ?? thrown)
    }
  }
}

/** What older versions stored stays as it is. What is missing is made, whichever version says that it is there. */
function build(database: IDBPDatabase<Schema>): void {
  const lacks = (room: Room): boolean => !database.objectStoreNames.contains(room)
  if (lacks('runs')) database.createObjectStore('runs', { keyPath: 'id' })
  if (lacks('batches'))
    database.createObjectStore('batches', { keyPath: ['runId', 'firstSeq'] }).createIndex('task', ['runId', 'task'])
  if (lacks('tasks')) database.createObjectStore('tasks', { keyPath: ['runId', 'task'] })
  if (lacks('comparisons')) database.createObjectStore('comparisons', { keyPath: 'id' })
  if (lacks('cells')) database.createObjectStore('cells', { keyPath: ['comparisonId', 'arm', 'seed', 'budget'] })
  for (const room of Object.keys(SMALL_RECORDS) as SmallRecordsName[]) // its own keys
    if (lacks(room)) database.createObjectStore(room, { keyPath: SMALL_RECORDS[room] })
}
