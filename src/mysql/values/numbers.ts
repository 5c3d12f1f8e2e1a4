/** Numbers as MySQL rounds and prints them, and the number that it reads from a text. */
import { rounded } from './decimals.ts'
import type { SqlValue } from './result-set.ts'
import type { ValueType } from './value-type.ts'

/** The number that a text starts with; 0 without one. */
export function numberPrefix(text: string): number {
  const found = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text)
  const value = found === null ? 0 : Number(found[0])
  return Number.isFinite(value) ? value : 0
}

/** An exact number with so many decimals, halves away from zero; a double counts by its shortest digits. */
export function decimalText(cell: SqlValue, decimals: number): string {
  return rounded(cell ?? 0, decimals)
}

/** Same as a number, for ROUND and comparisons with rounded values. */
export function roundHalfUp(value: number, decimals: number): number {
  return Number(rounded(value, decimals))
}

/** ROUND and TRUNCATE of a double (sql/item_func.cc, my_double_round): halves to the even neighbour. */
export function roundReal(value: number, decimals: number, way: (x: number) => number = halfToEven): number {
  const unit = 10 ** Math.min(Math.abs(decimals), 308)
  const moved = decimals < 0 ? value / unit : value * unit
  if (!Number.isFinite(moved)) return value
  return decimals < 0 ? way(moved) * unit : way(moved) / unit
}

/** rint(). */
export function halfToEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1
}

/** The number that MySQL sends: FLOAT has six digits, FLOAT(M,D) and DOUBLE(M,D) have D after the point. */
export function sentReal(cell: SqlValue, type: ValueType): number {
  const value = Number(cell)
  if (type.decimals !== undefined) return Number(value.toFixed(Math.min(type.decimals, 30)))
  return type.kind === 'float' ? Number(value.toPrecision(6)) : value
}

/** Places before or after the point beyond which a double is written with an exponent. */
const MOST_PLACES = 15

/** A double as text (strings/dtoa.cc, my_gcvt): its shortest digits, `1e15` from 16 places on, `1e-15` below as many. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return Object.is(value, -0) ? '-0' : '0'
  const text = value.toExponential()
  const [mantissa = '0', exponent = '0'] = text.split('e')
  const digits = mantissa.replace(/\D/g, '')
  const places = Number(exponent) + 1
  if (places < 1 - MOST_PLACES || (places > MOST_PLACES && digits.length <= places)) return text.replace('e+', 'e')
  const sign = value < 0 ? '-' : ''
  if (places <= 0) return `${sign}0.${'0'.repeat(-places)}${digits}`
  if (places >= digits.length) return sign + digits.padEnd(places, '0')
  return `${sign}${digits.slice(0, places)}.${digits.slice(places)}`
}
