/** Numbers, texts and dates as they are written. */
import { SqlError } from '../../sql-error.ts'
import { isPlain } from '../../values/collation.ts'
import { clamped, fitsDouble } from '../../values/decimals.ts'
import { canonicalMoment } from '../../values/moments.ts'
import { canonicalSpan } from '../../values/spans.ts'
import {
  DATE,
  DATETIME,
  DOUBLE,
  decimal,
  MOST_DECIMALS,
  MOST_DIGITS,
  PLAIN,
  TEXT,
  TIME,
  UNSIGNED,
  type ValueType,
} from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { quoteText } from '../sqlite-text.ts'

const MOST_UNSIGNED = 2n ** 64n - 1n

/** With an exponent it is a double, with a point a decimal (manual, Numeric Literals). */
export function numberLiteral(text: string): Compiled {
  const literal = Number(text)
  if (!Number.isFinite(literal)) throw new SqlError(1367, `Illegal double '${text}' value found during parsing`)
  const made = (sql: string, type: ValueType): Compiled => ({ sql, type, parts: [], literal, shown: text })
  if (/e/i.test(text)) return made(realText(literal), DOUBLE)
  const [whole = '', fraction = ''] = text.replace(/^0+(?=\d)/, '').split('.')
  const decimals = fraction.length
  if (!text.includes('.')) {
    if (whole.length < 19 || BigInt(whole) < 2n ** 63n) return made(whole, { kind: 'int', digits: whole.length })
    if (BigInt(whole) <= MOST_UNSIGNED) return made(quoteText(whole), UNSIGNED)
  }
  const digits = (whole === '0' ? 0 : whole.length) + decimals
  if (fitsDouble(digits)) return made(realText(literal), decimal(decimals, digits))
  return made(
    quoteText(clamped(text, MOST_DIGITS, Math.min(decimals, MOST_DECIMALS))),
    decimal(decimals, digits, 'text'),
  )
}

/** A number that SQLite takes for a real. */
function realText(value: number): string {
  return /[.e]/i.test(String(value)) ? String(value) : `${value}.0`
}

export function textLiteral(value: string, temporal?: 'date' | 'datetime' | 'time'): Compiled {
  if (temporal === undefined)
    return {
      sql: quoteText(value),
      type: isPlain(value) ? PLAIN : TEXT,
      parts: [],
      literal: value,
    }
  if (temporal === 'time') {
    const span = canonicalSpan(value)
    if (span === undefined) throw new SqlError(1525, `Incorrect TIME value: '${value}'`)
    return { sql: quoteText(span), type: TIME, parts: [] }
  }
  const canonical = canonicalMoment(value)
  if (canonical === undefined) throw new SqlError(1525, `Incorrect ${temporal.toUpperCase()} value: '${value}'`)
  if (temporal === 'date') return { sql: quoteText(canonical.slice(0, 10)), type: DATE, parts: [] }
  return { sql: quoteText(canonical), type: DATETIME, parts: [] }
}
