/** A value as a number or as text, as MySQL converts it. SQLite's own affinities never decide. */
import { numberPrefix } from '../values/numbers.ts'
import { isNumber, isReal, isTemporal, type ValueType } from '../values/value-type.ts'
import type { Compiled } from './compiled.ts'

export type Side = Pick<Compiled, 'sql' | 'type' | 'literal' | 'shown' | 'column'>

/** As a number. Text gives the number it starts with, or 0; dates their digits. */
export function asNumber({ sql, type, literal }: Side): string {
  if (type.form === 'text') return `CAST(${sql} AS REAL)`
  if (isNumber(type) || type.kind === 'null') return sql
  if (typeof literal === 'string') return numberText(numberPrefix(literal))
  if (isTemporal(type) || type.moment) return `my_digits(${sql})`
  return `CAST(${sql} AS REAL)`
}

function numberText(value: number): string {
  const text = String(value)
  return value < 0 ? `(${text})` : text
}

/** As digits in text, under the collation DECIMAL: an exact number of any size. */
export function asDigits(side: Side): string {
  if (side.type.form === 'text') return side.sql
  return `my_digits_of(${asNumber(side)}, ${side.type.decimals ?? 0})`
}

/** As text: numbers as MySQL would print them. */
export function asText({ sql, type }: Side): string {
  if (type.kind === 'decimal') return `my_decimal(${sql}, ${type.decimals ?? 0})`
  if (type.kind === 'double' && type.decimals !== undefined) return `my_fixed(${sql}, ${type.decimals})`
  if (isReal(type)) return `my_real(${sql}, ${type.kind === 'float' ? 6 : 17})`
  if (type.kind === 'int') return `CAST(${sql} AS TEXT)`
  return sql
}

/** As text that is read as a time: a DATE is its midnight. */
export function asClock(side: Side): string {
  if (side.type.moment) return `my_clock(${side.sql})`
  return side.type.kind === 'date' ? `(${side.sql} || ' 00:00:00')` : asText(side)
}

/** As a value that may also come from elsewhere, with the type of all that it may come from (`commonType`). */
export function asKind(side: Side, type: ValueType): string {
  if (type.kind === 'text') return asText(side)
  if (type.kind === 'datetime' && side.type.kind === 'date') return `(${side.sql} || ' 00:00:00')`
  if (side.type.kind === 'null' || !isNumber(type)) return side.sql
  return type.form === 'text' ? asDigits(side) : asNumber(side)
}
