/** Dates and times as text, MySQL's way of reading them (sql-common/my_time.cc). No clock. */

/** What NOW() and its kind answer: there is no clock, so that the same statement has the same answer. */
export const NOW = '2024-01-01 00:00:00'

/** A date and time. Month and day may be 0, where MySQL lets them. */
export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Microseconds. */
  readonly micro: number
}

const DIGITS = /^(\d{4}|\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})(?:\.(\d*))?)?$/
const MARK = '[-/.:^@,;*+~#|_%&!]'
const PARTS = new RegExp(
  `^(\\d{4}|\\d{2}|\\d)${MARK}(\\d{1,2})${MARK}(\\d{1,2})(?:(?:T|\\s+)(\\d{1,2})(?:${MARK}(\\d{1,2})(?:${MARK}(\\d{1,2})(?:\\.(\\d*))?)?)?)?`,
)

/**
 * `2018-3-5`, `20180305`, `180305`, `2018-03-05 7:00`, `2018-03-05T07:00:00.25`; undefined for what is no date.
 * @param loosely as functions read it: what follows is dropped
 */
export function readMoment(given: string, loosely = false): Moment | undefined {
  const text = given.trim()
  const parts = DIGITS.exec(text) ?? PARTS.exec(text)
  if (parts === null) return undefined
  if (!loosely && !/^Z?$/.test(text.slice(parts[0].length).trim())) return undefined
  const [y = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  const year = (parts[1] ?? '').length <= 2 && y + month + day > 0 ? fullYear(y) : y
  if (month > 12 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return undefined
  return { year, month, day, hour, minute, second, micro: microOf(parts[7] ?? '') }
}

/** A year of two digits. */
export function fullYear(year: number): number {
  return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year
}

/** Microseconds of the digits behind a point. */
export function microOf(digits: string): number {
  return Number(digits.slice(0, 6).padEnd(6, '0'))
}

/** As `YYYY-MM-DD hh:mm:ss`, with six digits more where there are microseconds; undefined for what is no date. */
export function canonicalMoment(text: string): string | undefined {
  const moment = readMoment(text)
  return moment === undefined ? undefined : `${dateText(moment)} ${clockText(moment)}`
}

/** Whether NO_ZERO_DATE and NO_ZERO_IN_DATE, which MySQL 8 has by default, let it pass. */
export function isWhole({ month, day }: Moment): boolean {
  return month > 0 && day > 0
}

/** `2018-03-05`. */
export function dateText({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

/** `07:00:00`, or `07:00:00.250000`. */
export function clockText({
  hour,
  minute,
  second,
  micro,
}: Pick<Moment, 'hour' | 'minute' | 'second' | 'micro'>): string {
  return `${pad(hour)}:${pad(minute)}:${pad(second)}${micro === 0 ? '' : `.${pad(micro, 6)}`}`
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function pad(value: number, width = 2): string {
  return String(Math.trunc(value)).padStart(width, '0')
}
