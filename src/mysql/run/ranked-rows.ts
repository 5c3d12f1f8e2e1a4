/** Rows of an ordered query with their ties as MySQL leaves them. */
import type { CompiledQuery } from '../compile/compiler.ts'
import type { SqlLimits } from '../limits.ts'
import { SqlError } from '../sql-error.ts'
import type { SqlValue } from '../values/result-set.ts'
import type { Connection } from './connection.ts'
import { mysqlOrder } from './filesort.ts'

/** Of the work that a statement may cost: where ties cost more to know, they stay as SQLite leaves them. */
const SHARE = 0.15

/** Undefined where ties do not matter, or cost too much to know. @param share of the work that a statement may cost */
export function rankedRows(
  connection: Connection,
  { ranked, columns }: CompiledQuery,
  limits: SqlLimits,
  share: number,
): SqlValue[][] | undefined {
  if (ranked === undefined) return undefined
  const { count, offset } = ranked.limit ?? { count: limits.rows + 1, offset: 0 }
  if (count === 0) return undefined
  const age = connection.age()
  try {
    const rows = connection.query(ranked.sql, columns.length + 1, share * SHARE)
    // The last column is a row's rank, or the row of the first table that it comes from.
    if (ranked.first === undefined) {
      const ranks = rows.map((row) => Number(row.pop()))
      const order = mysqlOrder(ranks, Math.min(count + offset, rows.length))
      return order.slice(offset).map((i) => rows[i] ?? [])
    }
    const places = sortedFirst(connection.query(ranked.first, 2, share * SHARE))
    const placed = rows.map((row) => ({ place: places.get(row.pop()) ?? 0, row }))
    placed.sort((a, b) => a.place - b.place)
    return placed.slice(offset, offset + count).map(({ row }) => row)
  } catch (thrown) {
    // Where the engine had to begin anew, what was written is gone.
    if (thrown instanceof SqlError && age === connection.age()) return undefined
    throw thrown
  }
}

/** The place of each row of the first table, by its number, once that table is sorted alone. */
function sortedFirst(rows: readonly (readonly SqlValue[])[]): ReadonlyMap<SqlValue | undefined, number> {
  const ranks = rows.map((row) => Number(row[1]))
  return new Map(mysqlOrder(ranks, rows.length).map((i, place) => [rows[i]?.[0], place]))
}
