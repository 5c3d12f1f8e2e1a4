/** Signs, + - * / DIV MOD and what works on bits (manual, Arithmetic Operators, Bit Functions and Operators). */
import type { BinaryOperator } from '../../parse/syntax.ts'
import {
  arithmeticType,
  DOUBLE,
  decimal,
  digitsOf,
  EXACT_DIGITS,
  isExact,
  isNumber,
  isReal,
  isTemporal,
  scaleOf,
  UNSIGNED,
  type ValueType,
} from '../../values/value-type.ts'
import { shown } from '../compiled.ts'
import { asNumber, type Side } from '../conversion.ts'
import { quoteText } from '../sqlite-text.ts'

/** SQLite's text and the type of what comes out. */
export interface Calculated {
  readonly sql: string
  readonly type: ValueType
  /** As MySQL writes it in errors. */
  readonly shown: string
}

export const CALCULATIONS = ['+', '-', '*', '/', 'DIV', '%', '&', '|', '^', '<<', '>>'] as const
export type Calculation = (typeof CALCULATIONS)[number]

export function isCalculation(operator: BinaryOperator): operator is Calculation {
  return (CALCULATIONS as readonly string[]).includes(operator)
}

/** Sums of integers of so many digits cannot leave BIGINT. */
const SAFE_DIGITS = 18
/** A double of which the product with another may leave DOUBLE. */
const HUGE = 1e100

export function calculated(operator: Calculation, left: Side, right: Side): Calculated {
  const words = `(${shown(left)} ${operator} ${shown(right)})`
  const made = (sql: string, type: ValueType): Calculated => ({ sql, type, shown: words })
  const types = [numeric(left.type), numeric(right.type)] as const
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return made(sumOrProduct(operator, left, right, words), arithmeticType(operator, ...types))
    case '/':
      return made(...quotient(left, right))
    case 'DIV': {
      const whole = types.every(({ kind, form }) => kind === 'int' && form === undefined)
      const sql = whole
        ? `(${asNumber(left)} / ${asNumber(right)})`
        : `my_whole_quotient(${exactly(left)}, ${exactly(right)}, ${quoteText(words)})`
      return made(sql, { kind: 'int', digits: digitsOf(types[0]) })
    }
    case '%':
      return made(...remainder(left, right))
    default:
      return made(`my_bits('${operator}', ${exactly(left)}, ${exactly(right)})`, UNSIGNED)
  }
}

/** A number as functions take it that count exactly: of any size. */
export const exactly = (side: Side): string => (side.type.form === 'text' ? side.sql : asNumber(side))

function sumOrProduct(operator: '+' | '-' | '*', left: Side, right: Side, words: string): string {
  const [a, b] = [asNumber(left), asNumber(right)]
  const type = arithmeticType(operator, numeric(left.type), numeric(right.type))
  const plain = `(${a} ${operator} ${b})`
  if (type.form === 'text')
    return `my_exact('${operator}', ${exactly(left)}, ${exactly(right)}, ${quoteText(words)}, ${type.kind === 'int' ? 1 : 0})`
  if (type.kind === 'int') return digitsOf(type) > SAFE_DIGITS ? `my_bigint(${plain}, ${quoteText(words)})` : plain
  if (type.kind !== 'decimal') {
    const huge = [left, right].some(({ literal }) => typeof literal === 'number' && Math.abs(literal) > HUGE)
    return huge ? `my_double(${plain}, ${quoteText(words)})` : plain
  }
  // What a double makes of exact numbers is off by less than half of the last digit.
  return type.form === 'loose' || type.decimals === 0 ? plain : `round(${plain}, ${type.decimals})`
}

function quotient(left: Side, right: Side): [sql: string, type: ValueType] {
  const [a, b] = [left.type, right.type]
  if ([a, b].some((type) => isReal(type) || type.kind === 'text')) {
    const [x, y] = [scaleOf(a), scaleOf(b)]
    // Reals of a fixed scale keep one.
    const type: ValueType =
      x === undefined || y === undefined ? DOUBLE : { kind: 'double', decimals: Math.max(x, y) + 4 }
    return [`(CAST(${asNumber(left)} AS REAL) / ${asNumber(right)})`, type]
  }
  const [x, y] = [a.decimals ?? 0, b.decimals ?? 0]
  const digits = digitsOf(a) + y + 4
  if (a.form !== 'text' && b.form !== 'text')
    return [`(CAST(${asNumber(left)} AS REAL) / ${asNumber(right)})`, decimal(x + 4, digits, 'loose')]
  return [`my_quotient(${exactly(left)}, ${exactly(right)}, ${x}, ${y})`, decimal(x + 4, digits, 'text')]
}

/** MOD. */
export function remainder(left: Side, right: Side): [sql: string, type: ValueType] {
  const type = arithmeticType('-', numeric(left.type), numeric(right.type))
  if (type.kind === 'int' && type.form === undefined)
    return [`(${asNumber(left)} % ${asNumber(right)})`, { kind: 'int', digits: digitsOf(right.type) }]
  if (!isExact(type)) return [`my_mod(${asNumber(left)}, ${asNumber(right)})`, type]
  const digits = Math.max(digitsOf(left.type), digitsOf(right.type))
  const text = `my_remainder(${exactly(left)}, ${exactly(right)})`
  if (type.kind === 'int') return [text, UNSIGNED]
  const form = digits > EXACT_DIGITS ? 'text' : undefined
  return [form === 'text' ? text : `CAST(${text} AS REAL)`, decimal(type.decimals ?? 0, digits, form)]
}

/** -x. */
export function negated(operand: Side): Calculated & Pick<Side, 'literal'> {
  const { type, literal, sql } = operand
  const words = `-(${shown(operand)})`
  if (typeof literal === 'number') return { ...negativeLiteral(operand, literal), shown: `-${shown(operand)}` }
  if (type.form === 'text') return { sql: `my_exact('-', '0', ${sql}, ${quoteText(words)}, 0)`, type, shown: words }
  const made = type.kind === 'text' ? DOUBLE : isNumber(type) ? type : numeric(type)
  return { sql: `(- ${asNumber(operand)})`, type: made, shown: words }
}

/** -9223372036854775808 is a BIGINT, though 9223372036854775808 is none. */
function negativeLiteral({ sql, type }: Side, value: number): Pick<Calculated & Side, 'sql' | 'type' | 'literal'> {
  if (type.form !== 'text') return { sql: `(-${sql})`, type, literal: -value }
  if (sql === "'9223372036854775808'") return { sql: '(-9223372036854775807 - 1)', type: { kind: 'int', digits: 19 } }
  return { sql: `'-${sql.slice(1)}`, type: decimal(type.decimals ?? 0, digitsOf(type), 'text'), literal: -value }
}

const numeric = (type: ValueType): ValueType => (isTemporal(type) ? { kind: 'int', digits: 14 } : type)
