/** MySQL's functions over dates and times. NULL in, NULL out. */
import { canonicalMoment } from '../../values/moments.ts'
import { numberOf, type Value } from './arguments.ts'
import { addInterval, daysBetween, difference } from './date-arithmetic.ts'
import { formatMoment, parseMoment } from './date-format.ts'
import { momentPart } from './date-parts.ts'

/** By name in SQLite, without the `my_`. */
export const DATE_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | null>> = {
  part: (unit, value) => momentPart(String(unit), value),
  moment: (value) => canonicalMoment(String(value)) ?? null,
  time_to_sec: (value) => {
    const [, sign, hours, minutes, seconds] = /(-?)(\d+):(\d{2}):(\d{2})/.exec(String(value)) ?? []
    if (hours === undefined) return null
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  },
  sec_to_time: (value) => {
    // TIME ends at 838:59:59.
    const seconds = Math.min(Math.abs(Math.round(numberOf(value))), 3_020_399)
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    return (numberOf(value) < 0 ? '-' : '') + parts.map((part) => String(part).padStart(2, '0')).join(':')
  },
  makedate: (year, day) =>
    numberOf(day) < 1
      ? null
      : addInterval(`${String(numberOf(year)).padStart(4, '0')}-01-01`, numberOf(day) - 1, 'DAY'),
  add: (value, amount, unit) => addInterval(value, numberOf(amount), String(unit)),
  date_format: (value, format) => formatMoment(value, format),
  str_to_date: (value, format) => parseMoment(value, format),
  datediff: (a, b) => daysBetween(a, b),
  timestampdiff: (unit, a, b) => difference(String(unit), a, b),
}
