/** Operators: signs, arithmetic, AND and OR. */
import type { BinaryOperator } from '../../parse/syntax.ts'
import {
  arithmeticType,
  DOUBLE,
  decimal,
  INT,
  isReal,
  isTemporal,
  scaleOf,
  type ValueType,
} from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { asNumber, asText } from '../conversion.ts'
import { compare } from './predicates.ts'
import { scalar } from './rows.ts'

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['=', '<=>', '<>', '<', '<=', '>', '>='] as const)

export function unary(operator: string, operand: Compiled): Compiled {
  const parts = [operand]
  switch (operator) {
    case '-': {
      const type =
        isReal(operand.type) || operand.type.kind === 'text' ? DOUBLE : arithmeticType('-', INT, operand.type)
      if (typeof operand.literal === 'number')
        return { sql: `(-${operand.sql})`, type: operand.type, parts: [], literal: -operand.literal }
      return { sql: `(- ${asNumber(operand)})`, type, parts }
    }
    case '+':
      return operand
    case '~':
      return { sql: `(~ ${asNumber(operand)})`, type: INT, parts }
    case 'BINARY':
      return { sql: `(${asText(operand)})`, type: { kind: 'text', binary: true }, parts }
    default:
      return { sql: `(NOT ${asNumber(operand)})`, type: INT, parts }
  }
}

export function binary(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  const parts = [left, right]
  if (COMPARISONS.has(operator)) return { sql: compare(operator, left, right), type: INT, parts }
  const [a, b] = [asNumber(scalar(left)), asNumber(scalar(right))]
  switch (operator) {
    case 'AND':
      return { sql: `(${a} AND ${b})`, type: INT, parts, conjunction: true }
    case 'OR':
      return { sql: `(${a} OR ${b})`, type: INT, parts }
    case 'XOR':
      return { sql: `((NOT ${a}) <> (NOT ${b}))`, type: INT, parts }
    case '+':
    case '-':
    case '*':
      return {
        sql: `(${a} ${operator} ${b})`,
        type: arithmeticType(operator, numeric(left.type), numeric(right.type)),
        parts,
      }
    case '/': {
      const real = [left.type, right.type].some((type) => isReal(type) || type.kind === 'text')
      return {
        sql: `(CAST(${a} AS REAL) / ${b})`,
        type: real ? quotientType(left.type, right.type) : decimal((left.type.decimals ?? 0) + 4),
        parts,
      }
    }
    case 'DIV':
      return { sql: `CAST(${a} / ${b} AS INTEGER)`, type: INT, parts }
    case '%':
      return { sql: `my_mod(${a}, ${b})`, type: arithmeticType('-', numeric(left.type), numeric(right.type)), parts }
    case '^':
      return { sql: `((${a} | ${b}) - (${a} & ${b}))`, type: INT, parts }
    default:
      return { sql: `(${a} ${operator} ${b})`, type: INT, parts }
  }
}

/** Reals of a fixed scale keep one. */
function quotientType(a: ValueType, b: ValueType): ValueType {
  const [x, y] = [scaleOf(a), scaleOf(b)]
  return x === undefined || y === undefined ? DOUBLE : { kind: 'double', decimals: Math.max(x, y) + 4 }
}

const numeric = (type: ValueType): ValueType => (isTemporal(type) ? INT : type)
