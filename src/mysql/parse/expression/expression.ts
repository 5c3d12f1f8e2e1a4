/**
 * MySQL's expressions, with its precedence: what AND, OR, NOT and comparisons join (sql_yacc.yy of MySQL 8.0: expr,
 * bool_pri).
 */
import type { Cursor } from '../cursor.ts'
import { queryInParentheses } from '../parts.ts'
import type { BinaryOperator, Expression } from '../syntax.ts'
import { binary } from './nodes.ts'
import { predicate } from './predicate.ts'

export function parseExpression(c: Cursor): Expression {
  return c.nested(() => or(c))
}

function or(c: Cursor): Expression {
  let left = xor(c)
  while (c.takeWord('OR') || c.takeSymbol('||')) left = binary('OR', left, xor(c))
  return left
}

function xor(c: Cursor): Expression {
  let left = and(c)
  while (c.takeWord('XOR')) left = binary('XOR', left, and(c))
  return left
}

function and(c: Cursor): Expression {
  let left = not(c)
  while (c.takeWord('AND') || c.takeSymbol('&&')) left = binary('AND', left, not(c))
  return left
}

function not(c: Cursor): Expression {
  if (c.takeWord('NOT')) return { kind: 'unary', operator: 'NOT', operand: c.nested(() => not(c)) }
  let operand = comparison(c)
  while (c.isWord('IS')) {
    c.next()
    const negated = c.takeWord('NOT')
    const what = c.takeOne('TRUE', 'FALSE', 'UNKNOWN', 'NULL')
    if (what === undefined) throw c.error()
    const lower = { TRUE: 'true', FALSE: 'false', UNKNOWN: 'unknown', NULL: 'null' } as const
    operand = { kind: 'is', not: negated, operand, what: lower[what] }
  }
  return operand
}

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<=>': '<=>',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

function comparison(c: Cursor): Expression {
  let left = predicate(c)
  for (;;) {
    if (c.isWord('IS') && (c.peek(1).upper === 'NULL' || (c.peek(1).upper === 'NOT' && c.peek(2).upper === 'NULL'))) {
      c.next()
      const negated = c.takeWord('NOT')
      c.next()
      left = { kind: 'is', not: negated, operand: left, what: 'null' }
      continue
    }
    const operator = c.token.kind === 'symbol' ? COMPARISONS[c.token.text] : undefined
    if (operator === undefined) return left
    c.next()
    const quantifier = c.isSymbol('(', 1) ? c.takeOne('ALL', 'ANY', 'SOME') : undefined
    left =
      quantifier === undefined
        ? binary(operator, left, predicate(c))
        : { kind: 'compare-any', operator, all: quantifier === 'ALL', left, query: queryInParentheses(c) }
  }
}
