/** What a column keeps of a value, and why the server refuses one in strict mode (manual, Server SQL Modes). */
import { clockText, dateText, isWhole, readMoment } from './moments.ts'
import { numberPrefix, roundHalfUp } from './numbers.ts'
import type { SqlValue } from './result-set.ts'
import { readSpan, SECOND, spanText } from './spans.ts'

export interface Kept {
  /** As it is kept, or the nearest that can be, where there is an error. */
  readonly value: SqlValue
  readonly error?: { readonly code: number; readonly words: string }
}

/** Bytes of the integer types. */
const INTEGERS: Readonly<Record<string, bigint>> = { tinyint: 1n, smallint: 2n, mediumint: 3n, int: 4n, bigint: 8n }
/** Characters of the texts that have no length of their own. */
const TEXTS: Readonly<Record<string, number>> = { tinytext: 255, text: 65_535, mediumtext: 16_777_215 }

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i
const PREFIX = /^\s*[+-]?(\d+\.?\d*|\.\d+)/

/**
 * @param declared the column's type, as DESCRIBE shows it
 * @param column its name, and @param row the number of the row, for the error
 */
export function columnValue(value: SqlValue, declared: string, column: string, row: number): Kept {
  if (value === null) return { value }
  const [, name = '', list = '', rest = ''] = /^(\w+)(?:\((.*)\))?(.*)$/s.exec(declared.toLowerCase()) ?? []
  const where = `for column '${column}' at row ${row}`
  const size = INTEGERS[name]
  if (size !== undefined) return integer(value, size, rest.includes('unsigned'), where)
  switch (name) {
    case 'decimal':
      return decimal(value, list, rest.includes('unsigned'), where)
    case 'float':
    case 'double':
      return real(value, name, list, where)
    case 'char':
    case 'varchar':
      return text(value, Number(list), where)
    case 'date':
    case 'datetime':
    case 'timestamp':
      return moment(value, name === 'date' ? 'date' : 'datetime', where)
    case 'time':
      return time(value, where)
    case 'year':
      return year(value, where)
    case 'enum':
      return member(value, /\((.*)\)/s.exec(declared)?.[1] ?? '', where)
    default:
      return TEXTS[name] === undefined ? { value } : text(value, TEXTS[name], where)
  }
}

const outOfRange = (where: string) => ({ code: 1264, words: `Out of range value ${where}` })
const truncated = (where: string) => ({ code: 1265, words: `Data truncated ${where}` })

/** A text that is no number; undefined for numbers. */
function noNumber(value: SqlValue, kind: string, where: string): Kept['error'] {
  if (typeof value !== 'string' || NUMBER.test(value)) return undefined
  if (PREFIX.test(value)) return truncated(where)
  return { code: 1366, words: `Incorrect ${kind} value: '${value}' ${where}` }
}

function integer(value: SqlValue, bytes: bigint, unsigned: boolean, where: string): Kept {
  const wrong = noNumber(value, 'integer', where)
  const whole = wholeOf(value)
  const [least, most] = unsigned
    ? [0n, 2n ** (8n * bytes) - 1n]
    : [-(2n ** (8n * bytes - 1n)), 2n ** (8n * bytes - 1n) - 1n]
  const kept = whole < least ? least : whole > most ? most : whole
  const small = Number.isSafeInteger(Number(kept)) ? Number(kept) : kept
  const error = wrong ?? (kept === whole ? undefined : outOfRange(where))
  return error === undefined ? { value: small } : { value: small, error }
}

function wholeOf(value: SqlValue): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return BigInt(value.trim().replace(/^\+/, ''))
  const number = typeof value === 'string' ? numberPrefix(value) : Number(value)
  return Number.isFinite(number) ? BigInt(roundHalfUp(number, 0)) : 2n ** 64n
}

function decimal(value: SqlValue, list: string, unsigned: boolean, where: string): Kept {
  const wrong = noNumber(value, 'decimal', where)
  const [precision = 10, scale = 0] = list === '' ? [] : list.split(',').map(Number)
  const kept = roundHalfUp(typeof value === 'string' ? numberPrefix(value) : Number(value), scale)
  const most = 10 ** (precision - scale) - 10 ** -scale
  const inside = Math.min(Math.max(kept, unsigned ? 0 : -most), most)
  const error =
    wrong ?? (Math.abs(kept) >= 10 ** (precision - scale) || (unsigned && kept < 0) ? outOfRange(where) : undefined)
  return error === undefined ? { value: kept } : { value: inside, error }
}

function real(value: SqlValue, name: 'float' | 'double', list: string, where: string): Kept {
  const wrong = noNumber(value, '', where) === undefined ? undefined : truncated(where)
  const number = typeof value === 'string' ? numberPrefix(value) : Number(value)
  const decimals = list.split(',')[1]
  const rounded = decimals === undefined ? number : roundHalfUp(number, Number(decimals))
  const kept = name === 'float' ? Math.fround(rounded) : rounded
  if (!Number.isFinite(kept)) return { value: 0, error: outOfRange(where) }
  return wrong === undefined ? { value: kept } : { value: kept, error: wrong }
}

/** Blanks beyond the length are dropped without a word. */
function text(value: SqlValue, most: number, where: string): Kept {
  const whole = String(value)
  if (whole.length <= most) return { value: whole }
  const letters = [...whole]
  const kept = letters.slice(0, most).join('')
  if (letters.slice(most).every((letter) => letter === ' ')) return { value: kept }
  return { value: kept, error: { code: 1406, words: `Data too long ${where}` } }
}

function moment(value: SqlValue, kind: 'date' | 'datetime', where: string): Kept {
  const found = readMoment(String(value))
  if (found !== undefined && isWhole(found)) {
    if (kind === 'date') return { value: dateText(found) }
    return { value: `${dateText(found)} ${clockText(found)}` }
  }
  const error = { code: 1292, words: `Incorrect ${kind} value: '${value}' ${where}` }
  return { value: kind === 'date' ? '0000-00-00' : '0000-00-00 00:00:00', error }
}

function time(value: SqlValue, where: string): Kept {
  const found = readSpan(String(value))
  if (found !== undefined) return { value: spanText(Math.round(found.micros / SECOND) * SECOND) }
  return { value: '00:00:00', error: { code: 1292, words: `Incorrect time value: '${value}' ${where}` } }
}

function year(value: SqlValue, where: string): Kept {
  const wrong = noNumber(value, 'integer', where)
  const given = Number(wholeOf(value))
  const short = given > 0 && given < 100
  const kept = short ? given + (given < 70 ? 2000 : 1900) : given
  const error = wrong ?? (kept === 0 || (kept >= 1901 && kept <= 2155) ? undefined : outOfRange(where))
  return error === undefined ? { value: kept } : { value: 0, error }
}

function member(value: SqlValue, list: string, where: string): Kept {
  const names = [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, name = '']) => name.replaceAll("''", "'"))
  const found =
    typeof value === 'string'
      ? names.find((name) => name.toLowerCase() === value.toLowerCase())
      : names[Number(value) - 1]
  return found === undefined ? { value: '', error: truncated(where) } : { value: found }
}
