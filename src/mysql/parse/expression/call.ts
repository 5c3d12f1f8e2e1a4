/** Calls of functions: names, arguments, what aggregates and windows add (sql_yacc.yy of MySQL 8.0: sum_expr, window_func_call). */
import type { Cursor } from '../cursor.ts'
import { orderTerms, strings } from '../parts.ts'
import { SPACELESS_FUNCTIONS, WINDOW_FUNCTIONS } from '../reserved-words.ts'
import type { Expression, OrderTerm } from '../syntax.ts'
import { parseInterval } from './interval.ts'
import { overClause } from './window.ts'

const AGGREGATES_WITH_DISTINCT = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'GROUP_CONCAT'])

const AGGREGATES = new Set([
  ...AGGREGATES_WITH_DISTINCT,
  'STD',
  'STDDEV',
  'STDDEV_POP',
  'STDDEV_SAMP',
  'VARIANCE',
  'VAR_POP',
  'VAR_SAMP',
  'BIT_AND',
  'BIT_OR',
  'BIT_XOR',
])

const UNITS_FIRST = new Set(['TIMESTAMPDIFF', 'TIMESTAMPADD', 'GET_FORMAT'])

/** Their second argument may be an INTERVAL without a date. */
const MOVING = new Set(['DATE_ADD', 'DATE_SUB', 'ADDDATE', 'SUBDATE'])

export function functionCall(c: Cursor, qualified?: string): Expression {
  const nameToken = c.token
  const spaced = qualified === undefined && c.peek(1).start !== nameToken.end
  if (qualified === undefined) c.next()
  const upper = qualified === undefined ? nameToken.text.toUpperCase() : qualified.toUpperCase()
  const written = qualified ?? nameToken.text
  // Quoted or spaced, it is the name of a stored function, and there are none.
  const stored = qualified !== undefined || nameToken.kind === 'quoted' || (spaced && SPACELESS_FUNCTIONS.has(upper))
  c.expectSymbol('(')
  const aggregate = !stored && AGGREGATES.has(upper)
  let star = false
  let distinct = false
  let order: OrderTerm[] = []
  let separator: string | undefined
  const args: Expression[] = []
  if (!stored && upper === 'COUNT' && c.isSymbol('*')) {
    c.next()
    star = true
  } else {
    if (aggregate && AGGREGATES_WITH_DISTINCT.has(upper) && c.takeWord('DISTINCT')) distinct = true
    else if (aggregate && AGGREGATES_WITH_DISTINCT.has(upper)) c.takeWord('ALL')
    if (UNITS_FIRST.has(upper) && c.token.kind === 'word' && c.isSymbol(',', 1)) {
      args.push({ kind: 'string', value: c.next().upper.replace(/^SQL_TSI_/, '') })
      c.next()
    }
    if (!c.isSymbol(')')) {
      args.push(c.expression())
      while (c.takeSymbol(',')) args.push(MOVING.has(upper) && c.isWord('INTERVAL') ? parseInterval(c) : c.expression())
    } else if (aggregate) throw c.error()
    // Of the grouping functions only these two take a list.
    if (aggregate && args.length > 1 && upper !== 'GROUP_CONCAT' && !(upper === 'COUNT' && distinct)) throw c.error()
    if (upper === 'CHAR' && c.takeWord('USING')) c.next()
    if (aggregate && upper === 'GROUP_CONCAT') {
      if (c.takeWord('ORDER')) {
        c.expectWord('BY')
        order = orderTerms(c)
      }
      if (c.takeWord('SEPARATOR')) {
        if (c.token.kind !== 'string') throw c.error()
        separator = strings(c)
      }
    }
  }
  c.expectSymbol(')')
  const over = c.takeWord('OVER') ? overClause(c) : undefined
  if (over === undefined && WINDOW_FUNCTIONS.has(upper) && !stored) throw c.error()
  return {
    kind: 'call',
    name: stored ? `STORED ${upper}` : upper,
    written,
    args,
    star,
    distinct,
    order,
    separator,
    over,
  }
}
