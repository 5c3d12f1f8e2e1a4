/** YEAR(), DAYNAME(), EXTRACT() and their like: one part of a date or a time. */
import { dateText, daysIn, type Moment } from '../../values/moments.ts'
import { readSpan, SECOND, spanText } from '../../values/spans.ts'
import { DAYS, dayNumber, EPOCH, MONTHS, momentOf, toDays, weekday, wholeMoment } from './calendar.ts'
import { weekOf } from './weeks.ts'

type Part = number | string | null

/** Parts of a date of which month and day may be 0. */
const LOOSE_PARTS: Readonly<Record<string, (m: Moment) => Part>> = {
  YEAR: (m) => m.year,
  QUARTER: (m) => Math.floor((m.month + 2) / 3),
  MONTH: (m) => m.month,
  DAY: (m) => m.day,
  YEAR_MONTH: (m) => m.year * 100 + m.month,
  MONTHNAME: (m) => MONTHS[m.month - 1] ?? null,
}

/** Parts of a date that is one. */
const WHOLE_PARTS: Readonly<Record<string, (m: Moment) => Part>> = {
  DAYNAME: (m) => DAYS[weekday(m)] ?? null,
  WEEKDAY: weekday,
  DAYOFWEEK: (m) => ((weekday(m) + 1) % 7) + 1,
  DAYOFYEAR: (m) => dayNumber(m.year, m.month, m.day) - dayNumber(m.year, 1, 1) + 1,
  WEEK: (m) => weekOf(m, 0).week,
  WEEKOFYEAR: (m) => weekOf(m, 3).week,
  TO_DAYS: toDays,
  TO_SECONDS: (m) => toDays(m) * 86_400 + secondsOfDay(m),
  UNIX_TIMESTAMP: (m) => Math.max(0, (dayNumber(m.year, m.month, m.day) - EPOCH) * 86_400 + secondsOfDay(m)),
  LAST_DAY: (m) => dateText({ ...m, day: daysIn(m.year, m.month) }),
  DATE: dateText,
}

const secondsOfDay = ({ hour, minute, second }: Moment): number => (hour * 60 + minute) * 60 + second

/** A part of a date; null for what is no date. */
export function momentPart(unit: string, value: unknown): Part {
  const loose = LOOSE_PARTS[unit]
  if (loose !== undefined) {
    const moment = momentOf(value)
    return moment === undefined ? null : loose(moment)
  }
  const moment = wholeMoment(value)
  return moment === undefined ? null : (WHOLE_PARTS[unit]?.(moment) ?? null)
}

const PLACES: Readonly<Record<string, number>> = { DAY: 0, HOUR: 1, MINUTE: 2, SECOND: 3, MICROSECOND: 4 }
/** Digits that each place takes in EXTRACT's number. */
const WIDTHS = [1, 100, 100, 100, 1_000_000]

/** HOUR, MINUTE_SECOND, DAY_MICROSECOND...: places of a time, one after the other in one number. Null for what is no time. */
export function spanPart(unit: string, value: unknown): number | null {
  const span = readSpan(String(value))
  if (span === undefined) return null
  const size = Math.abs(span.micros)
  const seconds = Math.floor(size / SECOND)
  const hours = Math.floor(seconds / 3600)
  const [first = '', last = first] = unit.split('_')
  const [from = 0, to = 0] = [PLACES[first], PLACES[last]]
  const days = span.moment?.day ?? Math.floor(hours / 24)
  const places = [days, from === 0 ? hours % 24 : hours, Math.floor(seconds / 60) % 60, seconds % 60, size % SECOND]
  const number = places.slice(from, to + 1).reduce((sum, place, i) => sum * (WIDTHS[from + i] ?? 1) + place, 0)
  return span.micros < 0 && number > 0 ? -number : number
}

/** TIME(): the time of a date or a time; null for what is neither. */
export function timeOf(value: unknown): string | null {
  const span = readSpan(String(value))
  return span === undefined ? null : spanText(span.micros)
}
