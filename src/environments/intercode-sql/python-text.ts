/**
 * Rows as mysql-connector hands them to Python and as Python's `str` prints them: `('Teodor', 3, None, Decimal('4.5'))`.
 * The agent reads this text and the reward compares it (ic_env.py, sql_env.py of princeton-nlp/intercode).
 */

import type { ValueType } from '../../mysql/values/value-type.ts'
import { floatRepr, stringRepr } from '../python-repr.ts'

/** What SQLite gives for a cell. */
export type SqlValue = string | number | bigint | null

/** A tuple of one result row. */
export function pythonTuple(cells: readonly SqlValue[], types: readonly ValueType[]): string {
  const parts = cells.map((cell, i) => pythonCell(cell, types[i]))
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`
}

export function pythonList(tuples: readonly string[]): string {
  return `[${tuples.join(', ')}]`
}

function pythonCell(cell: SqlValue, type: ValueType | undefined): string {
  if (cell === null) return 'None'
  switch (type?.kind) {
    case 'int':
      if (typeof cell === 'bigint') return String(cell)
      return typeof cell === 'number' ? pythonInt(cell) : stringRepr(cell)
    case 'decimal':
      return `Decimal('${decimalText(cell, type.decimals ?? 0)}')`
    case 'double':
    case 'float':
      return floatRepr(realOf(cell, type))
    case 'date':
    case 'datetime':
    case 'time':
      return pythonMoment(String(cell), type.kind)
    default:
      return stringRepr(String(cell))
  }
}

function pythonInt(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : floatRepr(value)
}

/** The number that MySQL sends: FLOAT has six digits, FLOAT(M,D) and DOUBLE(M,D) have D after the point. */
function realOf(cell: SqlValue, type: ValueType): number {
  const value = Number(cell)
  if (type.decimals !== undefined) return Number(value.toFixed(Math.min(type.decimals, 30)))
  return type.kind === 'float' ? Number(value.toPrecision(6)) : value
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

function pythonMoment(text: string, kind: 'date' | 'datetime' | 'time'): string {
  const [, y, m, d, hour, minute, second, fraction] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?$/.exec(text) ?? []
  if (kind === 'time') return pythonDelta(text)
  if (y === undefined || Number(y) === 0 || Number(m) === 0 || Number(d) === 0) return 'None'
  const parts = [y, m, d].map(Number)
  if (kind === 'date') return `datetime.date(${parts.join(', ')})`
  parts.push(Number(hour ?? 0), Number(minute ?? 0))
  const micro = Number((fraction ?? '').padEnd(6, '0').slice(0, 6))
  if (Number(second ?? 0) > 0 || micro > 0) parts.push(Number(second ?? 0))
  if (micro > 0) parts.push(micro)
  return `datetime.datetime(${parts.join(', ')})`
}

function pythonDelta(text: string): string {
  const [, sign, hours, minutes, seconds] = /^(-?)(\d+):(\d{2}):(\d{2})/.exec(text) ?? []
  if (hours === undefined) return 'None'
  const total = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  const days = Math.floor(total / 86_400)
  const rest = total - days * 86_400
  if (days === 0 && rest === 0) return 'datetime.timedelta(0)'
  const parts = [...(days === 0 ? [] : [`days=${days}`]), ...(rest === 0 ? [] : [`seconds=${rest}`])]
  return `datetime.timedelta(${parts.join(', ')})`
}
