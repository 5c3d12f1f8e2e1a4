/**
 * Rows as mysql-connector hands them to Python and as Python's `str` prints them: `('Teodor', 3, None, Decimal('4.5'))`.
 * The agent reads this text and the reward compares it (ic_env.py, sql_env.py of princeton-nlp/intercode).
 */

import { daysIn, decimalText, type ResultSet, type SqlValue, sentReal, type ValueType } from '../../mysql/index.ts'
import { floatRepr, stringRepr } from '../python-repr.ts'
import type { SqlRows } from './types.ts'

const PRINTED = new WeakMap<ResultSet, SqlRows>()

/** A result with Python's text of its rows; the same result is printed once. */
export function pythonRows(result: ResultSet): SqlRows {
  const known = PRINTED.get(result)
  if (known !== undefined) return known
  const types = result.columns.map(({ type }) => type)
  const rows: SqlRows = {
    columns: result.columns.map(({ name }) => name),
    tuples: result.rows.map((row) => pythonTuple(row, types)),
    cells: result.rows,
  }
  PRINTED.set(result, rows)
  return rows
}

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
      return typeof cell === 'number' ? pythonInt(cell) : /^-?\d+$/.test(cell) ? cell : stringRepr(cell)
    case 'decimal':
      return `Decimal('${decimalRepr(decimalText(cell, type.decimals ?? 0))}')`
    case 'double':
    case 'float':
      return floatRepr(sentReal(cell, type))
    case 'date':
    case 'datetime':
    case 'time':
      return pythonMoment(String(cell), type.kind)
    default:
      return stringRepr(String(cell))
  }
}

/** Python's Decimal is written with an exponent below a millionth: `0E-7`, `1.2E-7`. */
function decimalRepr(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  const exponent = digits.length - 1 - fraction.length
  if (fraction === '' || exponent >= -6) return text
  return `${sign}${digits.charAt(0)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${exponent}`
}

function pythonInt(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : floatRepr(value)
}

function pythonMoment(text: string, kind: 'date' | 'datetime' | 'time'): string {
  const [, y, m, d, hour, minute, second, fraction] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?$/.exec(text) ?? []
  if (kind === 'time') return pythonDelta(text)
  if (y === undefined || Number(y) === 0 || Number(m) === 0 || Number(d) === 0) return 'None'
  const parts = [y, m, d].map(Number)
  // April 31 is no date of Python's.
  if (Number(d) > daysIn(Number(y), Number(m))) return 'None'
  if (kind === 'date') return `datetime.date(${parts.join(', ')})`
  parts.push(Number(hour ?? 0), Number(minute ?? 0))
  const micro = Number((fraction ?? '').padEnd(6, '0').slice(0, 6))
  if (Number(second ?? 0) > 0 || micro > 0) parts.push(Number(second ?? 0))
  if (micro > 0) parts.push(micro)
  return `datetime.datetime(${parts.join(', ')})`
}

function pythonDelta(text: string): string {
  const [, sign, hours, minutes, seconds, fraction = ''] = /^(-?)(\d+):(\d{2}):(\d{2})(?:\.(\d+))?/.exec(text) ?? []
  if (hours === undefined) return 'None'
  const micros =
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000 +
    Number(fraction.padEnd(6, '0').slice(0, 6))
  const total = sign === '-' ? -micros : micros
  const days = Math.floor(total / 86_400_000_000)
  const rest = total - days * 86_400_000_000
  const named = { days, seconds: Math.floor(rest / 1_000_000), microseconds: rest % 1_000_000 }
  const parts = Object.entries(named).flatMap(([name, value]) => (value === 0 ? [] : [`${name}=${value}`]))
  return `datetime.timedelta(${parts.length === 0 ? '0' : parts.join(', ')})`
}
