/** MySQL's functions over dates and times. NULL in, NULL out. */
import { fullYear, type Moment, readMoment } from '../../values/moments.ts'
import { microsOfDay, readSpan, SECOND, spanText } from '../../values/spans.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import {
  civil,
  dayNumber,
  EPOCH,
  microsOf,
  microsOfSeconds,
  momentAt,
  momentOf,
  momentText,
  wholeMoment,
} from './calendar.ts'
import { addInterval, addTime, addToSpan, daysBetween, difference, timeBetween } from './date-arithmetic.ts'
import { formatMoment, formatSpan } from './date-format.ts'
import { momentPart, spanPart, timeOf } from './date-parts.ts'
import { formatFor, monthsOfPeriod, parseMoment, periodOf } from './date-reading.ts'
import { weekOf } from './weeks.ts'

const amountOf = (value: Value) => (typeof value === 'number' || typeof value === 'bigint' ? value : String(value))

/** Rounds what is behind the point to so many digits. */
function rounded(micros: bigint, digits: number): bigint {
  const unit = 10n ** BigInt(6 - Math.max(0, Math.min(6, digits)))
  const half = micros < 0n ? -unit / 2n : unit / 2n
  return unit === 1n ? micros : ((micros + half) / unit) * unit
}

const textAt = (moment: Moment | undefined): string | null => (moment === undefined ? null : momentText(moment))

function weekIn(value: string, mode: number): { readonly week: number; readonly year: number } | undefined {
  const moment = wholeMoment(value)
  return moment === undefined ? undefined : weekOf(moment, mode & 7)
}

/** By name in SQLite, without the `my_`. */
export const DATE_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | null>> = {
  part: (unit, value) => momentPart(String(unit), value),
  span_part: (unit, value) => spanPart(String(unit), value),
  week: (value, mode) => weekIn(textOf(value), numberOf(mode))?.week ?? null,
  yearweek: (value, mode) => {
    // A week belongs to a year, whatever the mode says of week 0.
    const found = weekIn(textOf(value), numberOf(mode) | 2)
    return found === undefined ? null : found.year * 100 + found.week
  },
  moment: (value, digits) => {
    const moment = wholeMoment(value)
    return moment === undefined ? null : textAt(momentAt(rounded(microsOf(moment), numberOf(digits))))
  },
  /** A text that is compared with dates: what is none counts as zero. */
  compared_moment: (value) => textAt(readMoment(textOf(value))) ?? '0000-00-00 00:00:00',
  /** A text that a function made, as a time: a date is its midnight. */
  clock: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(textOf(value)) ? `${textOf(value)} 00:00:00` : textOf(value)),
  span: (value, digits) => {
    const span = readSpan(textOf(value))
    return span === undefined ? null : spanText(Number(rounded(BigInt(span.micros), numberOf(digits))))
  },
  time: timeOf,
  year: (value) => {
    const year = Math.trunc(numberOf(value))
    if (momentOf(value) !== undefined && textOf(value).length > 4) return momentOf(value)?.year ?? null
    if (textOf(value) === '0000' || (year === 0 && typeof value === 'number')) return 0
    const full = fullYear(year)
    return full >= 1901 && full <= 2155 ? full : null
  },
  time_to_sec: (value) => {
    const span = readSpan(textOf(value))
    return span === undefined ? null : Math.trunc(span.micros / SECOND)
  },
  sec_to_time: (value) => spanText(Number(microsOfSeconds(textOf(value)))),
  makedate: (year, day) => {
    const [y, n] = [Math.trunc(numberOf(year)), Math.trunc(numberOf(day))]
    if (n < 1 || y < 0 || y > 9999) return null
    const moved = momentAt(BigInt(dayNumber(fullYear(y), 1, 1) - EPOCH + n - 1) * BigInt(86_400 * SECOND))
    return moved === undefined ? null : momentText(moved).slice(0, 10)
  },
  maketime: (hour, minute, second) => {
    const [h, m] = [Math.trunc(numberOf(hour)), Math.trunc(numberOf(minute))]
    const micros = Number(microsOfSeconds(textOf(second)))
    if (m < 0 || m > 59 || micros < 0 || micros >= 60 * SECOND) return null
    return spanText((h < 0 ? -1 : 1) * ((Math.abs(h) * 60 + m) * 60 * SECOND + micros))
  },
  from_days: (value) => {
    const days = Math.trunc(numberOf(value))
    if (days <= 365 || days > 3_652_424) return '0000-00-00'
    const [year, month, day] = civil(days - 60)
    return momentText({ year, month, day, hour: 0, minute: 0, second: 0, micro: 0 }).slice(0, 10)
  },
  unix_micros: (value) => {
    const moment = wholeMoment(value)
    if (moment === undefined) return null
    const micros = Number(microsOf(moment))
    return micros < 0 ? 0 : micros / SECOND
  },
  from_unixtime: (value) => {
    const micros = microsOfSeconds(textOf(value))
    return micros < 0n || micros >= 32_536_771_200n * BigInt(SECOND) ? null : textAt(momentAt(micros))
  },
  add: (value, amount, unit, sign) => addInterval(textOf(value), amountOf(amount), String(unit), numberOf(sign)),
  add_to_span: (value, amount, unit, sign) => addToSpan(textOf(value), amountOf(amount), String(unit), numberOf(sign)),
  add_time: (value, time, sign) => addTime(textOf(value), textOf(time), numberOf(sign)),
  timediff: (a, b) => timeBetween(textOf(a), textOf(b)),
  datediff: (a, b) => daysBetween(textOf(a), textOf(b)),
  timestampdiff: (unit, a, b) => difference(String(unit), textOf(a), textOf(b)),
  timestamp: (date, time) => {
    const [moment, span] = [wholeMoment(date), readSpan(textOf(time))]
    if (moment === undefined || span === undefined) return null
    return textAt(momentAt(microsOf(moment) + BigInt(span.micros)))
  },
  date_format: (value, format) => formatMoment(textOf(value), textOf(format)),
  time_format: (value, format) => formatSpan(textOf(value), textOf(format)),
  str_to_date: (value, format) => parseMoment(textOf(value), textOf(format)),
  get_format: (kind, place) => formatFor(textOf(kind), textOf(place)),
  convert_tz: (value, from, to) => {
    const [moment, a, b] = [wholeMoment(value), zone(textOf(from)), zone(textOf(to))]
    if (moment === undefined || a === undefined || b === undefined) return null
    return textAt(momentAt(microsOf(moment) + BigInt((b - a) * 60 * SECOND)))
  },
  period_add: (period, months) => periodOf(monthsOfPeriod(numberOf(period)) + Math.trunc(numberOf(months))),
  period_diff: (a, b) => monthsOfPeriod(numberOf(a)) - monthsOfPeriod(numberOf(b)),
  /** A TIME as a moment of the day on which the clock stands. */
  span_moment: (value, day) => {
    const [span, moment] = [readSpan(textOf(value)), readMoment(textOf(day))]
    if (span === undefined || moment === undefined) return null
    return textAt(momentAt(microsOf(moment) - BigInt(microsOfDay(moment)) + BigInt(span.micros)))
  },
}

/** Minutes east of Greenwich. Names of zones are not known, as on a server whose tables were not filled. */
function zone(text: string): number | undefined {
  if (/^(UTC|SYSTEM)$/i.test(text)) return 0
  const [, sign, hours, minutes] = /^([-+])(\d{1,2}):(\d{2})$/.exec(text) ?? []
  if (hours === undefined) return undefined
  const size = Number(hours) * 60 + Number(minutes)
  return size > 14 * 60 ? undefined : sign === '-' ? -size : size
}
