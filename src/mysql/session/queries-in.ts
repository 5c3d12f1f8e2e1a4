/** The queries that stand in an expression, as they are written, without those inside them. */
import type { Expression, Query } from '../parse/syntax.ts'

export function queriesIn(expression: Expression | undefined): Query[] {
  if (expression === undefined) return []
  const all = (inner: readonly (Expression | undefined)[]) => inner.flatMap(queriesIn)
  switch (expression.kind) {
    case 'exists':
    case 'subquery':
      return [expression.query]
    case 'compare-any':
      return [...queriesIn(expression.left), expression.query]
    case 'in':
      return 'body' in expression.items
        ? [...queriesIn(expression.operand), expression.items]
        : all([expression.operand, ...expression.items])
    case 'unary':
    case 'collate':
    case 'cast':
    case 'is':
      return queriesIn(expression.operand)
    case 'binary':
      return all([expression.left, expression.right])
    case 'between':
      return all([expression.operand, expression.low, expression.high])
    case 'like':
      return all([expression.operand, expression.pattern])
    case 'row':
      return all(expression.items)
    case 'case': {
      const branches = expression.branches.flatMap(({ condition, result }) => [condition, result])
      return all([expression.operand, ...branches, expression.otherwise])
    }
    case 'interval':
      return queriesIn(expression.amount)
    case 'call':
      return all(expression.args)
    default:
      return []
  }
}
