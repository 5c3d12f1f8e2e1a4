/** STR_TO_DATE (sql/item_timefunc.cc, extract_date_time). */
import { clockText, dateText, fullYear } from '../../values/moments.ts'
import { civil, DAYS, dayNumber, MONTHS, weekday } from './calendar.ts'

const WITH_CLOCK = /%[fHISThiklprs]/
const WITH_DATE = /%[MVUXYWabcjmvuxyjdeDw]/

/** What a format gives. */
export function readAs(format: string): 'date' | 'time' | 'datetime' {
  if (!WITH_CLOCK.test(format)) return 'date'
  return WITH_DATE.test(format) ? 'datetime' : 'time'
}

interface Found {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  micro: number
  /** 1 to 366. */
  ofYear: number
  week: number
  /** 0 is Monday. */
  weekday: number
  half: 'AM' | 'PM' | undefined
  mondayFirst: boolean
}

/** Null where the text does not have the form, or is no date. */
export function parseMoment(text: string, format: string): string | null {
  const found = wordsOf(text, format)
  if (found === undefined) return null
  if (found.half !== undefined) {
    if (found.hour < 1 || found.hour > 12) return null
    found.hour = (found.hour % 12) + (found.half === 'PM' ? 12 : 0)
  }
  placed(found)
  const { month, day, hour, minute, second } = found
  const kind = readAs(format)
  if (hour > 23 || minute > 59 || second > 59) return null
  if (kind === 'time') return clockText(found)
  // The server does not look whether the month has that day.
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  return kind === 'date' ? dateText(found) : `${dateText(found)} ${clockText(found)}`
}

/** A day by its number in the year, or by its week and weekday. */
function placed(found: Found): void {
  let days: number | undefined
  if (found.ofYear > 0) days = dayNumber(found.year, 1, 1) + found.ofYear - 1
  else if (found.week >= 0 && found.weekday >= 0) {
    const first = { ...found, month: 1, day: 1 }
    const start = found.mondayFirst ? weekday(first) : (weekday(first) + 1) % 7
    const day = found.mondayFirst ? found.weekday : (found.weekday + 1) % 7
    // With Monday first, week 1 is the first with four days; with Sunday first, the first that begins in the year.
    const late = found.mondayFirst ? start >= 4 : start !== 0
    days = dayNumber(found.year, 1, 1) - start + (late ? 7 : 0) + (found.week - 1) * 7 + day
  }
  if (days === undefined) return
  const [year, month, day] = civil(days)
  Object.assign(found, { year, month, day })
}

