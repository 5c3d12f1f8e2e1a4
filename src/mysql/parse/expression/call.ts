/**
 * Calls of MySQL's functions, also those with a syntax of their own (sql_yacc.yy of MySQL 8.0: function_call_keyword,
 * function_call_nonkeyword, sum_expr, window_func_call).
 */
import type { Cursor } from '../cursor.ts'
import { orderTerms } from '../parts.ts'
import { SPACELESS_FUNCTIONS, WINDOW_FUNCTIONS } from '../reserved-words.ts'
import type { Call, CastType, Expression, OrderTerm } from '../syntax.ts'
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
      args.push(c.isWord('INTERVAL') && !c.isSymbol('(', 1) ? parseInterval(c) : c.expression())
      while (c.takeSymbol(',')) args.push(c.isWord('INTERVAL') ? parseInterval(c) : c.expression())
    } else if (aggregate) throw c.error()
    // Of the grouping functions only these two take a list.
    if (aggregate && args.length > 1 && upper !== 'GROUP_CONCAT' && !(upper === 'COUNT' && distinct)) throw c.error()
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

export function cast(c: Cursor, name: 'CAST' | 'CONVERT'): Expression {
  c.next()
  c.expectSymbol('(')
  const operand = c.expression()
  if (name === 'CONVERT' && c.takeWord('USING')) {
    c.next()
    c.expectSymbol(')')
    return operand
  }
  if (name === 'CAST') c.expectWord('AS')
  else c.expectSymbol(',')
  const to = castType(c)
  c.expectSymbol(')')
  return { kind: 'cast', operand, to }
}

function castType(c: Cursor): CastType {
  let name = c.takeOne(
    'SIGNED',
    'UNSIGNED',
    'DECIMAL',
    'DEC',
    'NUMERIC',
    'CHAR',
    'CHARACTER',
    'NCHAR',
    'BINARY',
    'DATE',
    'DATETIME',
    'TIME',
    'YEAR',
    'FLOAT',
    'DOUBLE',
    'REAL',
    'JSON',
  ) as string | undefined // widened: some names stand for others
  if (name === undefined) throw c.error()
  if (name === 'SIGNED' || name === 'UNSIGNED') {
    if (!c.takeWord('INTEGER')) c.takeWord('INT')
  }
  if (name === 'DEC' || name === 'NUMERIC') name = 'DECIMAL'
  if (name === 'CHARACTER' || name === 'NCHAR') name = 'CHAR'
  if (name === 'DOUBLE') c.takeWord('PRECISION')
  const numbers: number[] = []
  if (c.takeSymbol('(')) {
    do {
      if (c.token.kind !== 'number') throw c.error()
      numbers.push(Number(c.next().text))
    } while (c.takeSymbol(','))
    c.expectSymbol(')')
  }
  if (name === 'CHAR' && c.takeWord('CHARACTER')) {
    c.expectWord('SET')
    c.next()
  }
  return { name, length: numbers[0], decimals: numbers[1] }
}

export function extract(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const unit = c.next()
  c.expectWord('FROM')
  const operand = c.expression()
  c.expectSymbol(')')
  return call('EXTRACT', [{ kind: 'string', value: unit.upper }, operand])
}

export function trim(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const side = c.takeOne('BOTH', 'LEADING', 'TRAILING')
  if (side !== undefined && c.takeWord('FROM')) {
    const operand = c.expression()
    c.expectSymbol(')')
    return trimmed(operand, side, undefined)
  }
  const first = c.expression()
  if (c.takeWord('FROM')) {
    const operand = c.expression()
    c.expectSymbol(')')
    return trimmed(operand, side, first)
  }
  if (side !== undefined) throw c.error()
  c.expectSymbol(')')
  return trimmed(first, undefined, undefined)
}

function trimmed(operand: Expression, side: string | undefined, what: Expression | undefined): Expression {
  const name = side === 'LEADING' ? 'LTRIM' : side === 'TRAILING' ? 'RTRIM' : 'TRIM'
  return call(name, what === undefined ? [operand] : [operand, what])
}

export function substring(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const args = [c.expression()]
  if (c.takeWord('FROM')) {
    args.push(c.expression())
    if (c.takeWord('FOR')) args.push(c.expression())
  } else
    do {
      c.expectSymbol(',')
      args.push(c.expression())
    } while (args.length < 3 && c.isSymbol(','))
  c.expectSymbol(')')
  return call('SUBSTRING', args)
}

export function parseInterval(c: Cursor): Expression {
  c.expectWord('INTERVAL')
  const amount = c.expression()
  const unit = c.token
  if (
    unit.kind !== 'word' ||
    !/^(MICROSECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR|[A-Z]+_[A-Z]+)$/.test(unit.upper)
  )
    throw c.error()
  c.next()
  return { kind: 'interval', amount, unit: unit.upper }
}

/** Adjacent strings are one. */
export function strings(c: Cursor): string {
  let value = c.next().text
  while (c.token.kind === 'string') value += c.next().text
  return value
}

/** As if it had been written so. */
export function call(name: string, args: readonly Expression[]): Call {
  return {
    kind: 'call',
    name,
    written: name,
    args,
    star: false,
    distinct: false,
    order: [],
    separator: undefined,
    over: undefined,
  }
}
