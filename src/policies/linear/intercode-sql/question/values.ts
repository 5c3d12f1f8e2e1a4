/** Values that a condition may compare with: names, numbers, dates, codes. */
import type { Operator } from '../plan.ts'
import { FUNCTION_WORDS } from '../words.ts'
import { isPart, operatorAt, signAt } from './operators.ts'

export interface Value {
  readonly kind: 'name' | 'word' | 'number' | 'date' | 'code'
  readonly text: string
  readonly at: number
  readonly end: number
  readonly operator: Operator
  /** Of `from 1 to 5`: the other end. */
  readonly high: string | undefined
  /** Stood in quotation marks. */
  readonly quoted: boolean
}

const DATE = /\b\d{4}-\d{2}-\d{2}\b/g
const CODE = /\b\d+(?:\/\d+)?-\d+(?:\/\d+)?\b/g
const NUMBER = /(?<![\w/-])\d+(?:\.\d+)?(?![\w/]|-\d)/g
const QUOTED = /["“]([^"”]{1,60})["”]|(?<![\w])'([^']{1,60})'(?!\w)/g
/** Capitalised words in a row, with a small word or a point between two of them. */
const NAMES = /\b(?:The |Dr\. |St\. )?[A-Z][\w'’]*(?:-\w+)*(?:(?: (?:of|the|and|de|van|von))? [A-Z][\w'’]*(?:-\w+)*)*/g
const NUMBER_WORDS: Readonly<Record<string, string>> = {
  twice: '2',
  once: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
}

export function* readValues(text: string): Generator<Value> {
  const lower = text.toLowerCase()
  const taken: (readonly [number, number])[] = []
  const free = (at: number, end: number) => taken.every(([a, b]) => end <= a || at >= b)
  const value = (kind: Value['kind'], raw: string, at: number, length: number, isQuoted = false): Value => {
    taken.push([at, at + length])
    return {
      kind,
      text: raw,
      at,
      end: at + length,
      operator: kind === 'name' || kind === 'code' ? signAt(lower, at) : operatorAt(lower, at, at + length),
      high: undefined,
      quoted: isQuoted || isPart(lower, at),
    }
  }
  const found: Value[] = []
  for (const m of text.matchAll(QUOTED)) found.push(value('name', m[1] ?? m[2] ?? '', m.index, m[0].length, true))
  for (const m of text.matchAll(DATE))
    if (free(m.index, m.index + m[0].length)) found.push(value('date', m[0], m.index, m[0].length))
  for (const m of text.matchAll(CODE))
    if (free(m.index, m.index + m[0].length)) found.push(value('code', m[0], m.index, m[0].length))
  for (const m of text.matchAll(NUMBER))
    if (free(m.index, m.index + m[0].length)) found.push(value('number', m[0], m.index, m[0].length))
  for (const m of text.matchAll(NAMES)) {
    let [name] = m
    let at = m.index
    const opens = at === 0 || /[.?!:]\s+$/.test(text.slice(0, at))
    // The first word of a sentence is capital anyhow.
    if (opens) {
      const rest = name.indexOf(' ')
      if (rest < 0 || !FUNCTION_WORDS.has(name.slice(0, rest).toLowerCase())) {
        if (rest < 0) continue
      } else {
        at += rest + 1
        name = name.slice(rest + 1)
      }
    }
    if (name.length < 2 || /^(?:A to Z|A|Z|I)$/.test(name) || !free(at, at + name.length)) continue
    found.push(value('name', name, at, name.length))
    if (found.length > 8) break
  }
  for (const m of lower.matchAll(
    /\b(?:more than|at least|over|exactly|less than) (once|twice|two|three|four|five)\b/g,
  )) {
    const word = m[1] ?? ''
    const at = m.index + m[0].length - word.length
    found.push({ ...value('number', NUMBER_WORDS[word] ?? '1', at, word.length) })
  }
  found.sort((a, b) => a.at - b.at)
  for (let i = 0; i < Math.min(found.length, 8); i++) {
    const low = found[i] as Value // i is inside
    const next = found[i + 1]
    if (next !== undefined && low.kind === next.kind && (low.kind === 'number' || low.kind === 'date')) {
      const between = lower.slice(low.end, next.at)
      const before = lower.slice(Math.max(0, low.at - 9), low.at)
      if (
        (/^ and $/.test(between) && /between $/.test(before)) ||
        (/^ (?:to|until|till) $/.test(between) && !/over $/.test(before))
      ) {
        yield { ...low, operator: '=', high: next.text, end: next.end }
        i++
        continue
      }
    }
    yield low
  }
}
