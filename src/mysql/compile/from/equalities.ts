/** What the equalities of a condition let follow. */
import type { Expression } from '../../parse/syntax.ts'
import type { Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import type { Dependency } from './functional-dependencies.ts'

/** Of those that AND joins: `a = 1` gives a, `a = b` gives either from the other. */
export function equalityDependencies(compiler: Compiler, scope: Scope, condition: Expression): Dependency[] {
  if (condition.kind !== 'binary') return []
  const { operator, left, right } = condition
  if (operator === 'AND')
    return [...equalityDependencies(compiler, scope, left), ...equalityDependencies(compiler, scope, right)]
  if (operator !== '=') return []
  const simple = ({ kind }: Expression) => kind === 'column' || kind === 'number' || kind === 'string'
  if (!simple(left) || !simple(right)) return []
  const a = compiler.expression(scope, left)
  const b = compiler.expression(scope, right)
  const found: Dependency[] = []
  if (a.column !== undefined && b.literal !== undefined) found.push([[], [a.sql]])
  if (b.column !== undefined && a.literal !== undefined) found.push([[], [b.sql]])
  if (a.column !== undefined && b.column !== undefined) found.push([[a.sql], [b.sql]], [[b.sql], [a.sql]])
  return found
}
