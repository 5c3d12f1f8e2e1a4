/** Dates and times as text, MySQL's way of reading them. No clock. */

/** What NOW() and its kind answer: there is no clock, so that the same statement has the same answer. */
export const NOW = '2024-01-01 00:00:00'

/** `2018-3-5`, `20180305`, `2018-03-05 7:00` as `YYYY-MM-DD hh:mm:ss`; undefined for what is no date. */
export function canonicalMoment(text: string): string | undefined {
  const digits = /^\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\s*$/.exec(text)
  const parts =
    digits ??
    /^\s*(\d{2}|\d{4})[-/.:^@](\d{1,2})[-/.:^@](\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?)?)?\s*Z?$/.exec(
      text,
    )
  if (parts === null) return undefined
  const [y = 0, m = 0, d = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  const year = (parts[1] ?? '').length === 2 ? (y < 70 ? 2000 + y : 1900 + y) : y
  if (m > 12 || d > daysIn(year, m) || hour > 23 || minute > 59 || second > 59) return undefined
  return `${pad(year, 4)}-${pad(m)}-${pad(d)} ${pad(hour)}:${pad(minute)}:${pad(second)}`
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function pad(value: number, width = 2): string {
  return String(Math.trunc(value)).padStart(width, '0')
}
