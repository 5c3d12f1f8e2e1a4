/** ORDER BY inside a call or a window. */
import type { OrderTerm } from '../../parse/syntax.ts'
import { collation } from '../collation-text.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import { scalar } from './rows.ts'

export interface SortTerm {
  readonly compiled: Compiled
  readonly descending: boolean
}

export function sortTerms(compiler: Compiler, scope: Scope, order: readonly OrderTerm[]): SortTerm[] {
  return order.map(({ expression, descending }) => ({
    compiled: scalar(compiler.expression(scope, expression)),
    descending,
  }))
}

/** ` ORDER BY ...` or nothing. */
export function orderText(order: readonly SortTerm[]): string {
  if (order.length === 0) return ''
  const terms = order.map(
    ({ compiled: { sql, type }, descending }) => `${sql}${collation(type)}${descending ? ' DESC' : ''}`,
  )
  return ` ORDER BY ${terms.join(', ')}`
}
