/** A value as a number or as text, as MySQL converts it. SQLite's own affinities never decide. */
import { numberPrefix } from '../values/numbers.ts'
import { isNumber, isTemporal } from '../values/value-type.ts'
import type { Compiled } from './compiled.ts'

export type Side = Pick<Compiled, 'sql' | 'type' | 'literal'>

/** As a number. Text gives the number it starts with, or 0; dates their digits. */
export function asNumber({ sql, type, literal }: Side): string {
  if (isNumber(type) || type.kind === 'null') return sql
  if (typeof literal === 'string') return numberText(numberPrefix(literal))
  if (isTemporal(type)) return `my_digits(${sql})`
  return `CAST(${sql} AS REAL)`
}

function numberText(value: number): string {
  const text = String(value)
  return value < 0 ? `(${text})` : text
}

/** As text: numbers as MySQL would print them. */
export function asText({ sql, type }: Side): string {
  if (type.kind === 'decimal') return `my_decimal(${sql}, ${type.decimals ?? 0})`
  if (type.kind === 'double' || type.kind === 'float') return `my_real(${sql}, ${type.kind === 'float' ? 6 : 17})`
  if (type.kind === 'int') return `CAST(${sql} AS TEXT)`
  return sql
}
