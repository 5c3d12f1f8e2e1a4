/** A value as a column keeps it, or the error that strict mode makes of it. */
import type { SqlColumn } from '../../schema.ts'
import { hasMode } from '../../server/settings.ts'
import { columnValue } from '../../values/column-value.ts'
import { isNumber, isTemporal, typeOfColumn } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asText } from '../conversion.ts'
import { quoteText } from '../sqlite-text.ts'

/**
 * @param row the number that the error names, in SQLite's text
 * @param ignore whether the statement takes the nearest value instead of an error
 */
export function kept(compiler: Compiler, value: Compiled, column: SqlColumn, row: string, ignore: boolean): string {
  const { kind } = typeOfColumn(column.type)
  const given = value.type.kind
  if (given === 'null') return value.sql
  if (kind === 'date' && given === 'date') return value.sql
  if (kind === 'datetime' && given === 'date') return `(${value.sql} || ' 00:00:00')`
  const sql = kind === 'text' || isTemporal(value.type) ? asText(value) : value.sql
  if (isKept(value, column)) return sql
  const strict =
    !ignore && (hasMode(compiler.settings, 'STRICT_TRANS_TABLES') || hasMode(compiler.settings, 'STRICT_ALL_TABLES'))
  const checked = `my_keep(${sql}, ${quoteText(column.type)}, ${quoteText(column.name)}, ${row}, ${strict ? 1 : 0})`
  // No fraction of a second is kept: it rounds.
  return kind === 'datetime' ? `my_moment(${checked}, 0)` : checked
}

/** Whether a literal is kept as it is written. */
function isKept({ literal, type }: Compiled, column: SqlColumn): boolean {
  if (literal === undefined || literal === null) return false
  const { kind } = typeOfColumn(column.type)
  if (kind === 'int' ? type.kind !== 'int' : kind !== 'text' || isNumber(type)) return false
  const { value, error } = columnValue(literal, column.type, column.name, 1)
  return error === undefined && value === literal
}
