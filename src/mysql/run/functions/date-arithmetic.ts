/** DATE_ADD, ADDTIME and the differences of moments. */
import { dateText, daysIn, type Moment } from '../../values/moments.ts'
import { readSpan, spanText } from '../../values/spans.ts'
import { dayNumber, microsOf, momentAt, momentText, wholeMoment } from './calendar.ts'
import { intervalOf, microsOfUnit, monthsOf } from './intervals.ts'

const CLOCK = /SECOND|MINUTE|HOUR/

/** DATE_ADD; the answer has a time of day when the value or the unit has one. @param sign -1 for DATE_SUB */
export function addInterval(
  value: string,
  amount: string | number | bigint,
  unit: string,
  sign: number,
): string | null {
  const moment = wholeMoment(value)
  const interval = intervalOf(amount, unit)
  if (moment === undefined || interval === undefined) return null
  const shifted = momentAt(microsOf(moment) + BigInt(sign) * interval.micros)
  const moved = shifted === undefined ? undefined : addMonths(shifted, sign * interval.months)
  if (moved === undefined) return null
  return value.trim().length > 10 || CLOCK.test(unit) ? momentText(moved) : dateText(moved)
}

function addMonths(moment: Moment, months: number): Moment | undefined {
  if (months === 0) return moment
  const total = moment.year * 12 + moment.month - 1 + months
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1]
  if (!(year >= 0 && year <= 9999)) return undefined
  return { ...moment, year, month, day: Math.min(moment.day, daysIn(year, month)) }
}

/** DATE_ADD to a TIME; units of days and more have no place in one. */
export function addToSpan(value: string, amount: string | number | bigint, unit: string, sign: number): string | null {
  const span = readSpan(value)
  const interval = intervalOf(amount, unit)
  if (span === undefined || interval === undefined || interval.months !== 0) return null
  return spanText(span.micros + sign * Number(interval.micros))
}

/** ADDTIME and SUBTIME: to a date and time, or to a time. */
export function addTime(value: string, time: string, sign: number): string | null {
  const [to, by] = [readSpan(value), readSpan(time)]
  if (to === undefined || by === undefined || by.moment !== undefined) return null
  if (to.moment === undefined) return spanText(to.micros + sign * by.micros)
  const moved = momentAt(microsOf(to.moment) + BigInt(sign * by.micros))
  return moved === undefined ? null : momentText(moved)
}

/** TIMEDIFF: of two times, or of two dates with times. */
export function timeBetween(a: string, b: string): string | null {
  const [x, y] = [readSpan(a), readSpan(b)]
  if (x === undefined || y === undefined) return null
  if (x.moment === undefined && y.moment === undefined) return spanText(x.micros - y.micros)
  if (x.moment === undefined || y.moment === undefined) return null
  return spanText(Number(microsOf(x.moment) - microsOf(y.moment)))
}

/** TIMESTAMPDIFF: whole units from `a` to `b`. */
export function difference(unit: string, a: string, b: string): number | null {
  const [from, to] = [wholeMoment(a), wholeMoment(b)]
  if (from === undefined || to === undefined) return null
  const gap = microsOf(to) - microsOf(from)
  const per = microsOfUnit(unit)
  if (per !== undefined) return Number(gap / BigInt(per))
  const [first, last] = gap < 0n ? [to, from] : [from, to]
  const inMonth = (m: Moment) => microsOf({ ...m, year: 1970, month: 1 })
  let months = (last.year - first.year) * 12 + last.month - first.month
  if (inMonth(last) < inMonth(first)) months--
  return Math.trunc(months / (monthsOf(unit) ?? 1)) * (gap < 0n ? -1 : 1)
}

/** DATEDIFF: days from `b` to `a`, times of day left out. */
export function daysBetween(a: string, b: string): number | null {
  const [x, y] = [wholeMoment(a), wholeMoment(b)]
  if (x === undefined || y === undefined) return null
  return dayNumber(x.year, x.month, x.day) - dayNumber(y.year, y.month, y.day)
}
