/** DATE_FORMAT and STR_TO_DATE. */
import { daysIn, pad } from '../../values/moments.ts'
import { DAYS, MONTHS, momentOf, timeText, weekday } from './calendar.ts'
import { momentPart } from './date-parts.ts'

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
    T: timeText(m),
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
