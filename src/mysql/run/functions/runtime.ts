/** MySQL's functions and its collation, registered in a SQLite connection under names that begin with `my_`. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import {
  addInterval,
  canonicalMoment,
  daysBetween,
  difference,
  formatMoment,
  momentPart,
  parseMoment,
} from '../../values/moments.ts'
import { decimalText, doubleText, roundHalfUp } from '../../values/numbers.ts'
import type { SqlEngine } from '../engine.ts'
import { compareText, fold, LONGEST_TEXT, likeText, TEXT_FUNCTIONS } from './text-functions.ts'

export type Value = string | number | bigint | null | Uint8Array | Int8Array | ArrayBuffer | undefined | boolean

/** The message by which `my_fail` stops a statement; its number follows. */
/** Thrown by functions when the budget is spent. */
const SPENT = 'budget spent'
export const FAILURE_MARK = 'mysql error '

const FAILURES: Readonly<Record<number, string>> = { 1242: 'Subquery returns more than 1 row' }

/** The sentence of an error that `my_fail` raised; undefined for other errors. */
export function raisedBy(message: string): string | undefined {
  const place = message.indexOf(FAILURE_MARK)
  return place < 0 ? undefined : FAILURES[Number.parseInt(message.slice(place + FAILURE_MARK.length), 10)]
}

function real(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

const NUMBER_FUNCTIONS: Readonly<Record<string, (...args: readonly number[]) => number | null>> = {
  round: (x = 0, digits = 0) => (Number.isInteger(x) && digits >= 0 ? x : roundHalfUp(x, Math.trunc(digits))),
  truncate: (x = 0, digits = 0) => {
    const unit = 10 ** Math.trunc(digits)
    return real(Math.trunc(Number((x * unit).toPrecision(15))) / unit)
  },
  floor: (x = 0) => Math.floor(x),
  ceil: (x = 0) => Math.ceil(x),
  mod: (a = 0, b = 0) => (b === 0 ? null : real(a % b)),
  pow: (a = 0, b = 0) => real(a ** b),
  sqrt: (x = 0) => (x < 0 ? null : Math.sqrt(x)),
  exp: (x = 0) => real(Math.exp(x)),
  ln: (x = 0) => (x <= 0 ? null : Math.log(x)),
  log: (a = 0, b) => (b === undefined ? (a <= 0 ? null : Math.log(a)) : real(Math.log(b) / Math.log(a))),
  log2: (x = 0) => (x <= 0 ? null : Math.log2(x)),
  log10: (x = 0) => (x <= 0 ? null : Math.log10(x)),
  sin: (x = 0) => Math.sin(x),
  cos: (x = 0) => Math.cos(x),
  tan: (x = 0) => Math.tan(x),
  cot: (x = 0) => real(1 / Math.tan(x)),
  asin: (x = 0) => real(Math.asin(x)),
  acos: (x = 0) => real(Math.acos(x)),
  atan: (y = 0, x) => (x === undefined ? Math.atan(y) : Math.atan2(y, x)),
  degrees: (x = 0) => real((x * 180) / Math.PI),
  radians: (x = 0) => (x * Math.PI) / 180,
}

/** Whole numbers stay whole; what SQLite gives as text counts as the number it starts with. */
function numberOf(value: Value): number {
  return typeof value === 'string' ? Number.parseFloat(value) || 0 : Number(value)
}

function textOf(value: Value): string {
  return typeof value === 'number' && !Number.isInteger(value) ? doubleText(value) : String(value)
}

/** Any kind in, NULL where an argument is NULL. */
const VALUE_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | null>> = {
  part: (unit, value) => momentPart(String(unit), value),
  moment: (value) => canonicalMoment(String(value)) ?? null,
  digits: (value) => Number(String(value).replace(/\D/g, '')),
  base: (value, base) => {
    const whole = Math.trunc(numberOf(value))
    return Number.isFinite(whole) ? BigInt.asUintN(64, BigInt(whole)).toString(numberOf(base)) : null
  },
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
  decimal: (value, decimals) => decimalText(numberOf(value), numberOf(decimals)),
  real: (value, digits) => realText(numberOf(value), numberOf(digits)),
  like: (text, pattern, mark, exact) => (likeText(textOf(text), textOf(pattern), String(mark), exact === 1) ? 1 : 0),
  hex: (value) =>
    typeof value === 'number'
      ? Math.round(value).toString(16).toUpperCase()
      : [...new TextEncoder().encode(String(value))]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('')
          .toUpperCase(),
  key: (...values) => values.map((value) => (typeof value === 'string' ? fold(value) : String(value))).join('\x1f'),
  fail: (code) => {
    throw new Error(FAILURE_MARK + String(code))
  },
}

/** A double as MySQL turns it into text. */
function realText(value: number, digits: number): string {
  return doubleText(digits < 17 ? Number(value.toPrecision(digits)) : value)
}

interface Summary {
  count: number
  sum: number
  mean: number
  squares: number
  and: bigint
  or: bigint
  xor: bigint
}

const AGGREGATES: Readonly<Record<string, (s: Summary) => number | bigint | null>> = {
  sum: ({ count, sum }) => (count === 0 ? null : sum),
  avg: ({ count, sum }) => (count === 0 ? null : sum / count),
  std: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev_pop: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev_samp: ({ count, squares }) => (count < 2 ? null : Math.sqrt(squares / (count - 1))),
  variance: ({ count, squares }) => (count === 0 ? null : squares / count),
  var_pop: ({ count, squares }) => (count === 0 ? null : squares / count),
  var_samp: ({ count, squares }) => (count < 2 ? null : squares / (count - 1)),
  bit_and: ({ and }) => and,
  bit_or: ({ or }) => or,
  bit_xor: ({ xor }) => xor,
}

/** As `compareText`, on bytes; undefined where one is not ASCII. */
function compareAscii(a: Uint8Array, b: Uint8Array): number | undefined {
  const m = withoutBlanks(a)
  const n = withoutBlanks(b)
  let result = 0
  for (let i = 0; i < Math.max(m, n); i++) {
    let x = i < m ? (a[i] ?? 0) : -1
    let y = i < n ? (b[i] ?? 0) : -1
    if (x > 0x7f || y > 0x7f) return undefined
    if (x >= 0x61 && x <= 0x7a) x -= 0x20
    if (y >= 0x61 && y <= 0x7a) y -= 0x20
    if (result === 0 && x !== y) result = x < y ? -1 : 1
  }
  return result
}

function withoutBlanks(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0x20) end--
  return end
}

