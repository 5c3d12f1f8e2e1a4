/** What no operator joins: literals, signs, parentheses, and what begins with a word (sql_yacc.yy of MySQL 8.0: simple_expr). */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { collationName, expressionList, queryInParentheses, strings } from '../parts.ts'
import type { Expression } from '../syntax.ts'
import { reference, wordExpression } from './word-expression.ts'

export function simpleExpression(c: Cursor): Expression {
  let operand = prefixed(c)
  for (;;) {
    if (c.takeWord('COLLATE')) operand = { kind: 'collate', operand, collation: collationName(c) }
    else if (c.isSymbol('->') || c.isSymbol('->>')) throw new SqlError(0, 'JSON paths are not supported here')
    else return operand
  }
}

function prefixed(c: Cursor): Expression {
  const token = c.token
  if (token.kind === 'symbol') {
    if (token.text === '-' || token.text === '+' || token.text === '~') {
      c.next()
      return { kind: 'unary', operator: token.text, operand: c.nested(() => simpleExpression(c)) }
    }
    if (token.text === '!') {
      c.next()
      return { kind: 'unary', operator: 'NOT', operand: c.nested(() => simpleExpression(c)) }
    }
    if (token.text === '(') return inParentheses(c)
    throw c.error()
  }
  if (token.kind === 'number') {
    c.next()
    return { kind: 'number', text: token.text }
  }
  if (token.kind === 'string') return { kind: 'string', value: strings(c) }
  if (token.kind === 'hex') {
    c.next()
    return { kind: 'number', text: String(Number.parseInt(token.text, 16) || 0) }
  }
  if (token.kind === 'variable') {
    c.next()
    if (c.isSymbol(':=')) throw new SqlError(0, 'Setting a variable inside an expression (:=) is not supported here')
    return { kind: 'variable', name: token.text }
  }
  if (token.kind === 'quoted') return reference(c)
  if (c.takeWord('BINARY')) return { kind: 'unary', operator: 'BINARY', operand: c.nested(() => simpleExpression(c)) }
  if (token.kind === 'word') return wordExpression(c)
  throw c.error()
}

function inParentheses(c: Cursor): Expression {
  if (opensQuery(c)) {
    // Behind a single parenthesis it is a query, and its errors are its own.
    const query = c.isSymbol('(', 1) ? c.attempt(() => queryInParentheses(c)) : queryInParentheses(c)
    if (query !== undefined) return { kind: 'subquery', query }
  }
  c.expectSymbol('(')
  const items = expressionList(c)
  c.expectSymbol(')')
  const [first] = items
  if (first !== undefined && items.length === 1) return first
  return { kind: 'row', items }
}

/** Whether a query stands in these parentheses; `((SELECT 1) + 1)` may still turn out to be an expression. */
function opensQuery(c: Cursor): boolean {
  let ahead = 0
  while (c.isSymbol('(', ahead)) ahead++
  const { kind, upper } = c.peek(ahead)
  return kind === 'word' && (upper === 'SELECT' || upper === 'WITH' || upper === 'TABLE')
}
