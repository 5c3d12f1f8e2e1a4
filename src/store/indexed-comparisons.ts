/** Comparisons in IndexedDB: `comparisons` holds the records, `cells` the cells, keyed by comparison, arm, seed, budget. */
import type { Cell } from '../core/comparison/cell.ts'
import { type Result, success } from '../core/failure.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { type ComparisonStore, comparisonGone, type StoredComparison } from './comparison-store.ts'
import type { Database } from './database.ts'
import { write } from './transaction.ts'

const ROOMS = ['comparisons', 'cells'] as const

/** All cells of a comparison. */
function cellsOf(id: string): IDBKeyRange {
  const end = Number.POSITIVE_INFINITY
  return IDBKeyRange.bound([id, 0, 0, 0], [id, end, end, end])
}

export class IndexedComparisons implements ComparisonStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): Promise<Result<readonly StoredComparison[]>> {
    return this.#database.read(async (database) => {
      const transaction = database.transaction(ROOMS)
      const room = transaction.objectStore('comparisons')
      const [records, ids] = await Promise.all([room.getAll(), room.getAllKeys()])
      const cells = await Promise.all(ids.map((id) => transaction.objectStore('cells').count(cellsOf(id))))
      return success(records.map((record, i) => ({ record, cells: cells[i] ?? 0 })))
    })
  }

  get(id: string): Promise<Result<unknown>> {
    return this.#database.read(async (database) => success(await database.get('comparisons', id)))
  }

  add(record: ComparisonRecord): Promise<Result<true>> {
    return write(this.#database, ROOMS, true, async (transaction) => {
      await transaction.objectStore('comparisons').add(record)
      return success(true)
    })
  }

  addCells(id: string, cells: readonly Cell[]): Promise<Result<true>> {
    return write(this.#database, ROOMS, false, async (transaction) => {
      if ((await transaction.objectStore('comparisons').getKey(id)) === undefined) return comparisonGone()
      // Each in a function of its own, so that one that throws at once does not leave the others unheard.
      await Promise.all(cells.map(async (cell) => transaction.objectStore('cells').put({ comparisonId: id, ...cell })))
      return success(true)
    })
  }

  cells(id: string): Promise<Result<readonly unknown[]>> {
    return this.#database.read(async (database) => success(await database.getAll('cells', cellsOf(id))))
  }

  remove(id: string): Promise<Result<true>> {
    return write(this.#database, ROOMS, true, async (transaction) => {
      await Promise.all([
        transaction.objectStore('comparisons').delete(id),
        transaction.objectStore('cells').delete(cellsOf(id)),
      ])
      return success(true)
    })
  }
}
