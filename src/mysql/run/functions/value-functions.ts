/** Functions over values of any kind: what the compiler writes to bring values to one kind, and LIKE. NULL in, NULL out. */
import { fold } from '../../values/collation.ts'
import { columnValue } from '../../values/column-value.ts'
import { likeText } from '../../values/like.ts'
import { decimalText, doubleText } from '../../values/numbers.ts'
import type { SqlValue } from '../../values/result-set.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import { raise } from './raised-errors.ts'
import { LONGEST_TEXT } from './text-functions.ts'

/** By name in SQLite, without the `my_`. */
export const VALUE_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | bigint | null>> =
  {
    digits: (value) => Number(String(value).replace(/(?!^-)[^\d.]/g, '')),
    decimal: (value, decimals) => decimalText(value as SqlValue, numberOf(decimals)),
    fixed: (value, decimals) => numberOf(value).toFixed(numberOf(decimals)),
    real: (value, digits) => realText(numberOf(value), numberOf(digits)),
    like: (text, pattern, mark, exact) => (likeText(textOf(text), textOf(pattern), String(mark), exact === 1) ? 1 : 0),
    key: (...values) => values.map((value) => (typeof value === 'string' ? fold(value) : String(value))).join('\x1f'),
    keep: (value, type, column, row, strict) => {
      const { value: near, error } = columnValue(value as SqlValue, String(type), String(column), numberOf(row))
      if (error !== undefined && strict === 1) raise(error.code, error.words)
      return near
    },
    fail: (code, words) => raise(numberOf(code), words === undefined ? '' : textOf(words)),
  }

/** A double as MySQL turns it into text. */
function realText(value: number, digits: number): string {
  return doubleText(digits < 17 ? Number(value.toPrecision(digits)) : value)
}

/** CONCAT_WS, which leaves out what is NULL. */
export function concatWithSeparator([mark, ...rest]: readonly Value[]): string | null {
  if (mark === null || mark === undefined) return null
  const text = rest
    .filter((arg) => arg !== null && arg !== undefined)
    .map(textOf)
    .join(textOf(mark))
  return text.length > LONGEST_TEXT ? null : text
}
