/** Window functions, and the windows that a SELECT names. */
import { WINDOW_FUNCTIONS } from '../../parse/reserved-words.ts'
import type { Call, Select, WindowDefinition } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { BIGINT, commonType, DOUBLE, type ValueType } from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asKind, asNumber } from '../conversion.ts'
import type { Scope } from '../scope.ts'
import { AGGREGATE_NAMES, aggregateSql, aggregateType } from './aggregates.ts'
import { orderText, sortTerms } from './order-text.ts'
import { scalar } from './rows.ts'

export function windowed(compiler: Compiler, scope: Scope, expression: Call, over: WindowDefinition): Compiled {
  const { name } = expression
  if (!AGGREGATE_NAMES.has(name) && !WINDOW_FUNCTIONS.has(name))
    throw new SqlError(1064, `${name} is no window function`)
  const here = scope.clause === 'field list' || scope.clause === 'order clause'
  if (!here || scope.aggregates === 'inside')
    throw new SqlError(3593, `You cannot use the window function '${name.toLowerCase()}' in this context.'`)
  const args = expression.args.map((arg) => scalar(compiler.expression(scope, arg)))
  const partition = over.partition.map((part) => scalar(compiler.expression(scope, part)))
  const by = partition.map(({ sql, type }) => sql + collation(type)).join(', ')
  const order = orderText(sortTerms(compiler, scope, over.order)).trim()
  const base = over.name === undefined ? '' : `"w ${over.name.toLowerCase()}"`
  const inside = [base, by === '' ? '' : `PARTITION BY ${by}`, order, over.frame ?? ''].filter((part) => part !== '')
  const window = `OVER (${inside.join(' ')})`
  if (AGGREGATE_NAMES.has(name)) {
    const type = aggregateType(name, args)
    const sql = aggregateSql(expression, args, '', ` ${window}`)
    return { sql, type, parts: [...args, ...partition], window: true }
  }
  return {
    sql: `${windowFunction(name, args)} ${window}`,
    type: windowType(name, args),
    parts: [...args, ...partition],
    window: true,
  }
}

function windowType(name: string, args: readonly Compiled[]): ValueType {
  if (name === 'PERCENT_RANK' || name === 'CUME_DIST') return DOUBLE
  if (name === 'ROW_NUMBER' || name.endsWith('RANK') || name === 'NTILE') return BIGINT
  const [first, , otherwise] = args
  return commonType([first, otherwise].flatMap((arg) => (arg === undefined ? [] : [arg.type])))
}

/** Its arguments; what LAG and LEAD give where there is no such row has the type of what they give elsewhere. */
function windowFunction(name: string, args: readonly Compiled[]): string {
  const type = windowType(name, args)
  const kept =
    name === 'NTILE' ? args.map(asNumber) : args.map((arg, i) => (i === 1 ? asNumber(arg) : asKind(arg, type)))
  return `${name.toLowerCase()}(${kept.join(', ')})`
}

/** ` WINDOW ...` or nothing. */
export function windowText(compiler: Compiler, scope: Scope, query: Select): string {
  if (query.windows.length === 0) return ''
  const parts = query.windows.map(({ name, window }) => {
    const by = window.partition.map((part) => {
      const { sql, type } = scalar(compiler.expression(scope, part))
      return sql + collation(type)
    })
    const partition = by.length === 0 ? '' : `PARTITION BY ${by.join(', ')}`
    const inside = [partition, orderText(sortTerms(compiler, scope, window.order)).trim(), window.frame ?? '']
    return `"w ${name.toLowerCase()}" AS (${inside.filter((part) => part !== '').join(' ')})`
  })
  return ` WINDOW ${parts.join(', ')}`
}
