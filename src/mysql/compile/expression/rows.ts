/** Rows of values, `(a, b)`, and where one value belongs. */
import { SqlError } from '../../sql-error.ts'
import { NULL } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'

/** Marks the parts of a row. */
const ROW: Compiled = { sql: '', type: NULL, parts: [] }

/** @param sql its text in SQLite; that of its parts by default */
export function rowOf(parts: readonly Compiled[], sql = `(${parts.map((part) => part.sql).join(', ')})`): Compiled {
  return { sql, type: NULL, parts: [...parts, ROW] }
}

export function rowParts(compiled: Compiled): readonly Compiled[] | undefined {
  return compiled.parts.at(-1) === ROW ? compiled.parts.slice(0, -1) : undefined
}

/** The text of a row that a query gives, when its columns are read as `list` says; undefined for rows that are written. */
export function rowQuery(compiled: Compiled): ((list: string) => string) | undefined {
  const { queried } = compiled
  return queried === undefined ? undefined : (list) => `SELECT ${list} FROM (${queried})`
}

/** Refuses a row where one value belongs. */
export function scalar(compiled: Compiled): Compiled {
  if (compiled.parts.at(-1) === ROW) throw new SqlError(1241, 'Operand should contain 1 column(s)')
  return compiled
}
