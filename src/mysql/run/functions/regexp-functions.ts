/** REGEXP_LIKE and its kind (manual, 14.8.2 Regular Expressions). NULL in, NULL out. */
import type { RE2JS } from 're2js'
import { numberOf, textOf, type Value } from './arguments.ts'
import { linearRegExp } from './linear-regexp.ts'
import { raise } from './raised-errors.ts'

/** Units of work for each instruction of an expression and each UTF-16 unit that it may have to look at. */
const STEP = 5
/** For reading a UTF-16 unit of an expression, and for an instruction that it becomes; also where it is known already. */
const [READ, MADE] = [150, 100]
/** Longest text that a function makes. */
const LONGEST_TEXT = 100_000

interface Found {
  readonly start: number
  readonly end: number
  group(i: number): string
}

/** By name in SQLite, without the `my_`. @param charge throws when the statement may cost no more */
export function regexpFunctions(
  charge: (units: number) => void,
): Readonly<Record<string, (...args: readonly Value[]) => string | number | null>> {
  function compiled(pattern: Value, matchType: Value): RE2JS {
    const text = textOf(pattern)
    charge(READ * text.length)
    const expression = linearRegExp(text, textOf(matchType))
    charge(MADE * expression.programSize())
    return expression
  }

  const reading = (expression: RE2JS, text: string, from: number): void =>
    charge(STEP * expression.programSize() * (text.length - from + 1))

  function* matches(text: string, pattern: Value, position: Value, matchType: Value): Generator<Found> {
    const expression = compiled(pattern, matchType)
    const matcher = expression.matcher(text)
    let from = offsetOf(text, numberOf(position))
    reading(expression, text, from)
    for (let found = matcher.find(from); found; found = matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()]
      yield { start, end, group: (i) => (i <= matcher.groupCount() ? (matcher.group(i) ?? '') : raise(3686)) }
      from = end
      reading(expression, text, from)
    }
  }

  /** The occurrence that is asked for, counted from 1. */
  function occurrence(found: Generator<Found>, wanted: Value): Found | undefined {
    let left = Math.max(1, Math.trunc(numberOf(wanted)))
    for (const each of found) if (--left === 0) return each
    return undefined
  }

  return {
    regexp: (text, pattern, matchType = '') => {
      const expression = compiled(pattern, matchType)
      reading(expression, textOf(text), 0)
      return expression.test(textOf(text)) ? 1 : 0
    },
    regexp_substr: (text, pattern, position = 1, wanted = 1, matchType = '') =>
      occurrence(matches(textOf(text), pattern, position, matchType), wanted)?.group(0) ?? null,
    regexp_instr: (text, pattern, position = 1, wanted = 1, after = 0, matchType = '') => {
      const whole = textOf(text)
      const found = occurrence(matches(whole, pattern, position, matchType), wanted)
      if (found === undefined) return 0
      return [...whole.slice(0, numberOf(after) === 1 ? found.end : found.start)].length + 1
    },
    regexp_replace: (text, pattern, by, position = 1, wanted = 0, matchType = '') => {
      const whole = textOf(text)
      let [made, copied, seen] = ['', 0, 0]
      for (const found of matches(whole, pattern, position, matchType)) {
        if (numberOf(wanted) > 0 && ++seen < numberOf(wanted)) continue
        made += whole.slice(copied, found.start) + replacement(textOf(by), found)
        copied = found.end
        if (made.length > LONGEST_TEXT) return null
        if (numberOf(wanted) > 0) break
      }
      made += whole.slice(copied)
      return made.length > LONGEST_TEXT ? null : made
    },
  }
}

/** UTF-16 units before a place that MySQL counts in letters, from 1; error 3686 beyond the text. */
function offsetOf(text: string, position: number): number {
  const letters = Math.trunc(position) - 1
  if (letters === 0) return 0
  let offset = 0
  for (let i = 0; i < letters && offset < text.length; i++) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return letters < 0 || (offset >= text.length && letters > [...text].length) ? raise(3686) : offset
}

/** `$1` is what a group found, a backslash takes the next letter as it is (ICU's replacement text). */
function replacement(by: string, found: Found): string {
  return by.replace(/\\(.)|\$(\d)/gsu, (_, letter: string | undefined, group: string | undefined) =>
    group === undefined ? (letter ?? '') : found.group(Number(group)),
  )
}
