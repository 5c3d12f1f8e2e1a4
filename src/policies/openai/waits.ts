/** How long a server asks to be left alone: in the head of its answer, in a field, or in its words. */
import type { Answer } from './ports.ts'

/**
 * The wait that `Retry-After` asks for, in milliseconds: seconds, or a date.
 * @param nowMs since 1970
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text) * 1000
  const date = text === '' || !/[a-z]/i.test(text) ? Number.NaN : Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}

/** What any of the headers says that servers have for it. */
export function headerWaitMs(headers: Answer['headers'], nowMs: number): number | undefined {
  const ms = headers.get('retry-after-ms')?.trim() ?? ''
  if (/^\d{1,9}(\.\d{1,9})?$/.test(ms)) return Number(ms)
  const asked = retryAfterMs(headers.get('retry-after'), nowMs)
  if (asked !== undefined) return asked
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? Number.NaN)
  if (!(reset >= 0)) return undefined
  // Seconds from now, or a time since 1970 in seconds or milliseconds.
  if (reset < 1e8) return reset * 1000
  return Math.max(0, (reset > 1e11 ? reset : reset * 1000) - nowMs)
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const PERIOD =
  /(\d{1,9}(?:\.\d{1,9})?)[ ]?(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])/gi

/** `Please try again in 1m2.5s`, `retry after 20 seconds`, `wait 500 ms`, `resets in 2 hours`. */
export function wordsWaitMs(words: string): number | undefined {
  const begin = /\b(?:retry|try(?:ing)?|wait|resets?|available|again|come back)\b[^.\d]{0,40}(?=\d)/i.exec(words)
  if (begin === null) return undefined
  const from = begin.index + begin[0].length
  let sum = 0
  let end = from
  for (const found of words.slice(0, from + 60).matchAll(PERIOD)) {
    if (found.index < from) continue
    if (found.index > end + 5) break
    const unit = found[2]?.toLowerCase() ?? 's'
    sum += Number(found[1]) * (UNITS[/^m(s|illi)/.test(unit) ? 'ms' : (unit[0] ?? 's')] ?? 1000)
    end = found.index + found[0].length
  }
  return end === from ? undefined : Math.round(sum)
}
