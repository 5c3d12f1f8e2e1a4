/** What stands on a side of a comparison: IN, BETWEEN, LIKE, REGEXP (sql_yacc.yy of MySQL 8.0: predicate). */
import type { Cursor } from '../cursor.ts'
import { expressionList } from '../parts.ts'
import type { Expression, Query } from '../syntax.ts'
import { bitExpression } from './bit-expression.ts'
import { binary, call } from './nodes.ts'
import { simpleExpression } from './simple-expression.ts'

export function predicate(c: Cursor): Expression {
  const operand = bitExpression(c)
  const negated = c.takeWord('NOT')
  if (c.takeWord('IN')) return membership(c, operand, negated)
  if (c.takeWord('BETWEEN')) {
    const low = bitExpression(c)
    c.expectWord('AND')
    return { kind: 'between', not: negated, operand, low, high: predicate(c) }
  }
  if (c.takeWord('LIKE')) {
    const pattern = simpleExpression(c)
    const escaping = c.takeWord('ESCAPE') ? simpleExpression(c) : undefined
    return { kind: 'like', not: negated, regexp: false, operand, pattern, escape: escaping }
  }
  if (c.takeWord('REGEXP') || c.takeWord('RLIKE'))
    return { kind: 'like', not: negated, regexp: true, operand, pattern: bitExpression(c), escape: undefined }
  if (c.isWord('SOUNDS', 'LIKE')) {
    c.next()
    c.next()
    return binary('=', call('SOUNDEX', [operand]), call('SOUNDEX', [bitExpression(c)]))
  }
  if (negated) throw c.error()
  return operand
}

function membership(c: Cursor, operand: Expression, negated: boolean): Expression {
  c.expectSymbol('(')
  const items = inList(c)
  c.expectSymbol(')')
  return { kind: 'in', not: negated, operand, items }
}

function inList(c: Cursor): readonly Expression[] | Query {
  if (c.isWord('SELECT') || c.isWord('WITH') || c.isWord('TABLE')) return c.nested(() => c.query())
  const items = expressionList(c)
  const [only] = items
  return items.length === 1 && only?.kind === 'subquery' ? only.query : items
}
