/** Operators: signs, arithmetic, AND and OR. */
import type { BinaryOperator } from '../../parse/syntax.ts'
import { INT, UNSIGNED } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asNumber, asText } from '../conversion.ts'
import { calculated, exactly, isCalculation, negated } from './arithmetic.ts'
import { compare } from './predicates.ts'
import { scalar } from './rows.ts'

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['=', '<=>', '<>', '<', '<=', '>', '>='] as const)

export function unary(operator: string, operand: Compiled): Compiled {
  const parts = [operand]
  switch (operator) {
    case '-':
      return { ...negated(operand), parts: operand.literal === undefined ? parts : [] }
    case '+':
      return operand
    case '~':
      return { sql: `my_bits('^', ${exactly(operand)}, -1)`, type: UNSIGNED, parts }
    case 'BINARY':
      return { sql: `(${asText(operand)})`, type: { kind: 'text', binary: true }, parts }
    default:
      return { sql: `(NOT ${asNumber(operand)})`, type: INT, parts }
  }
}

export function binary(compiler: Compiler, operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  const parts = [left, right]
  if (COMPARISONS.has(operator)) {
    if (left.column !== undefined && right.column !== undefined && left.column.source !== right.column.source)
      for (const { column } of [left, right]) if (column?.source.table !== undefined) compiler.compared.add(column)
    return { sql: compare(operator, left, right), type: INT, parts }
  }
  const sides = [scalar(left), scalar(right)] as const
  if (isCalculation(operator)) return { ...calculated(operator, ...sides), parts }
  const [a, b] = [asNumber(sides[0]), asNumber(sides[1])]
  switch (operator) {
    case 'AND':
      return { sql: `(${a} AND ${b})`, type: INT, parts, conjunction: true }
    case 'OR':
      return { sql: `(${a} OR ${b})`, type: INT, parts }
    default:
      return { sql: `((NOT ${a}) <> (NOT ${b}))`, type: INT, parts }
  }
}
