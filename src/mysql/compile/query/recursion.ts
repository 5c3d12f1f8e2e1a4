/** A SELECT that reads the WITH table it is a part of: what MySQL refuses there, and how deep it goes. */
import { SqlError } from '../../sql-error.ts'
import { INT } from '../../values/value-type.ts'
import { hasWindow } from '../compiled.ts'
import { quoteText } from '../sqlite-text.ts'
import type { Clauses } from './select-clauses.ts'

export interface Recursion {
  readonly name: string
  /** Of the table in SQLite. */
  readonly id: string
  /** cte_max_recursion_depth, where the rows have a column `depth`. */
  readonly depth: number | undefined
}

/** The same SELECT with one more column, the depth of its rows. It fails where it reads a row that is as deep as may be. */
export function deeper(clauses: Clauses, { name, id, depth }: Recursion): Clauses {
  if (clauses.grouped || clauses.items.some(({ compiled }) => hasWindow(compiled)))
    throw new SqlError(
      3575,
      `Recursive Common Table Expression '${name}' can contain neither aggregation nor window functions in recursive query block`,
    )
  const source = clauses.scope.sources.find(({ common }) => common === id)
  if (source === undefined || source.outer)
    throw new SqlError(
      3576,
      `In recursive query block of Recursive Common Table Expression '${name}', the recursive table must neither be in the right argument of a LEFT JOIN, nor be forced to be non-first with join order hints`,
    )
  if (depth === undefined) return clauses
  const words = `Recursive query aborted after ${depth + 1} iterations. Try increasing @@cte_max_recursion_depth to a larger value.`
  const guard = `iif(${source.id}.depth >= ${depth}, my_fail(3636, ${quoteText(words)}), 1)`
  const { where } = clauses
  const sql = where === undefined ? guard : `(${guard} AND ${where.sql})`
  const next = { name: '', compiled: { sql: `${source.id}.depth + 1`, type: INT, parts: [] } }
  return {
    ...clauses,
    where: where === undefined ? { sql, type: INT, parts: [] } : { ...where, sql },
    items: [...clauses.items, next],
  }
}
