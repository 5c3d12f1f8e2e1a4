/** VALUES ROW(...), ROW(...) as a query. */
import type { Expression } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { commonType } from '../../values/value-type.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { asKind } from '../conversion.ts'
import { scalar } from '../expression/rows.ts'
import { newScope, type Scope } from '../scope.ts'

export function valuesQuery(
  compiler: Compiler,
  rows: readonly (readonly Expression[])[],
  parent: Scope | undefined,
): CompiledQuery {
  const scope = newScope(parent)
  const compiled = rows.map((row) => row.map((value) => scalar(compiler.expression(scope, value))))
  const columns = (compiled[0] ?? []).map((_, i) => ({
    name: `column_${i}`,
    type: commonType(compiled.map((row) => row[i]?.type ?? commonType([]))),
  }))
  if (compiled.some((row) => row.length !== columns.length))
    throw new SqlError(1136, "Column count doesn't match value count at row 2")
  const text = compiled.map(
    (row) => `SELECT ${row.map((value, i) => `${asKind(value, columns[i]?.type ?? value.type)} AS c${i}`).join(', ')}`,
  )
  return {
    sql: text.join(' UNION ALL '),
    columns,
    outerUses: scope.outerUses,
    single: rows.length === 1,
    key: undefined,
  }
}
