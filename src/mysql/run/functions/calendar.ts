/** Moments as numbers, and the days between them. */
import { canonicalMoment, pad } from '../../values/moments.ts'

export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export function momentOf(value: unknown): Moment | undefined {
  if (value === null || value === undefined) return undefined
  const text = canonicalMoment(String(value))
  if (text === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :]/).map(Number)
  return { year, month, day, hour, minute, second }
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

/** Since the start of the calendar. */
export const seconds = (m: Moment): number =>
  dayNumber(m.year, m.month, m.day) * 86_400 + m.hour * 3600 + m.minute * 60 + m.second

/** 0 is Monday. */
export const weekday = (m: Moment): number => (dayNumber(m.year, m.month, m.day) + 2) % 7

/** `2018-03-05`. */
export function dateText({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

/** `07:00:00`. */
export function timeText({ hour, minute, second }: Pick<Moment, 'hour' | 'minute' | 'second'>): string {
  return `${pad(hour)}:${pad(minute)}:${pad(second)}`
}
