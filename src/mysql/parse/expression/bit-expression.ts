/** Arithmetic and what binds like it (sql_yacc.yy of MySQL 8.0: bit_expr). */
import type { Cursor } from '../cursor.ts'
import type { BinaryOperator, Expression } from '../syntax.ts'
import { parseInterval } from './interval.ts'
import { binary, call } from './nodes.ts'
import { simpleExpression } from './simple-expression.ts'

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

/** @param level of `LEVELS`, the loosest that may join it */
export function bitExpression(c: Cursor, level = 0): Expression {
  let left = simpleExpression(c)
  for (let tighter = LEVELS.length - 1; tighter >= level; tighter--) left = joined(c, left, tighter)
  return left
}

/** What stands left of operators of one level, with all that they join. */
function joined(c: Cursor, first: Expression, level: number): Expression {
  const [symbols, words] = LEVELS[level] as Level // below their number
  let left = first
  for (;;) {
    const { kind, text, upper } = c.token
    const operator = kind === 'symbol' ? symbols[text] : kind === 'word' ? words[upper] : undefined
    if (operator === undefined) return left
    c.next()
    if ((operator === '+' || operator === '-') && c.isWord('INTERVAL')) {
      // In parentheses it may be the arguments of the function that has this name.
      const interval = c.isSymbol('(', 1) ? c.attempt(() => parseInterval(c)) : parseInterval(c)
      left =
        interval === undefined
          ? binary(operator, left, bitExpression(c, level + 1))
          : call(operator === '+' ? 'DATE_ADD' : 'DATE_SUB', [left, interval])
    } else left = binary(operator, left, bitExpression(c, level + 1))
  }
}
