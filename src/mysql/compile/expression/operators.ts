/** Operators: signs, arithmetic, AND and OR. */
import type { BinaryOperator } from '../../parse/syntax.ts'
import { INT, isNumber, isReal, UNSIGNED } from '../../values/value-type.ts'
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
    return { sql: compare(operator, ...toThePoint(left, right)), type: INT, parts }
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

/**
 * A float(M,D) or double(M,D) is compared with a number of so many digits after the point to within half of the last one
 * (Arg_comparator::set_compare_func): 5.3 in float(4,1) is 5.3.
 */
function toThePoint(left: Compiled, right: Compiled): readonly [Compiled, Compiled] {
  const sides = [left, right] as const
  const digits = sides.map(({ type }) => (type.kind === 'int' ? 0 : type.decimals))
  if (!sides.some(({ type }) => isReal(type)) || !sides.every(({ type }) => isNumber(type))) return sides
  if (digits.includes(undefined)) return sides
  const most = Math.max(...digits.map((each) => each ?? 0))
  const rounded = (side: Compiled): Compiled => ({ ...side, sql: `round(${asNumber(side)}, ${most})` })
  return [rounded(left), rounded(right)]
}
