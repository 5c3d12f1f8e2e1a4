/** Syntax as if it had been written so. */
import type { BinaryOperator, Call, Expression } from '../syntax.ts'

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right }
}

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
