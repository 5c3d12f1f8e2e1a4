/** Rows of an ordered query with their ties as MySQL leaves them. */
import type { CompiledQuery, RankedQuery } from '../compile/compiler.ts'
import type { SqlLimits } from '../limits.ts'
import { SqlError } from '../sql-error.ts'
import { fold } from '../values/collation.ts'
import type { SqlValue } from '../values/result-set.ts'
import type { Connection } from './connection.ts'
import { mysqlOrder } from './filesort.ts'

/** Of the work that a statement may cost: where ties cost more to know, they stay as SQLite leaves them. */
const SHARE = 0.15

/** Of that, for a look whether there are ties at all. */
const LOOK = 0.1

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
  const known = untied(connection, ranked, columns.length, share)
  if (known !== undefined) return known
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

/** The rows where no two that follow each other tie, so that there is one order only; undefined where that is not known. */
function untied(
  connection: Connection,
  { keyed, limit }: RankedQuery,
  width: number,
  share: number,
): SqlValue[][] | undefined {
  if (keyed === undefined) return undefined
  const age = connection.age()
  let rows: SqlValue[][]
  try {
    rows = connection.query(keyed.sql, width + keyed.terms, share * SHARE, LOOK)
  } catch (thrown) {
    if (thrown instanceof SqlError && age === connection.age()) return undefined
    throw thrown
  }
  for (let i = 1; i < rows.length; i++) {
    const [row, before] = [rows[i] ?? [], rows[i - 1] ?? []]
    let place = width
    while (place < row.length && mayTie(row[place], before[place])) place++
    if (place === row.length) return undefined
  }
  for (const row of rows) row.length = width
  return limit === undefined ? rows : rows.slice(limit.offset, limit.offset + limit.count)
}

/** False only for values that no order calls equal. */
function mayTie(a: SqlValue | undefined, b: SqlValue | undefined): boolean {
  if (a === b) return true
  if (a === null || b === null || a === undefined || b === undefined) return false
  return Number(a) === Number(b) || (typeof a === 'string' && typeof b === 'string' && fold(a) === fold(b))
}
