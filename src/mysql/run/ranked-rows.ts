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
    const { sql, first, numbers } = ranked
    const query = (text: string, width: number) => connection.query(text, width, share * SHARE)
    const terms = numbers?.length ?? 1
    if (first === undefined) {
      const rows = query(sql, columns.length + terms)
      const order = mysqlOrder(cutRanks(rows, columns.length, numbers), Math.min(count + offset, rows.length))
      return order.slice(offset).map((i) => rows[i] ?? [])
    }
    // The last column is the row of the first table that a row comes from.
    const rows = query(sql, columns.length + 1)
    const places = sortedFirst(query(first, 1 + terms), numbers)
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
function sortedFirst(rows: SqlValue[][], numbers: RankedQuery['numbers']): ReadonlyMap<SqlValue | undefined, number> {
  const order = mysqlOrder(cutRanks(rows, 1, numbers), rows.length)
  return new Map(order.map((i, place) => [rows[i]?.[0], place]))
}

/** Cuts what follows a row's first cells, its rank or the numbers that tell it, and gives the rank of each row: equal for ties. */
function cutRanks(rows: SqlValue[][], width: number, numbers: RankedQuery['numbers']): number[] {
  if (numbers === undefined) return rows.map((row) => Number(row.splice(width)[0]))
  const terms = rows.map((row) => row.splice(width))
  const compare = (a: number, b: number): number => {
    for (const [i, descending] of numbers.entries()) {
      const order = inOrder(terms[a]?.[i] ?? null, terms[b]?.[i] ?? null)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
  const ranks = new Array<number>(rows.length).fill(0)
  let before: number | undefined
  for (const i of rows.map((_, i) => i).sort(compare)) {
    if (before !== undefined) ranks[i] = (ranks[before] as number) + (compare(before, i) === 0 ? 0 : 1)
    before = i
  }
  return ranks
}

/** Of NULL and numbers, as SQLite has it: NULL first; whole numbers of any size and fractions by what they are worth. */
function inOrder(a: SqlValue, b: SqlValue): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  return a < b ? -1 : a > b ? 1 : 0
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
