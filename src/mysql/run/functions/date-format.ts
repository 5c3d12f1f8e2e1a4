/** DATE_FORMAT and TIME_FORMAT. */
import { isWhole, type Moment, pad } from '../../values/moments.ts'
import { readSpan, SECOND } from '../../values/spans.ts'
import { DAYS, MONTHS, momentOf, weekday } from './calendar.ts'
import { momentPart } from './date-parts.ts'
import { LONGEST_TEXT } from './text-functions.ts'
import { weekOf } from './weeks.ts'

type Words = Readonly<Record<string, () => string | number | null>>

/** DATE_FORMAT; null also where a word needs a day that is not known. */
export function formatMoment(value: string, format: string): string | null {
  const moment = momentOf(value)
  return moment === undefined ? null : filled(format, { ...dateWords(moment, value), ...clockWords(moment) })
}

/** TIME_FORMAT: a time has hours, minutes and seconds; its date is nothing. */
export function formatSpan(value: string, format: string): string | null {
  const span = readSpan(value)
  if (span === undefined) return null
  const size = Math.abs(span.micros)
  const seconds = Math.floor(size / SECOND)
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const nothing = { Y: '0000', y: '00', m: '00', c: '0', d: '00', e: '0' }
  const dateless: Words = Object.fromEntries(
    [...'YymcdeMbDWawjUuVvXx'].map((letter) => [letter, () => nothing[letter as keyof typeof nothing] ?? null]),
  )
  const words = { ...dateless, ...clockWords({ hour, minute, second: seconds % 60, micro: size % SECOND }) }
  const text = filled(format, words)
  return text !== null && span.micros < 0 ? `-${text}` : text
}

function filled(format: string, words: Words): string | null {
  let text = ''
  for (let i = 0; i < format.length; i++) {
    const c = format.charAt(i)
    if (c !== '%' || i === format.length - 1) {
      text += c
      continue
    }
    const letter = format.charAt(++i)
    const word = Object.hasOwn(words, letter) ? words[letter]?.() : letter
    if (word === null || word === undefined || text.length > LONGEST_TEXT) return null
    text += word
  }
  return text
}

function dateWords(m: Moment, value: string): Words {
  const known = <T>(of: () => T) => (isWhole(m) ? of() : null)
  const week = (mode: number) => known(() => pad(weekOf(m, mode).week))
  const yearOfWeek = (mode: number) => known(() => pad(weekOf(m, mode).year, 4))
  const suffix = m.day % 100 >= 11 && m.day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][m.day % 10] ?? 'th')
  return {
    Y: () => pad(m.year, 4),
    y: () => pad(m.year % 100),
    m: () => pad(m.month),
    c: () => m.month,
    M: () => MONTHS[m.month - 1] ?? null,
    b: () => MONTHS[m.month - 1]?.slice(0, 3) ?? null,
    d: () => pad(m.day),
    e: () => m.day,
    D: () => `${m.day}${suffix}`,
    W: () => known(() => DAYS[weekday(m)] ?? null),
    a: () => known(() => DAYS[weekday(m)]?.slice(0, 3) ?? null),
    w: () => known(() => (weekday(m) + 1) % 7),
    j: () => known(() => pad(Number(momentPart('DAYOFYEAR', value)), 3)),
    U: () => week(0),
    u: () => week(1),
    V: () => week(2),
    v: () => week(3),
    X: () => yearOfWeek(2),
    x: () => yearOfWeek(3),
  }
}

function clockWords({ hour, minute, second, micro }: Pick<Moment, 'hour' | 'minute' | 'second' | 'micro'>): Words {
  const hour12 = hour % 12 === 0 ? 12 : hour % 12
  const half = hour % 24 < 12 ? 'AM' : 'PM'
  const rest = `${pad(minute)}:${pad(second)}`
  return {
    H: () => pad(hour),
    k: () => hour,
    h: () => pad(hour12),
    I: () => pad(hour12),
    l: () => hour12,
    i: () => pad(minute),
    s: () => pad(second),
    S: () => pad(second),
    f: () => pad(micro, 6),
    p: () => half,
    T: () => `${pad(hour)}:${rest}`,
    r: () => `${pad(hour12)}:${rest} ${half}`,
  }
}
