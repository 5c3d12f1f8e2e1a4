/** YEAR(), DAYNAME() and their like: one part of a moment. */
import { daysIn } from '../../values/moments.ts'
import { civil, DAYS, dateText, dayNumber, MONTHS, momentOf, seconds, timeText, weekday } from './calendar.ts'

/** A part of a date: `YEAR`, `MONTH`... Null for what is no date. */
export function momentPart(unit: string, value: unknown): number | string | null {
  const time = /^-?(\d+):(\d{2})(?::(\d{2}))?$/.exec(String(value ?? ''))
  if (time !== null) {
    const [, hour, minute, second] = time
    if (unit === 'HOUR') return Number(hour)
    if (unit === 'MINUTE') return Number(minute)
    if (unit === 'SECOND') return Number(second ?? 0)
  }
  const m = momentOf(value)
  if (m === undefined) return null
  switch (unit) {
    case 'YEAR':
      return m.year
    case 'QUARTER':
      return Math.floor((m.month + 2) / 3)
    case 'MONTH':
      return m.month
    case 'DAY':
    case 'DAYOFMONTH':
      return m.day
    case 'HOUR':
      return m.hour
    case 'MINUTE':
      return m.minute
    case 'SECOND':
      return m.second
    case 'MONTHNAME':
      return MONTHS[m.month - 1] ?? null
    case 'DAYNAME':
      return DAYS[weekday(m)] ?? null
    case 'WEEKDAY':
      return weekday(m)
    case 'DAYOFWEEK':
      return ((weekday(m) + 1) % 7) + 1
    case 'DAYOFYEAR':
      return dayNumber(m.year, m.month, m.day) - dayNumber(m.year, 1, 1) + 1
    case 'WEEK': {
      // Mode 0: weeks start on Sunday; those before the first Sunday are week 0.
      const ofYear = dayNumber(m.year, m.month, m.day) - dayNumber(m.year, 1, 1)
      const firstSunday = (6 - weekday({ ...m, month: 1, day: 1 }) + 7) % 7
      return ofYear < firstSunday ? 0 : Math.floor((ofYear - firstSunday) / 7) + 1
    }
    case 'WEEKOFYEAR': {
      const thursday = civil(dayNumber(m.year, m.month, m.day) - weekday(m) + 3)
      return Math.floor((dayNumber(...thursday) - dayNumber(thursday[0], 1, 1)) / 7) + 1
    }
    case 'YEAR_MONTH':
      return m.year * 100 + m.month
    case 'TO_DAYS':
      return dayNumber(m.year, m.month, m.day) + 60
    case 'UNIX_TIMESTAMP':
      return seconds(m) - dayNumber(1970, 1, 1) * 86_400
    case 'LAST_DAY':
      return dateText({ ...m, day: daysIn(m.year, m.month) })
    case 'DATE':
      return dateText(m)
    case 'TIME':
      return timeText(m)
    default:
      return null
  }
}
