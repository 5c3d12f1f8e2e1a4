/** Moments as numbers, and the days between them. */
import { clockText, dateText, isWhole, type Moment, microOf, readMoment } from '../../values/moments.ts'
import { DAY, microsOfDay, SECOND } from '../../values/spans.ts'

/** A date as functions read it; undefined for what is none. Month and day may be 0. */
export function momentOf(value: unknown): Moment | undefined {
  return value === null || value === undefined ? undefined : readMoment(String(value), true)
}

/** A date whose day is known; undefined for others. */
export function wholeMoment(value: unknown): Moment | undefined {
  const moment = momentOf(value)
  return moment !== undefined && isWhole(moment) ? moment : undefined
}

/** Days since 0000-03-01 and back (the civil-from-days method). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const inEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + ofYear
}

export function civil(days: number): readonly [year: number, month: number, day: number] {
  const era = Math.floor(days / 146_097)
  const inEra = days - era * 146_097
  const ofEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  )
  const ofYear = inEra - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const month = shifted + (shifted < 10 ? 3 : -9)
  return [ofEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * shifted + 2) / 5) + 1]
}

export const MONTHS = 'January February March April May June July August September October November December'.split(' ')

export const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** TO_DAYS: 1 is 0000-01-01. */
export const toDays = ({ year, month, day }: Moment): number => dayNumber(year, month, day) + 60

/** Microseconds since the start of 1970, which a double holds for all years but the fraction of the last. */
export const microsOf = (m: Moment): bigint =>
  BigInt(dayNumber(m.year, m.month, m.day) - EPOCH) * BigInt(DAY) + BigInt(microsOfDay(m))

export const EPOCH = dayNumber(1970, 1, 1)

/** The moment so many microseconds after the start of 1970; undefined outside of the years 0 to 9999. */
export function momentAt(micros: bigint): Moment | undefined {
  const perDay = BigInt(DAY)
  const inDay = ((micros % perDay) + perDay) % perDay
  const [year, month, day] = civil(Number((micros - inDay) / perDay) + EPOCH)
  if (!(year >= 0 && year <= 9999)) return undefined
  const rest = Number(inDay)
  const seconds = Math.floor(rest / SECOND)
  return {
    year,
    month,
    day,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: rest % SECOND,
  }
}

/** 0 is Monday. */
export const weekday = (m: Moment): number => (dayNumber(m.year, m.month, m.day) + 2) % 7

export const momentText = (m: Moment): string => `${dateText(m)} ${clockText(m)}`

/** Microseconds of a number of seconds that is written with a point. */
export function microsOfSeconds(text: string): bigint {
  const [, sign = '', whole = '0', digits = ''] = /^\s*([-+]?)(\d*)(?:\.(\d*))?/.exec(text) ?? []
  const size = BigInt(whole === '' ? '0' : whole.slice(0, 15)) * BigInt(SECOND) + BigInt(microOf(digits))
  return sign === '-' ? -size : size
}
