/** WEEK and YEARWEEK in their eight modes (sql-common/my_time.cc, calc_week). */
import { daysIn, type Moment } from '../../values/moments.ts'
import { dayNumber } from './calendar.ts'

/** @param mode of WEEK's table in the manual; `year` is the one that the week belongs to */
export function weekOf(m: Moment, mode: number): { readonly week: number; readonly year: number } {
  const mondayFirst = (mode & 1) !== 0
  // Week 1 is the first that begins in the year, or the first with four days in it.
  const begins = ((mode & 4) !== 0) !== !mondayFirst
  let ofYear = (mode & 2) !== 0
  const day = dayNumber(m.year, m.month, m.day)
  let year = m.year
  let first = dayNumber(year, 1, 1)
  let start = (first + (mondayFirst ? 2 : 3)) % 7
  const late = () => (begins ? start !== 0 : start >= 4)
  if (m.month === 1 && m.day <= 7 - start) {
    if (!ofYear && late()) return { week: 0, year }
    ofYear = true
    year--
    const days = daysOfYear(year)
    first -= days
    start = (start + 53 * 7 - days) % 7
  }
  const days = day - (late() ? first + 7 - start : first - start)
  if (ofYear && days >= 52 * 7) {
    start = (start + daysOfYear(year)) % 7
    if (!late()) return { week: 1, year: year + 1 }
  }
  return { week: Math.floor(days / 7) + 1, year }
}

const daysOfYear = (year: number): number => 337 + daysIn(year, 2)
