/** Calls of functions: which there are, with how many arguments, and the error for all others. */
import type { Call, Expression } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { DATE, DATETIME, isTemporal, MOMENT_TEXT, TIME } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asNumber, asText } from '../conversion.ts'
import { FUNCTIONS } from '../functions/functions.ts'
import type { Scope } from '../scope.ts'
import { quoteText } from '../sqlite-text.ts'
import { AGGREGATE_NAMES, aggregated } from './aggregates.ts'
import { grouping } from './grouping.ts'
import { textLiteral } from './literals.ts'
import { scalar } from './rows.ts'
import { windowed } from './windows.ts'

type Interval = Extract<Expression, { readonly kind: 'interval' }>

export function call(compiler: Compiler, scope: Scope, expression: Call): Compiled {
  const { name, written } = expression
  if (name.startsWith('STORED ')) throw unknownFunction(compiler, written, expression)
  if (expression.over !== undefined) return windowed(compiler, scope, expression, expression.over)
  if (AGGREGATE_NAMES.has(name)) return aggregated(compiler, scope, expression)
  if (name === 'DATE_ADD' || name === 'DATE_SUB' || name === 'ADDDATE' || name === 'SUBDATE') {
    const [, interval] = expression.args
    if (interval?.kind === 'interval') return moved(compiler, scope, expression, interval)
  }
  if (name === 'TIMESTAMPADD') {
    const [unit, amount, value] = expression.args
    if (unit?.kind === 'string' && amount !== undefined && value !== undefined && expression.args.length === 3)
      return moved(compiler, scope, { ...expression, args: [value] }, { kind: 'interval', amount, unit: unit.value })
  }
  if (name === 'DATABASE' || name === 'SCHEMA') return textLiteral(compiler.database)
  if (name === 'GROUPING') return grouping(compiler, scope, expression)
  const rule = FUNCTIONS.get(name)
  if (rule === undefined) {
    if (name === 'VALUES') throw new SqlError(0, `${name}() is not supported here`)
    throw unknownFunction(compiler, written, expression)
  }
  if (expression.args.length < rule.least || expression.args.length > rule.most)
    throw new SqlError(1582, `Incorrect parameter count in the call to native function '${written}'`)
  const args = expression.args.map((arg) => scalar(compiler.expression(scope, arg)))
  const any = name === 'ANY_VALUE'
  return { sql: rule.sql(args), type: rule.type(args), parts: args, ...(any ? { any } : {}) }
}

function unknownFunction(compiler: Compiler, written: string, { name }: Call): SqlError {
  const qualified = written.includes('.') ? written : `${compiler.database}.${written}`
  const hint = name.startsWith('STORED ')
    ? ". Check the 'Function Name Parsing and Resolution' section in the Reference Manual"
    : ''
  return new SqlError(hint === '' ? 1305 : 1630, `FUNCTION ${qualified} does not exist${hint}`)
}

function moved(compiler: Compiler, scope: Scope, { name, args }: Call, { amount, unit }: Interval): Compiled {
  const [first] = args
  const value = scalar(compiler.expression(scope, first ?? { kind: 'null' }))
  const count = scalar(compiler.expression(scope, amount))
  const sign = name.endsWith('SUB') || name.startsWith('SUB') ? -1 : 1
  const timed = /SECOND|MINUTE|HOUR/.test(unit)
  const { kind } = value.type
  // Of a fraction of seconds the digits count, of other fractions the nearest whole number.
  const counted =
    count.type.kind === 'text' || unit === 'SECOND' || unit.includes('_') ? asText(count) : asNumber(count)
  const type =
    kind === 'time' ? TIME : kind === 'date' && !timed ? DATE : isTemporal(value.type) ? DATETIME : MOMENT_TEXT
  const adds = kind === 'time' ? 'my_add_to_span' : 'my_add'
  return { sql: `${adds}(${asText(value)}, ${counted}, ${quoteText(unit)}, ${sign})`, type, parts: [value, count] }
}
