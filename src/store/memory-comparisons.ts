/** Comparisons in memory, with the same behaviour as IndexedDB. */
import type { Cell } from '../core/comparison/cell.ts'
import { success } from '../core/failure.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { type ComparisonStore, comparisonGone } from './comparison-store.ts'

interface Held {
  readonly record: ComparisonRecord
  readonly cells: Map<string, Cell>
}

export function createMemoryComparisons(): ComparisonStore {
  const held = new Map<string, Held>()
  return {
    async list() {
      return success([...held.values()].map(({ record, cells }) => ({ record, cells: cells.size })))
    },
    async get(id) {
      return success(held.get(id)?.record)
    },
    async add(record) {
      held.set(record.id, { record, cells: new Map() })
      return success(true)
    },
    async addCells(id, cells) {
      const known = held.get(id)
      if (known === undefined) return comparisonGone()
      for (const cell of cells) known.cells.set([cell.arm, cell.seed, cell.budget].join(), cell)
      return success(true)
    },
    async cells(id) {
      return success([...(held.get(id)?.cells.values() ?? [])])
    },
    async remove(id) {
      held.delete(id)
      return success(true)
    },
  }
}
