/** CAST and CONVERT. */
import type { CastType } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { fitsDouble } from '../../values/decimals.ts'
import { NOW } from '../../values/moments.ts'
import {
  BIGINT,
  DATE,
  DATETIME,
  DOUBLE,
  decimal,
  INT,
  isNumber,
  isTemporal,
  MOST_DECIMALS,
  MOST_DIGITS,
  TEXT,
  TIME,
  UNSIGNED,
} from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { asClock, asNumber, asText } from '../conversion.ts'
import { quoteText } from '../sqlite-text.ts'
import { exactly } from './arithmetic.ts'

export function cast(operand: Compiled, to: CastType): Compiled {
  const parts = [operand]
  switch (to.name) {
    case 'SIGNED':
    case 'UNSIGNED':
      return { sql: whole(operand, to.name), type: to.name === 'SIGNED' ? BIGINT : UNSIGNED, parts }
    case 'YEAR':
      return { sql: `my_year(${asText(operand)})`, type: INT, parts }
    case 'DECIMAL': {
      const [digits, decimals] = [to.length ?? 10, to.decimals ?? 0]
      if (digits > MOST_DIGITS || decimals > MOST_DECIMALS || decimals > digits)
        throw tooPrecise(operand, digits, decimals)
      const value = isNumber(operand.type)
        ? operand.sql
        : isTemporal(operand.type)
          ? asNumber(operand)
          : asText(operand)
      const sql = `my_clamped(${value}, ${digits}, ${decimals})`
      const form = fitsDouble(digits) ? undefined : 'text'
      return { sql: form === undefined ? `CAST(${sql} AS REAL)` : sql, type: decimal(decimals, digits, form), parts }
    }
    case 'FLOAT':
      if ((to.length ?? 0) <= 24) return { sql: `my_float(${asNumber(operand)})`, type: { kind: 'float' }, parts }
      return { sql: `CAST(${asNumber(operand)} AS REAL)`, type: DOUBLE, parts }
    case 'DOUBLE':
    case 'REAL':
      return { sql: `CAST(${asNumber(operand)} AS REAL)`, type: DOUBLE, parts }
    case 'DATE':
      return { sql: `my_part('DATE', ${moment(operand, undefined)})`, type: DATE, parts }
    case 'DATETIME':
      return { sql: moment(operand, to.length ?? 0), type: DATETIME, parts }
    case 'TIME':
      return { sql: `my_span(${asClock(operand)}, ${to.length ?? 0})`, type: TIME, parts }
    default: {
      const text = asText(operand)
      const sql = to.length === undefined ? `(${text})` : `substr(${text}, 1, ${to.length})`
      return { sql, type: to.name === 'BINARY' ? { kind: 'text', binary: true } : TEXT, parts }
    }
  }
}

/** A TIME is a moment of the day on which the clock stands. */
function moment(operand: Compiled, digits: number | undefined): string {
  if (operand.type.kind === 'time') return `my_span_moment(${operand.sql}, ${quoteText(NOW)})`
  return digits === undefined ? asText(operand) : `my_moment(${asText(operand)}, ${digits})`
}

/** Reals and decimals are rounded; of a text the digits before the point count. */
function whole(operand: Compiled, name: 'SIGNED' | 'UNSIGNED'): string {
  const { type } = operand
  if (name === 'SIGNED' && type.kind === 'int' && type.form === undefined) return operand.sql
  const value = type.kind === 'text' ? `CAST(${asText(operand)} AS INTEGER)` : exactly(operand)
  return `my_${name.toLowerCase()}(${value})`
}

function tooPrecise({ column }: Compiled, digits: number, decimals: number): SqlError {
  const what = column?.name ?? ''
  if (digits > MOST_DIGITS)
    return new SqlError(1426, `Too-big precision ${digits} specified for '${what}'. Maximum is ${MOST_DIGITS}.`)
  if (decimals > MOST_DECIMALS)
    return new SqlError(1425, `Too big scale ${decimals} specified for column '${what}'. Maximum is ${MOST_DECIMALS}.`)
  return new SqlError(1427, `For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '${what}').`)
}
