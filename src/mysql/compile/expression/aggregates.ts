/** MySQL's aggregate functions: their types (SUM and AVG of integers are decimals) and SQLite's text. */
import type { Call } from '../../parse/syntax.ts'
import {
  BIGINT,
  DOUBLE,
  decimal,
  digitsOf,
  INT,
  isExact,
  isReal,
  TEXT,
  UNSIGNED,
  type ValueType,
} from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asNumber, asText } from '../conversion.ts'
import type { Scope } from '../scope.ts'
import { quoteText } from '../sqlite-text.ts'
import { aggregateParts } from './aggregate-level.ts'
import { exactly } from './arithmetic.ts'
import { orderText } from './order-text.ts'

export function aggregated(compiler: Compiler, scope: Scope, expression: Call): Compiled {
  const { args, order, anchor, level } = aggregateParts(compiler, scope, expression)
  const held = anchor === undefined ? args : args.map((arg) => ({ ...arg, sql: `iif(${anchor}, ${arg.sql}, NULL)` }))
  const rows = anchor === undefined ? 'count(*)' : `count(${anchor})`
  const sql = expression.star ? rows : aggregateSql(expression, held, orderText(order))
  return {
    // Where this query's own have no place, SQLite reads those of the queries around it in a select list only.
    sql: scope.aggregates === 'refused' ? `(SELECT ${sql})` : sql,
    type: aggregateType(expression.name, args),
    parts: args,
    aggregate: level,
    distinct: expression.distinct || expression.name === 'GROUP_CONCAT',
  }
}

export const AGGREGATE_NAMES: ReadonlySet<string> = new Set(
  'COUNT SUM AVG MIN MAX GROUP_CONCAT STD STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP BIT_AND BIT_OR BIT_XOR'.split(
    ' ',
  ),
)

/** group_concat_max_len. */
const LONGEST_CONCAT = 1024

export function aggregateType(name: string, args: readonly Compiled[]): ValueType {
  const type = args[0]?.type ?? INT
  const real = isReal(type) || type.kind === 'text'
  switch (name) {
    case 'COUNT':
      return BIGINT
    case 'BIT_AND':
    case 'BIT_OR':
    case 'BIT_XOR':
      return UNSIGNED
    case 'MIN':
    case 'MAX':
      return type
    case 'SUM':
      if (isReal(type) && type.decimals !== undefined) return { kind: 'double', decimals: type.decimals }
      if (real) return DOUBLE
      return decimal(type.decimals ?? 0, digitsOf(type) + MORE_IN_SUMS, sumsInDigits(type) ? 'text' : undefined)
    case 'AVG':
      if (isReal(type) && type.decimals !== undefined) return { kind: 'double', decimals: type.decimals + 4 }
      if (real) return DOUBLE
      return decimal((type.decimals ?? 0) + 4, digitsOf(type) + 4, sumsInDigits(type) ? 'text' : 'loose')
    case 'GROUP_CONCAT':
      return TEXT
    default:
      return DOUBLE
  }
}

/** Digits of a SUM beyond those of what is added. */
const MORE_IN_SUMS = 22
/** Integers of so many digits may be added up in SQLite's 64 bits. */
const SUMMED_DIGITS = 13

/** Whether sums of such values are added up digit by digit: decimals, and integers that 64 bits may not hold. */
function sumsInDigits(type: ValueType): boolean {
  return type.kind === 'decimal' ? type.form !== 'loose' : digitsOf(type) > SUMMED_DIGITS && isExact(type)
}

/** @param over empty, or the window that each aggregate in it is taken over */
export function aggregateSql(call: Call, args: readonly Compiled[], order: string, over = ''): string {
  const [first] = args
  if (call.star || first === undefined) return `count(*)${over}`
  const distinct = call.distinct ? 'DISTINCT ' : ''
  const collated = `${first.sql}${collation(first.type)}`
  const number = asNumber(first)
  const real = isReal(first.type) || first.type.kind === 'text'
  switch (call.name) {
    case 'COUNT':
      return args.length > 1
        ? `count(DISTINCT ${together(args)})`
        : `count(${distinct}${call.distinct ? collated : first.sql})${over}`
    case 'MIN':
      return `min(${collated})${over}`
    case 'MAX':
      return `max(${collated})${over}`
    case 'SUM':
      if (sumsInDigits(first.type)) return `my_sum_exact(${distinct}${exactly(first)})${over}`
      // MySQL adds doubles one after the other; SQLite's own sum would be more exact.
      return `${real ? 'my_' : ''}sum(${distinct}${number})${over}`
    case 'AVG': {
      if (!sumsInDigits(first.type)) return `${real ? 'my_' : ''}avg(${distinct}${number})${over}`
      const digits = `(${distinct}${exactly(first)})${over}`
      return `my_quotient(my_sum_exact${digits}, count${digits}, ${first.type.decimals ?? 0}, 0)`
    }
    case 'GROUP_CONCAT': {
      const joined = args.map(asText).join(' || ')
      const separator = call.separator ?? ','
      const plain = call.distinct
        ? `replace(my_joined(DISTINCT ${joined}${collation(first.type)}${order}), char(31), ${quoteText(separator)})`
        : `group_concat(${joined}, ${quoteText(separator)}${order})`
      return `substr(${plain}, 1, ${LONGEST_CONCAT})`
    }
    default:
      return `my_${call.name.toLowerCase()}(${call.name.startsWith('BIT') ? exactly(first) : number})${over}`
  }
}

/** COUNT(DISTINCT a, b): rows in which any is NULL do not count. */
function together(args: readonly Compiled[]): string {
  return `my_key(${args.map((arg) => arg.sql).join(', ')})`
}
