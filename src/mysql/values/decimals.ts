/** MySQL's exact numbers, beyond what a double holds: digits in text, counted by big.js (docs/decisions/0029-values.md). */
import Big from 'big.js'
import { EXACT_DIGITS, MOST_DECIMALS, MOST_DIGITS } from './value-type.ts'

/** A number, or a text that starts with one. */
export type Digits = string | number | bigint

/** Numbers of its own, so that nobody else's settings count. */
const Exact = Big()

/** Digits after the point that a product or a quotient keeps on the way (the server's buffer has nine words of nine). */
const MOST_KEPT = 45
const WORD = 9
/** div_precision_increment. */
const MORE_IN_QUOTIENTS = 4

/** What a value counts as: that of a double by its shortest digits, that of a text by the number it starts with. */
function exact(value: Digits): Big {
  if (typeof value !== 'string') return new Exact(Number.isFinite(Number(value)) ? value.toString() : '0')
  const found = /^\s*([+-]?)(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3}(?!\d))?/i.exec(value)
  return new Exact(found === null ? '0' : `${found[1] === '-' ? '-' : ''}${padded(found[2] ?? '0')}${found[3] ?? ''}`)
}

const padded = (digits: string): string => (digits.startsWith('.') ? `0${digits}` : digits.replace(/\.$/, ''))

/** Plain digits; undefined where MySQL has no DECIMAL so large. */
function digitsOf(value: Big): string | undefined {
  return value.e >= MOST_DIGITS ? undefined : unsigned(value.toFixed())
}

/** Zero has no sign. */
const unsigned = (text: string): string => (/[1-9]/.test(text) ? text : text.replace('-', ''))

export const EXACT_OPERATIONS = {
  '+': (a: Digits, b: Digits) => digitsOf(exact(a).plus(exact(b))),
  '-': (a: Digits, b: Digits) => digitsOf(exact(a).minus(exact(b))),
  '*': (a: Digits, b: Digits) => digitsOf(exact(a).times(exact(b)).round(MOST_KEPT, Big.roundDown)),
} as const

/**
 * a / b, cut off (not rounded) after whole words of nine digits, as strings/decimal.cc does; the column that is sent is
 * rounded. Undefined for b = 0.
 * @param scaleA digits after the point of a, and `scaleB` of b
 */
export function quotient(a: Digits, b: Digits, scaleA: number, scaleB: number): string | undefined {
  const divisor = exact(b)
  if (divisor.eq(0)) return undefined
  const wordsA = Math.ceil(scaleA / WORD)
  const wordsB = Math.ceil(scaleB / WORD)
  const spare = (wordsA + wordsB) * WORD - scaleA - scaleB
  const words = Math.ceil(((wordsA + wordsB) * WORD + Math.max(0, MORE_IN_QUOTIENTS - spare)) / WORD)
  return digitsOf(divided(exact(a), divisor, Math.min(words * WORD, MOST_KEPT)))
}

function divided(a: Big, b: Big, decimals: number): Big {
  Exact.DP = decimals
  Exact.RM = Big.roundDown
  return a.div(b)
}

/** a DIV b; undefined for b = 0. */
export function wholeQuotient(a: Digits, b: Digits): bigint | undefined {
  const divisor = exact(b)
  return divisor.eq(0) ? undefined : BigInt(divided(exact(a), divisor, 0).toFixed())
}

/** a MOD b, with the sign of a; undefined for b = 0. */
export function remainder(a: Digits, b: Digits): string | undefined {
  const divisor = exact(b)
  return divisor.eq(0) ? undefined : digitsOf(exact(a).mod(divisor))
}

/** With so many decimals (fewer than none: rounded left of the point), halves away from zero. */
export function rounded(value: Digits, decimals: number): string {
  return toDecimals(value, decimals, Big.roundHalfUp)
}

/** With so many decimals, the rest cut off. */
export function truncated(value: Digits, decimals: number): string {
  return toDecimals(value, decimals, Big.roundDown)
}

