/** DATE_ADD and the differences of moments. */
import { daysIn } from '../../values/moments.ts'
import { civil, dateText, dayNumber, type Moment, momentOf, seconds, timeText } from './calendar.ts'

const UNIT_SECONDS: Readonly<Record<string, number>> = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400, WEEK: 604_800 }

const UNIT_MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** DATE_ADD; the answer has a time of day when the value or the unit has one. */
export function addInterval(value: unknown, amount: unknown, unit: string): string | null {
  const m = momentOf(value)
  if (m === undefined || amount === null) return null
  const count = Number(amount)
  const monthsPer = UNIT_MONTHS[unit]
  let moved: Moment
  if (monthsPer !== undefined) {
    const total = m.year * 12 + m.month - 1 + Math.round(count) * monthsPer
    const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1]
    moved = { ...m, year, month, day: Math.min(m.day, daysIn(year, month)) }
  } else {
    const total = seconds(m) + Math.round(count) * (UNIT_SECONDS[unit] ?? 0)
    const days = Math.floor(total / 86_400)
    const [year, month, day] = civil(days)
    const rest = total - days * 86_400
    moved = { year, month, day, hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60 }
  }
  if (!(moved.year >= 0 && moved.year <= 9999)) return null
  const date = dateText(moved)
  const timed = String(value).trim().length > 10 || unit === 'SECOND' || unit === 'MINUTE' || unit === 'HOUR'
  return timed ? `${date} ${timeText(moved)}` : date
}

/** TIMESTAMPDIFF: whole units from `a` to `b`. */
export function difference(unit: string, a: unknown, b: unknown): number | null {
  const [from, to] = [momentOf(a), momentOf(b)]
  if (from === undefined || to === undefined) return null
  const gap = seconds(to) - seconds(from)
  const per = UNIT_SECONDS[unit]
  if (per !== undefined) return Math.trunc(gap / per)
  const [first, last] = gap < 0 ? [to, from] : [from, to]
  const inMonth = (m: Moment) => m.day * 86_400 + m.hour * 3600 + m.minute * 60 + m.second
  let months = (last.year - first.year) * 12 + last.month - first.month
  if (inMonth(last) < inMonth(first)) months--
  return Math.trunc(months / (UNIT_MONTHS[unit] ?? 1)) * (gap < 0 ? -1 : 1)
}

/** DATEDIFF: days from `b` to `a`, times of day left out. */
export function daysBetween(a: unknown, b: unknown): number | null {
  const [x, y] = [momentOf(a), momentOf(b)]
  if (x === undefined || y === undefined) return null
  return dayNumber(x.year, x.month, x.day) - dayNumber(y.year, y.month, y.day)
}
