/** ORDER BY of what several SELECTs make together: their columns, and expressions of them. */
import type { OrderTerm } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { collation } from '../collation-text.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { derivedSource } from '../from/sources.ts'
import { newScope } from '../scope.ts'

/** @param id the result's name in SQLite, and @param number the term's, from 1 */
export function compoundTerm(
  compiler: Compiler,
  columns: readonly ResultColumn[],
  { expression, descending }: OrderTerm,
  id: string,
  number: number,
): string {
  const direction = descending ? ' DESC' : ''
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const place = Number(expression.text) - 1
    const column = columns[place]
    if (column === undefined) throw new SqlError(1054, `Unknown column '${expression.text}' in 'order clause'`)
    return `${id}.c${place}${collation(column.type)}${direction}`
  }
  if (expression.kind === 'column' && expression.table !== undefined)
    throw new SqlError(
      1250,
      `Table '${expression.table}' from one of the SELECTs cannot be used in global ORDER clause`,
    )
  const scope = newScope(undefined)
  Object.assign(scope, { clause: 'order clause', aggregates: 'refused' })
  // Of columns with the same name the first is meant.
  const names = columns.map(({ name }) => name.toLowerCase())
  const outputs = columns.map((column, i) =>
    names.indexOf(names[i] ?? '') === i ? column : { ...column, name: ` ${i}` },
  )
  scope.sources.push(derivedSource('', id, outputs, undefined))
  try {
    const { sql, type } = scalar(compiler.expression(scope, expression))
    return `${sql}${collation(type)}${direction}`
  } catch (thrown) {
    if (!(thrown instanceof SqlError) || thrown.code !== 1111) throw thrown
    throw new SqlError(
      3028,
      `Expression #${number} of ORDER BY contains aggregate function and applies to a UNION, EXCEPT or INTERSECT`,
    )
  }
}
