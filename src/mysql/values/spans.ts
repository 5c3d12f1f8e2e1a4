/** TIME values: spans of up to 838:59:59 either way, as text (`-01:30:00`) and as microseconds. */
import { clockText, type Moment, microOf, readMoment } from './moments.ts'

export const SECOND = 1_000_000
export const DAY = 86_400 * SECOND
const LONGEST = (839 * 3600 - 1) * SECOND

/** A span, or a date and time where MySQL takes the text for one. */
export interface Span {
  /** Signed microseconds; of a date and time, those of its day. */
  readonly micros: number
  readonly moment?: Moment
}

/** `10:11:12`, `10:11`, `101112`, `1 10:11`, `-0:30:00.5`, a date with a time; undefined for what is no time. */
export function readSpan(given: string): Span | undefined {
  const text = given.trim()
  // Only what is as long as a date with a time is taken for one.
  const dated = text.length >= 12 && /^(\d{12}|\d{14}|\d+\D\d+\D\d+[\sT]+\d.*)$/.test(text)
  const moment = dated ? readMoment(text, true) : undefined
  if (moment !== undefined) return { micros: microsOfDay(moment), moment }
  const [, sign, days, first = '', minutes, seconds, fraction = ''] =
    /^([-+]?)(?:(\d+)\s+)?(\d+)(?::(\d{1,2})(?::(\d{1,2}))?)?(?:\.(\d*))?/.exec(text) ?? []
  if (first === '') return undefined
  const plain = minutes === undefined && days === undefined
  const value = Number(first)
  const [hour, minute, second] = plain
    ? [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100]
    : [Number(days ?? 0) * 24 + value, Number(minutes ?? 0), Number(seconds ?? 0)]
  if (minute > 59 || second > 59) return undefined
  const size = Math.min(((hour * 60 + minute) * 60 + second) * SECOND + microOf(fraction), LONGEST)
  return { micros: sign === '-' ? -size : size }
}

export function microsOfDay({ hour, minute, second, micro }: Moment): number {
  return ((hour * 60 + minute) * 60 + second) * SECOND + micro
}

/** As `hh:mm:ss`, with six digits more where there are microseconds; the longest that there is for what is longer. */
export function spanText(micros: number): string {
  const size = Math.min(Math.abs(micros), LONGEST)
  const seconds = Math.floor(size / SECOND)
  const text = clockText({
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: size % SECOND,
  })
  return micros < 0 && size > 0 ? `-${text}` : text
}

/** A text that is compared with a TIME, as one; undefined for what is none. */
export function canonicalSpan(text: string): string | undefined {
  const span = readSpan(text)
  return span === undefined ? undefined : spanText(span.micros)
}