function toDecimals(value: Digits, decimals: number, mode: 0 | 1): string {
  const wanted = Math.max(-MOST_DIGITS, Math.min(MOST_DECIMALS, Math.trunc(decimals)))
  return unsigned(exact(value).round(wanted, mode).toFixed(Math.max(0, wanted)))
}

/** FLOOR. */
export function floored(value: Digits): string {
  const whole = exact(truncated(value, 0))
  return unsigned((whole.gt(exact(value)) ? whole.minus(1) : whole).toFixed())
}

/** CEILING. */
export function raised(value: Digits): string {
  const whole = exact(truncated(value, 0))
  return unsigned((whole.lt(exact(value)) ? whole.plus(1) : whole).toFixed())
}

/** All its digits, with at least so many decimals. */
export function inDigits(value: Digits, decimals: number): string {
  const number = exact(value)
  return unsigned(number.toFixed(Math.max(decimals, number.c.length - 1 - number.e)))
}

/** -1, 0 or 1: the order of two numbers that are written in digits. */
export function compareDigits(a: string, b: string): number {
  if (a === b) return 0
  // Short ones are compared as doubles, which tell them apart, thirty times as fast.
  return Math.max(a.length, b.length) <= EXACT_DIGITS ? Math.sign(Number(a) - Number(b)) : exact(a).cmp(exact(b))
}

/** As a column of DECIMAL(digits, decimals) keeps it: rounded, and the largest that it holds where it is larger. */
export function clamped(value: Digits, digits: number, decimals: number): string {
  const text = rounded(value, decimals)
  if (exact(text).abs().e < digits - decimals || /^-?0(\.0*)?$/.test(text)) return text
  const nines = `${'9'.repeat(digits - decimals) || '0'}${decimals > 0 ? `.${'9'.repeat(decimals)}` : ''}`
  return text.startsWith('-') ? `-${nines}` : nines
}

/** Six decimals in whole numbers, which doubles add exactly, and which most decimals have no more of. */
const MILLIONTHS = 1e6

/** Adds values up, one after the other, and takes them away again. */
export function exactSum(): { add(value: Digits): void; remove(value: Digits): void; total(): string | undefined } {
  let millionths = 0
  let rest = new Exact(0)
  /** False where a double does not hold the new sum. */
  const quickly = (value: Digits, sign: 1 | -1): boolean => {
    if (typeof value !== 'number') return false
    const scaled = Math.round(value * MILLIONTHS)
    const sum = millionths + sign * scaled
    if (scaled / MILLIONTHS !== value || !Number.isSafeInteger(scaled) || !Number.isSafeInteger(sum)) return false
    millionths = sum
    return true
  }
  return {
    add(value) {
      if (!quickly(value, 1)) rest = rest.plus(exact(value))
    },
    remove(value) {
      if (!quickly(value, -1)) rest = rest.minus(exact(value))
    },
    total: () => digitsOf(rest.plus(exact(millionths).times(exact('0.000001')))),
  }
}

/** Whether a double holds all values of so many digits. */
export const fitsDouble = (digits: number): boolean => digits <= EXACT_DIGITS

const LEAST_SIGNED = -(2n ** 63n)
const MOST_SIGNED = 2n ** 63n - 1n
const MOST_UNSIGNED = 2n ** 64n - 1n

/** A value as the 64 bits of BIGINT UNSIGNED: rounded to a whole number, what is beyond made the nearest that there is. */
export function bitsOf(value: Digits): bigint {
  const whole = BigInt(
    typeof value === 'number' && Math.abs(value) > 1e19 ? (value > 0 ? MOST_SIGNED : LEAST_SIGNED) : rounded(value, 0),
  )
  const most = typeof value === 'number' ? MOST_SIGNED : MOST_UNSIGNED
  return BigInt.asUintN(64, whole < LEAST_SIGNED ? LEAST_SIGNED : whole > most ? most : whole)
}
