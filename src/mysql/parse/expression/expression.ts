/**
 * MySQL's expressions, with its precedence (sql_yacc.yy of MySQL 8.0: expr, bool_pri, predicate, bit_expr,
 * simple_expr).
 */

import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { expressionList } from '../parts.ts'
import { RESERVED_FUNCTIONS, RESERVED_WORDS } from '../reserved-words.ts'
import type { BinaryOperator, Expression, Query } from '../syntax.ts'
import { call, cast, extract, functionCall, parseInterval, strings, substring, trim } from './call.ts'

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
        : { kind: 'compare-any', operator, all: quantifier === 'ALL', left, query: parenthesised(c) }
  }
}

function parenthesised(c: Cursor) {
  c.expectSymbol('(')
  const query = c.nested(() => c.query())
  c.expectSymbol(')')
  return query
}

function predicate(c: Cursor): Expression {
  const operand = bitOr(c)
  const negated = c.takeWord('NOT')
  if (c.takeWord('IN')) return membership(c, operand, negated)
  if (c.takeWord('BETWEEN')) {
    const low = bitOr(c)
    c.expectWord('AND')
    return { kind: 'between', not: negated, operand, low, high: predicate(c) }
  }
  if (c.takeWord('LIKE')) {
    const pattern = simple(c)
    const escaping = c.takeWord('ESCAPE') ? simple(c) : undefined
    return { kind: 'like', not: negated, regexp: false, operand, pattern, escape: escaping }
  }
  if (c.takeWord('REGEXP') || c.takeWord('RLIKE'))
    return { kind: 'like', not: negated, regexp: true, operand, pattern: bitOr(c), escape: undefined }
  if (c.isWord('SOUNDS', 'LIKE')) {
    c.next()
    c.next()
    return binary('=', call('SOUNDEX', [operand]), call('SOUNDEX', [bitOr(c)]))
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

type Level = readonly [
  symbols: Readonly<Record<string, BinaryOperator>>,
  words: Readonly<Record<string, BinaryOperator>>,
]

/** Loosest first. */
const LEVELS: readonly Level[] = [
  [{ '|': '|' }, {}],
  [{ '&': '&' }, {}],
  [{ '<<': '<<', '>>': '>>' }, {}],
  [{ '+': '+', '-': '-' }, {}],
  [
    { '*': '*', '/': '/', '%': '%' },
    { DIV: 'DIV', MOD: '%' },
  ],
  [{ '^': '^' }, {}],
]

function bitOr(c: Cursor, level = 0): Expression {
  const operators = LEVELS[level]
  if (operators === undefined) return simple(c)
  let left = bitOr(c, level + 1)
  for (;;) {
    const { kind, text, upper } = c.token
    const operator = kind === 'symbol' ? operators[0][text] : kind === 'word' ? operators[1][upper] : undefined
    if (operator === undefined) return left
    c.next()
    if ((operator === '+' || operator === '-') && c.isWord('INTERVAL')) {
      const interval = parseInterval(c)
      left = call(operator === '+' ? 'DATE_ADD' : 'DATE_SUB', [left, interval])
    } else left = binary(operator, left, bitOr(c, level + 1))
  }
}

function simple(c: Cursor): Expression {
  let operand = prefixed(c)
  for (;;) {
    if (c.takeWord('COLLATE')) operand = { kind: 'collate', operand, collation: c.next().text }
    else if (c.isSymbol('->') || c.isSymbol('->>')) throw new SqlError(0, 'JSON paths are not supported here')
    else return operand
  }
}

function prefixed(c: Cursor): Expression {
  const token = c.token
  if (token.kind === 'symbol') {
    if (token.text === '-' || token.text === '+' || token.text === '~') {
      c.next()
      return { kind: 'unary', operator: token.text, operand: c.nested(() => simple(c)) }
    }
    if (token.text === '!') {
      c.next()
      return { kind: 'unary', operator: 'NOT', operand: c.nested(() => simple(c)) }
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
    return { kind: 'variable', name: token.text }
  }
  if (token.kind === 'quoted') return reference(c)
  if (token.kind === 'word') return wordExpression(c)
  throw c.error()
}

function inParentheses(c: Cursor): Expression {
  if (opensQuery(c)) {
    // Behind a single parenthesis it is a query, and its errors are its own.
    const query = c.isSymbol('(', 1) ? c.attempt(() => parenthesised(c)) : parenthesised(c)
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

const TEMPORAL = { DATE: 'date', TIMESTAMP: 'datetime', TIME: 'time' } as const

function wordExpression(c: Cursor): Expression {
  const { upper } = c.token
  const calls = c.isSymbol('(', 1)
  const spaceless = calls && c.peek(1).start === c.token.end
  switch (upper) {
    case 'NULL':
      c.next()
      return { kind: 'null' }
    case 'TRUE':
    case 'FALSE':
      c.next()
      return { kind: 'boolean', value: upper === 'TRUE' }
    case 'NOT':
      throw c.error()
    case 'EXISTS': {
      c.next()
      return { kind: 'exists', query: parenthesised(c) }
    }
    case 'CASE':
      return caseOf(c)
    case 'INTERVAL':
      if (!calls) return datePlus(c)
      return functionCall(c)
    case 'BINARY':
      c.next()
      return { kind: 'unary', operator: 'BINARY', operand: c.nested(() => simple(c)) }
    case 'DISTINCT':
      throw c.error()
    case 'CAST':
    case 'CONVERT':
      if (calls && (upper === 'CONVERT' || spaceless)) return cast(c, upper)
      break
    case 'EXTRACT':
      if (spaceless) return extract(c)
      break
    case 'TRIM':
      if (spaceless) return trim(c)
      break
    case 'SUBSTRING':
    case 'SUBSTR':
    case 'MID':
      if (spaceless) return substring(c)
      break
    case 'POSITION':
      if (spaceless) return position(c)
      break
    case 'ROW':
      if (calls) {
        c.next()
        c.next()
        const items = expressionList(c)
        c.expectSymbol(')')
        return { kind: 'row', items }
      }
      break
    case 'CURRENT_DATE':
    case 'CURRENT_TIME':
    case 'CURRENT_TIMESTAMP':
    case 'LOCALTIME':
    case 'LOCALTIMESTAMP':
    case 'UTC_DATE':
    case 'UTC_TIME':
    case 'UTC_TIMESTAMP':
    case 'CURRENT_USER':
      if (!calls) {
        c.next()
        return call(upper, [])
      }
      break
    case 'DEFAULT':
      c.next()
      return { kind: 'default' }
    case 'MATCH':
      throw new SqlError(1191, "Can't find FULLTEXT index matching the column list")
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      if (c.peek(1).kind === 'string') {
        c.next()
        return { kind: 'string', value: strings(c), cast: TEMPORAL[upper] }
      }
      break
    default:
      // Character set introducers: _utf8mb4'x'.
      if (
        upper.startsWith('_') &&
        c.peek(1).kind === 'string' &&
        /^_(UTF8|UTF8MB3|UTF8MB4|LATIN1|ASCII|BINARY)$/.test(upper)
      ) {
        c.next()
        return { kind: 'string', value: strings(c) }
      }
      if (upper === 'N' && c.peek(1).kind === 'string' && c.peek(1).start === c.token.end) {
        c.next()
        return { kind: 'string', value: strings(c) }
      }
  }
  if (calls) {
    if (RESERVED_WORDS.has(upper) && !RESERVED_FUNCTIONS.has(upper)) throw c.error()
    return functionCall(c)
  }
  // Its error is near what stands where the parenthesis should.
  if (RESERVED_FUNCTIONS.has(upper)) c.next()
  return reference(c)
}

/** INTERVAL 1 DAY + date. */
function datePlus(c: Cursor): Expression {
  const interval = parseInterval(c)
  c.expectSymbol('+')
  return call('DATE_ADD', [bitOr(c, 4), interval])
}

function reference(c: Cursor): Expression {
  const first = c.name()
  if (!c.isSymbol('.')) return { kind: 'column', database: undefined, table: undefined, name: first }
  c.next()
  const second = c.nameAfterDot()
  if (c.isSymbol('(')) return functionCall(c, `${first}.${second}`)
  if (!c.isSymbol('.')) return { kind: 'column', database: undefined, table: first, name: second }
  c.next()
  return { kind: 'column', database: first, table: second, name: c.nameAfterDot() }
}

function caseOf(c: Cursor): Expression {
  c.expectWord('CASE')
  const operand = c.isWord('WHEN') ? undefined : parseExpression(c)
  const branches: { condition: Expression; result: Expression }[] = []
  while (c.takeWord('WHEN')) {
    const condition = parseExpression(c)
    c.expectWord('THEN')
    branches.push({ condition, result: parseExpression(c) })
  }
  if (branches.length === 0) throw c.error()
  const otherwise = c.takeWord('ELSE') ? parseExpression(c) : undefined
  c.expectWord('END')
  return { kind: 'case', operand, branches, otherwise }
}

function position(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const what = bitOr(c)
  c.expectWord('IN')
  const operand = parseExpression(c)
  c.expectSymbol(')')
  return call('LOCATE', [what, operand])
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right }
}
