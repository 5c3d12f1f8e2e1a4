/** Dates and times as text, MySQL's way of reading them, and its calendar functions. No clock. */

/** What NOW() and its kind answer: the environments have no clock, so that a run can be repeated. */
export const NOW = '2024-01-01 00:00:00'

/** `2018-3-5`, `20180305`, `2018-03-05 7:00` as `YYYY-MM-DD hh:mm:ss`; undefined for what is no date. */
export function canonicalMoment(text: string): string | undefined {
  const digits = /^\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\s*$/.exec(text)
  const parts =
    digits ??
    /^\s*(\d{2}|\d{4})[-/.:^@](\d{1,2})[-/.:^@](\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?)?)?\s*Z?$/.exec(
      text,
    )
  if (parts === null) return undefined
  const [y = 0, m = 0, d = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  const year = (parts[1] ?? '').length === 2 ? (y < 70 ? 2000 + y : 1900 + y) : y
  if (m > 12 || d > daysIn(year, m) || hour > 23 || minute > 59 || second > 59) return undefined
  return `${pad(year, 4)}-${pad(m)}-${pad(d)} ${pad(hour)}:${pad(minute)}:${pad(second)}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function pad(value: number, width = 2): string {
  return String(Math.trunc(value)).padStart(width, '0')
}

interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function momentOf(value: unknown): Moment | undefined {
  if (value === null || value === undefined) return undefined
  const text = canonicalMoment(String(value))
  if (text === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :]/).map(Number)
  return { year, month, day, hour, minute, second }
}

/** Days since 0000-03-01 and back (the civil-from-days method). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const inEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + ofYear
}

function civil(days: number): readonly [year: number, month: number, day: number] {
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

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

const seconds = (m: Moment): number =>
  dayNumber(m.year, m.month, m.day) * 86_400 + m.hour * 3600 + m.minute * 60 + m.second
const weekday = (m: Moment): number => (dayNumber(m.year, m.month, m.day) + 2) % 7

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
      return `${pad(m.year, 4)}-${pad(m.month)}-${pad(daysIn(m.year, m.month))}`
    case 'DATE':
      return `${pad(m.year, 4)}-${pad(m.month)}-${pad(m.day)}`
    case 'TIME':
      return `${pad(m.hour)}:${pad(m.minute)}:${pad(m.second)}`
    default:
      return null
  }
}

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
  const date = `${pad(moved.year, 4)}-${pad(moved.month)}-${pad(moved.day)}`
  const timed = String(value).trim().length > 10 || unit === 'SECOND' || unit === 'MINUTE' || unit === 'HOUR'
  return timed ? `${date} ${pad(moved.hour)}:${pad(moved.minute)}:${pad(moved.second)}` : date
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

/** DATE_FORMAT. */
export function formatMoment(value: unknown, format: unknown): string | null {
  const m = momentOf(value)
  if (m === undefined || format === null) return null
  const hour12 = m.hour % 12 === 0 ? 12 : m.hour % 12
  const suffix = m.day % 100 >= 11 && m.day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][m.day % 10] ?? 'th')
  const words: Readonly<Record<string, string | number>> = {
    Y: pad(m.year, 4),
    y: pad(m.year % 100),
    m: pad(m.month),
    c: m.month,
    M: MONTHS[m.month - 1] ?? '',
    b: (MONTHS[m.month - 1] ?? '').slice(0, 3),
    d: pad(m.day),
    e: m.day,
    D: `${m.day}${suffix}`,
    H: pad(m.hour),
    k: m.hour,
    h: pad(hour12),
    I: pad(hour12),
    l: hour12,
    i: pad(m.minute),
    s: pad(m.second),
    S: pad(m.second),
    p: m.hour < 12 ? 'AM' : 'PM',
    T: `${pad(m.hour)}:${pad(m.minute)}:${pad(m.second)}`,
    r: `${pad(hour12)}:${pad(m.minute)}:${pad(m.second)} ${m.hour < 12 ? 'AM' : 'PM'}`,
    W: DAYS[weekday(m)] ?? '',
    a: (DAYS[weekday(m)] ?? '').slice(0, 3),
    w: (weekday(m) + 1) % 7,
    j: pad(Number(momentPart('DAYOFYEAR', value)), 3),
    U: pad(Number(momentPart('WEEK', value))),
    f: '000000',
  }
  return String(format).replace(/%(.)/g, (_, letter: string) => String(words[letter] ?? letter))
}

/** STR_TO_DATE. */
export function parseMoment(value: unknown, format: unknown): string | null {
  if (value === null || format === null) return null
  const text = String(value)
  const found = { Y: 0, m: 0, d: 0, H: 0, i: 0, s: 0, p: '' }
  let at = 0
  const digits = (most: number): number => {
    const match = new RegExp(`^\\d{1,${most}}`).exec(text.slice(at))
    if (match === null) return Number.NaN
    at += match[0].length
    return Number(match[0])
  }
  const name = (list: readonly string[], short: boolean): number => {
    const index = list.findIndex((word) =>
      text
        .slice(at)
        .toLowerCase()
        .startsWith((short ? word.slice(0, 3) : word).toLowerCase()),
    )
    if (index < 0) return Number.NaN
    at += short ? 3 : (list[index] ?? '').length
    return index + 1
  }
  const pattern = String(format)
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i)
    if (c !== '%') {
      if (/\s/.test(c)) while (/\s/.test(text.charAt(at))) at++
      else if (text.charAt(at++) !== c) return null
      continue
    }
    const letter = pattern.charAt(++i)
    if (letter === 'Y') found.Y = digits(4)
    else if (letter === 'y') {
      const short = digits(2)
      found.Y = short < 70 ? 2000 + short : 1900 + short
    } else if (letter === 'm' || letter === 'c') found.m = digits(2)
    else if (letter === 'M') found.m = name(MONTHS, false)
    else if (letter === 'b') found.m = name(MONTHS, true)
    else if (letter === 'd' || letter === 'e') found.d = digits(2)
    else if (letter === 'D') {
      found.d = digits(2)
      at += 2
    } else if ('HkhIl'.includes(letter)) found.H = digits(2)
    else if (letter === 'i') found.i = digits(2)
    else if (letter === 's' || letter === 'S') found.s = digits(2)
    else if (letter === 'W') name(DAYS, false)
    else if (letter === 'a') name(DAYS, true)
    else if (letter === 'p') {
      found.p = text.slice(at, at + 2).toUpperCase()
      at += 2
    } else return null
  }
  const numbers = [found.Y, found.m, found.d, found.H, found.i, found.s]
  if (numbers.some((n) => Number.isNaN(n))) return null
  if (found.p === 'PM' && found.H < 12) found.H += 12
  if (found.p === 'AM' && found.H === 12) found.H = 0
  if (found.m < 1 || found.m > 12 || found.d < 1 || found.d > daysIn(found.Y, found.m)) return null
  const date = `${pad(found.Y, 4)}-${pad(found.m)}-${pad(found.d)}`
  return /%[HkhIlisST]/.test(pattern) ? `${date} ${pad(found.H)}:${pad(found.i)}:${pad(found.s)}` : date
}
