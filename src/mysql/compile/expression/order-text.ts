/** ORDER BY inside a call or a window. */
import type { OrderTerm } from '../../parse/syntax.ts'
import { collation } from '../comparison.ts'
import type { Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import { scalar } from './rows.ts'

/** ` ORDER BY ...` or nothing. */
export function orderText(compiler: Compiler, scope: Scope, order: readonly OrderTerm[]): string {
  if (order.length === 0) return ''
  const terms = order.map(({ expression, descending }) => {
    const { sql, type } = scalar(compiler.expression(scope, expression))
    return `${sql}${collation(type)}${descending ? ' DESC' : ''}`
  })
  return ` ORDER BY ${terms.join(', ')}`
}