/** @param charge counts a call towards the budget of the statement; false when there is none left */
export function registerFunctions({ sqlite }: SqlEngine, db: Database, charge: () => boolean): void {
  const scalar = (name: string, apply: (args: readonly Value[]) => string | number | null, nulls = false): void => {
    db.createFunction({
      name: `my_${name}`,
      arity: -1,
      deterministic: true,
      xFunc: (_context: number, ...args: readonly Value[]) => {
        if (!charge()) throw new Error(SPENT)
        return !nulls && args.some((arg) => arg === null || arg === undefined) ? null : apply(args)
      },
    })
  }
  for (const [name, of] of Object.entries(TEXT_FUNCTIONS)) scalar(name, (args) => of(...args.map(textOf)))
  for (const [name, of] of Object.entries(NUMBER_FUNCTIONS)) scalar(name, (args) => of(...args.map(numberOf)))
  for (const [name, of] of Object.entries(VALUE_FUNCTIONS)) scalar(name, (args) => of(...args))
  scalar(
    'concat_ws',
    (args) => {
      const [mark, ...rest] = args
      if (mark === null || mark === undefined) return null
      const text = rest
        .filter((arg) => arg !== null && arg !== undefined)
        .map(textOf)
        .join(textOf(mark))
      return text.length > LONGEST_TEXT ? null : text
    },
    true,
  )
  for (const [name, of] of Object.entries(AGGREGATES)) aggregate(sqlite, db, name, of, charge)
  const decoder = new TextDecoder()
  sqlite.capi.sqlite3_create_collation_v2(
    db,
    'MYSQL',
    sqlite.capi.SQLITE_UTF8,
    0,
    (_context, length1, at1, length2, at2) => {
      if (!charge()) return 0
      const heap = sqlite.wasm.heap8u()
      const a = heap.subarray(Number(at1), Number(at1) + length1)
      const b = heap.subarray(Number(at2), Number(at2) + length2)
      return compareAscii(a, b) ?? compareText(decoder.decode(a), decoder.decode(b))
    },
    0,
  )
}

/** Aggregates of groups are kept by SQLite's own place for them. */
function aggregate(
  { capi }: SqlEngine['sqlite'],
  db: Database,
  name: string,
  finish: (s: Summary) => number | bigint | null,
  charge: () => boolean,
): void {
  const states = new Map<number, Summary>()
  const place = (context: number): number => Number(capi.sqlite3_aggregate_context(context, 8))
  const empty = (): Summary => ({ count: 0, sum: 0, mean: 0, squares: 0, and: -1n, or: 0n, xor: 0n })
  db.createFunction({
    name: `my_${name}`,
    arity: 1,
    deterministic: true,
    xStep: (context: number, ...[value]: readonly Value[]) => {
      if (!charge()) throw new Error(SPENT)
      if (value === null || value === undefined) return
      const at = place(context)
      let state = states.get(at)
      if (state === undefined) {
        state = empty()
        states.set(at, state)
      }
      const x = numberOf(value)
      state.count++
      state.sum += x
      // Welford's, as Item_sum_variance.
      const delta = x - state.mean
      state.mean += delta / state.count
      state.squares += delta * (x - state.mean)
      const bits = BigInt(Math.trunc(x))
      state.and &= bits
      state.or |= bits
      state.xor ^= bits
    },
    xFinal: (context: number) => {
      const at = Number(capi.sqlite3_aggregate_context(context, 0))
      const state = states.get(at)
      states.delete(at)
      return finish(state ?? empty())
    },
  })
}
