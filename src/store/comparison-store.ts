/**
 * Where comparisons and their cells are kept: part of the store, made twice as it is. Values are `unknown`: whoever reads
 * them parses them (comparison-record.ts), so that their schemas need not come with the store.
 */
import type { Cell } from '../core/comparison/cell.ts'
import { failure, type Result } from '../core/failure.ts'
import type { ComparisonRecord } from './comparison-record.ts'

export interface StoredComparison {
  readonly record: unknown
  /** Stored cells, readable or not. */
  readonly cells: number
}

export interface ComparisonStore {
  /** In no order. */
  list(): Promise<Result<readonly StoredComparison[]>>
  /** Undefined where there is none. */
  get(id: string): Promise<Result<unknown>>
  add(record: ComparisonRecord): Promise<Result<true>>
  /**
   * Stores finished cells of a comparison that is stored, in one transaction. A cell that is there already is replaced:
   * whoever computes it gets the same one.
   */
  addCells(id: string, cells: readonly Cell[]): Promise<Result<true>>
  cells(id: string): Promise<Result<readonly unknown[]>>
  /** Removes a comparison and its cells, damaged ones too. */
  remove(id: string): Promise<Result<true>>
}

export function comparisonGone(): ReturnType<typeof failure> {
  return failure(
    'comparison-gone',
    'This comparison is not stored any more; it was deleted, perhaps in another tab. Start a new one.',
  )
}
