/**
 * The database itself: its rooms and versions, opening and giving way, one transaction for each change. What is in the
 * rooms is the business of whoever reads and writes them. See docs/decisions/0005-storage.md.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'
import { type Result, success } from '../core/failure.ts'
import { SMALL_RECORDS } from './small-records.ts'
import { STORAGE_BLOCKED, STORAGE_OUTDATED, storageFailure } from './storage-failure.ts'

export const DATABASE = 'rro-lab'
/** 1: runs. 2: comparisons, their cells, and agents. */
export const SCHEMA_VERSION = 2

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
}

export type Room = StoreNames<Schema>
export type Write<R extends Room> = IDBPTransaction<Schema, R[], 'readwrite'>

export class Database {
  readonly #name: string
  readonly #version: number
  #open: IDBPDatabase<Schema> | undefined
  #outdated = false

  constructor(name: string, version: number) {
    this.#name = name
    this.#version = version
  }

  async open(): Promise<Result<true>> {
    if (this.#outdated) return STORAGE_OUTDATED
    if (this.#open !== undefined) return success(true)
    let sayBlocked: (result: Result<true>) => void = () => {}
    const blocked = new Promise<Result<true>>((resolve) => {
      sayBlocked = resolve
    })
    const opening = openDB<Schema>(this.#name, this.#version, {
      upgrade,
      blocked: () => sayBlocked(STORAGE_BLOCKED),
      blocking: () => {
        this.#outdated = true
        this.close()
      },
      terminated: () => {
        this.#open = undefined
      },
    }).then(
      (database): Result<true> => {
        this.#open = database
        return success(true)
      },
      (thrown) => storageFailure(thrown),
    )
    return Promise.race([opening, blocked])
  }

  close(): void {
    this.#open?.close()
    this.#open = undefined
  }

  /** Whatever `work` throws becomes a failure. */
  async read<T>(work: (database: IDBPDatabase<Schema>) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const opened = await this.open()
      if (!opened.ok || this.#open === undefined) return opened.ok ? STORAGE_OUTDATED : opened
      return await work(this.#open)
    } catch (thrown) {
      return storageFailure(thrown)
    }
  }

  /**
   * Runs `work` in one transaction over some rooms; a failure it returns, or anything thrown, undoes all of it.
   * @param durable wait until it would survive a power cut
   */
  async write<T, R extends Room>(
    rooms: readonly R[],
    durable: boolean,
    work: (transaction: Write<R>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.read(async (database) => {
      const transaction = database.transaction<R[], 'readwrite'>([...rooms], 'readwrite', {
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

/** What older versions stored stays as it is. */
function upgrade(database: IDBPDatabase<Schema>, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('runs', { keyPath: 'id' })
    database.createObjectStore('batches', { keyPath: ['runId', 'firstSeq'] }).createIndex('task', ['runId', 'task'])
    database.createObjectStore('tasks', { keyPath: ['runId', 'task'] })
  }
  if (oldVersion < 2) {
    database.createObjectStore('comparisons', { keyPath: 'id' })
    database.createObjectStore('cells', { keyPath: ['comparisonId', 'arm', 'seed', 'budget'] })
    database.createObjectStore('agents', { keyPath: SMALL_RECORDS.agents })
  }
}
