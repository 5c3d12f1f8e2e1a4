/** Numbers, texts and dates as they are written. */
import { SqlError } from '../../sql-error.ts'
import { isPlain } from '../../values/collation.ts'
import { canonicalMoment } from '../../values/moments.ts'
import { DATE, DATETIME, DOUBLE, decimal, INT, PLAIN, TEXT, TIME } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { quoteText } from '../sqlite-text.ts'

export function numberLiteral(text: string): Compiled {
  const value = Number(text)
  if (/^\d+$/.test(text)) {
    if (text.length < 19) return { sql: String(BigInt(text)), type: INT, parts: [], literal: value }
    return { sql: `${text}.0`, type: decimal(0), parts: [], literal: value }
  }
  if (!Number.isFinite(value)) throw new SqlError(1367, `Illegal double '${text}' value found during parsing`)
  const real = /e/i.test(text)
  const digits = /\.(\d*)$/.exec(text)?.[1] ?? ''
  const sql = /[.e]/i.test(String(value)) ? String(value) : `${value}.0`
  return { sql, type: real ? DOUBLE : decimal(digits.length), parts: [], literal: value }
}

export function textLiteral(value: string, temporal?: 'date' | 'datetime' | 'time'): Compiled {
  if (temporal === undefined)
    return {
      sql: quoteText(value),
      type: isPlain(value) ? PLAIN : TEXT,
      parts: [],
      literal: value,
    }
  if (temporal === 'time') return { sql: quoteText(value), type: TIME, parts: [] }
  const canonical = canonicalMoment(value)
  if (canonical === undefined) throw new SqlError(1525, `Incorrect ${temporal.toUpperCase()} value: '${value}'`)
  if (temporal === 'date') return { sql: quoteText(canonical.slice(0, 10)), type: DATE, parts: [] }
  return { sql: quoteText(canonical), type: DATETIME, parts: [] }
}