function wordsOf(text: string, format: string): Found | undefined {
  const found: Found = {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    micro: 0,
    ofYear: 0,
    week: -1,
    weekday: -1,
    half: undefined,
    mondayFirst: false,
  }
  let at = 0
  let failed = false
  const take = (pattern: RegExp): string => {
    const match = pattern.exec(text.slice(at, at + 40))
    if (match === null) failed = true
    else at += match[0].length
    return match?.[0] ?? ''
  }
  const number = (most: number): number => Number(take(new RegExp(`^\\d{1,${most}}`)))
  const name = (list: readonly string[]): number => {
    const word = take(/^[A-Za-z]+/).toLowerCase()
    const place = list.findIndex((each) => each.toLowerCase() === word)
    if (place < 0) failed = true
    return place
  }
  const shortNames = (list: readonly string[]) => list.map((word) => word.slice(0, 3))
  const set = (parts: Partial<Found>): void => {
    Object.assign(found, parts)
  }
  const half = () => set({ half: take(/^[AP]M/i).toUpperCase() === 'PM' ? 'PM' : 'AM' })
  const readers: Readonly<Record<string, () => void>> = {
    Y: () => {
      const digits = take(/^\d{1,4}/)
      set({ year: digits.length <= 2 ? fullYear(Number(digits)) : Number(digits) })
    },
    y: () => set({ year: fullYear(number(2)) }),
    m: () => set({ month: number(2) }),
    c: () => set({ month: number(2) }),
    M: () => set({ month: name(MONTHS) + 1 }),
    b: () => set({ month: name(shortNames(MONTHS)) + 1 }),
    d: () => set({ day: number(2) }),
    e: () => set({ day: number(2) }),
    D: () => {
      set({ day: number(2) })
      take(/^[A-Za-z]{2}/)
    },
    H: () => set({ hour: number(2) }),
    k: () => set({ hour: number(2) }),
    h: () => set({ hour: number(2) }),
    I: () => set({ hour: number(2) }),
    l: () => set({ hour: number(2) }),
    i: () => set({ minute: number(2) }),
    s: () => set({ second: number(2) }),
    S: () => set({ second: number(2) }),
    f: () => set({ micro: Number(take(/^\d{1,6}/).padEnd(6, '0')) }),
    p: half,
    T: () => set(clock(take(/^\d{1,2}:\d{1,2}:\d{1,2}/))),
    r: () => {
      set(clock(take(/^\d{1,2}:\d{1,2}:\d{1,2}/)))
      take(/^\s*/)
      half()
    },
    W: () => set({ weekday: name(DAYS) }),
    a: () => set({ weekday: name(shortNames(DAYS)) }),
    w: () => set({ weekday: (number(1) + 6) % 7 }),
    j: () => set({ ofYear: number(3) }),
    U: () => set({ week: number(2) }),
    V: () => set({ week: number(2) }),
    X: () => set({ year: number(4) }),
    x: () => set({ year: number(4) }),
    u: () => set({ week: number(2), mondayFirst: true }),
    v: () => set({ week: number(2), mondayFirst: true }),
    '.': () => take(/^[!-/:-@[-`{-~]*/),
    '@': () => take(/^[A-Za-z]*/),
    '#': () => take(/^\d*/),
    '%': () => take(/^%/),
  }
  for (let i = 0; i < format.length && !failed; i++) {
    while (/\s/.test(text.charAt(at))) at++
    if (at >= text.length) break
    const c = format.charAt(i)
    if (c === '%' && i < format.length - 1) {
      const reader = readers[format.charAt(++i)]
      if (reader === undefined) return undefined
      reader()
    } else if (!/\s/.test(c) && text.charAt(at++) !== c) return undefined
  }
  return failed ? undefined : found
}

function clock(text: string): Pick<Found, 'hour' | 'minute' | 'second'> {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number)
  return { hour, minute, second }
}

/** GET_FORMAT's formats by place, and by what they are for. */
const FORMATS: Readonly<Record<string, readonly [date: string, time: string, datetime: string]>> = {
  USA: ['%m.%d.%Y', '%h:%i:%s %p', '%Y-%m-%d %H.%i.%s'],
  JIS: ['%Y-%m-%d', '%H:%i:%s', '%Y-%m-%d %H:%i:%s'],
  ISO: ['%Y-%m-%d', '%H:%i:%s', '%Y-%m-%d %H:%i:%s'],
  EUR: ['%d.%m.%Y', '%H.%i.%s', '%Y-%m-%d %H.%i.%s'],
  INTERNAL: ['%Y%m%d', '%H%i%s', '%Y%m%d%H%i%s'],
}

/** GET_FORMAT(DATE, 'USA'). */
export function formatFor(kind: string, place: string): string | null {
  return FORMATS[place.toUpperCase()]?.[kind === 'DATE' ? 0 : kind === 'TIME' ? 1 : 2] ?? null
}

/** PERIOD_ADD's and PERIOD_DIFF's YYMM and YYYYMM as months. */
export function monthsOfPeriod(period: number): number {
  const year = Math.floor(period / 100)
  return (period === 0 ? 0 : fullYear(year) * 12) + (period % 100) - 1
}

export function periodOf(months: number): number {
  return fullYear(Math.floor(months / 12)) * 100 + (months % 12) + 1
}
