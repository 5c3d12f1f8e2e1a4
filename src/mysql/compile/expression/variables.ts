/** Variables as the values that they have while a statement runs. */
import type { Expression } from '../../parse/syntax.ts'
import type { Setting } from '../../server/settings.ts'
import type { Compiled } from '../compiled.ts'

/** A variable's value is read as the literal of it would be, but is none: it is no place in a list, and no date to refuse. */
export function variable(read: (expression: Expression) => Compiled, setting: Setting): Compiled {
  const { literal: _, ...compiled } = read(literalOf(setting))
  return compiled
}

function literalOf(setting: Setting): Expression {
  if (setting.kind !== 'number' || !setting.text.startsWith('-')) return setting
  return { kind: 'unary', operator: '-', operand: { kind: 'number', text: setting.text.slice(1) } }
}
