/** Numbers as MySQL rounds and prints them, and the number that it reads from a text. */
import type { SqlValue } from './result-set.ts'
import type { ValueType } from './value-type.ts'

/** The number that a text starts with; 0 without one. */
export function numberPrefix(text: string): number {
  const found = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text)
  const value = found === null ? 0 : Number(found[0])
  return Number.isFinite(value) ? value : 0
}

/** A number with so many decimals, halves away from zero, decided on its shortest digits as MySQL's exact decimals are. */
export function decimalText(cell: SqlValue, decimals: number): string {
  if (typeof cell === 'bigint') return decimals > 0 ? `${cell}.${'0'.repeat(decimals)}` : String(cell)
  const value = Number(cell)
  if (!Number.isFinite(value)) return '0'
  const negative = value < 0
  const [mantissa = '0', exponentText = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  // The value is digits * 10^power.
  const power = Number(exponentText) - digits.length + 1
  const cut = -power - decimals
  let scaled: bigint
  if (cut <= 0) scaled = BigInt(digits) * 10n ** BigInt(Math.min(-cut, 400))
  else if (cut > digits.length) scaled = 0n
  else {
    scaled = BigInt(digits.slice(0, digits.length - cut) || '0')
    if ((digits[digits.length - cut] ?? '0') >= '5') scaled += 1n
  }
  const text = scaled.toString().padStart(decimals + 1, '0')
  const sign = negative && scaled !== 0n ? '-' : ''
  return decimals === 0 ? sign + text : `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

/** Same as a number, for ROUND and comparisons with rounded values. */
export function roundHalfUp(value: number, decimals: number): number {
  if (decimals < 0) {
    const unit = 10 ** -decimals
    return Math.sign(value) * Math.floor(Math.abs(value) / unit + 0.5) * unit
  }
  return Number(decimalText(value, Math.min(decimals, 30)))
}

/** The number that MySQL sends: FLOAT has six digits, FLOAT(M,D) and DOUBLE(M,D) have D after the point. */
export function sentReal(cell: SqlValue, type: ValueType): number {
  const value = Number(cell)
  if (type.decimals !== undefined) return Number(value.toFixed(Math.min(type.decimals, 30)))
  return type.kind === 'float' ? Number(value.toPrecision(6)) : value
}

/** A double as text: its shortest digits, with an exponent of two digits below 1e-4 and from 1e16 on. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? 'inf' : '-inf'
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Object.is(value, -0) ? '-0' : String(value)
}
