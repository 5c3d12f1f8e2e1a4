/** What the compiler writes for exact numbers that no double holds, and for BIGINT's ends. NULL in, NULL out. */
import {
  bitsOf,
  clamped,
  type Digits,
  EXACT_OPERATIONS,
  floored,
  inDigits,
  quotient,
  raised,
  remainder,
  rounded,
  truncated,
  wholeQuotient,
} from '../../values/decimals.ts'
import { roundReal } from '../../values/numbers.ts'
import { numberOf, type Value } from './arguments.ts'
import { outOfRange } from './raised-errors.ts'

const digits = (value: Value): Digits =>
  typeof value === 'number' || typeof value === 'bigint' ? value : String(value)

const isWhole = (value: Value): boolean => typeof value === 'bigint' || Number.isSafeInteger(value)

const MOST_UNSIGNED = 2n ** 64n - 1n

/** By name in SQLite, without the `my_`. */
export const EXACT_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | bigint | null>> =
  {
    exact: (operator, a, b, words, whole) => {
      const made = EXACT_OPERATIONS[String(operator) as '+' | '-' | '*'](digits(a), digits(b))
      if (made === undefined) return outOfRange('DECIMAL', String(words))
      if (whole === 1 && (made.startsWith('-') || BigInt(made) > MOST_UNSIGNED))
        return outOfRange('BIGINT UNSIGNED', String(words))
      return made
    },
    digits_of: (value, decimals) => inDigits(digits(value), numberOf(decimals)),
    quotient: (a, b, scaleA, scaleB) => quotient(digits(a), digits(b), numberOf(scaleA), numberOf(scaleB)) ?? null,
    whole_quotient: (a, b, words) => {
      const made = wholeQuotient(digits(a), digits(b))
      if (made === undefined) return null
      return BigInt.asIntN(64, made) === made ? made : outOfRange('BIGINT', String(words))
    },
    remainder: (a, b) => remainder(digits(a), digits(b)) ?? null,
    round_exact: (value, places) => rounded(digits(value), numberOf(places)),
    truncate_exact: (value, places) => truncated(digits(value), numberOf(places)),
    floor_exact: (value) => floored(digits(value)),
    ceil_exact: (value) => raised(digits(value)),
    clamped: (value, precision, scale) => clamped(digits(value), numberOf(precision), numberOf(scale)),
    whole: (value) =>
      counted(typeof value === 'string' ? Number.parseInt(value, 10) || 0 : Number(rounded(digits(value), 0))),
    // SQLite makes a real of an integer that leaves 64 bits.
    bigint: (value, words) => (isWhole(value) ? (value as number | bigint) : outOfRange('BIGINT', String(words))),
    double: (value, words) => (Number.isFinite(value) ? Number(value) : outOfRange('DOUBLE', String(words))),
    signed: (value) => BigInt.asIntN(64, bitsOf(digits(value))),
    unsigned: (value) => bitsOf(digits(value)).toString(),
    float: (value) => Math.fround(numberOf(value)),
    bits: (operator, a, b) => BITS[String(operator)]?.(bitsOf(digits(a)), bitsOf(digits(b))).toString() ?? null,
    bit_count: (value) => bitsOf(digits(value)).toString(2).replaceAll('0', '').length,
    round: (x, places) => Number(rounded(digits(x), numberOf(places))),
    truncate: (x, places) => Number(truncated(digits(x), numberOf(places))),
    round_real: (x, places) => roundReal(numberOf(x), Math.trunc(numberOf(places))),
    truncate_real: (x, places) => roundReal(numberOf(x), Math.trunc(numberOf(places)), Math.trunc),
  }

/** Nothing here counts further. */
const counted = (value: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))

/** BIGINT UNSIGNED. A shift by 64 or more leaves nothing. */
const BITS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b > 63n ? 0n : BigInt.asUintN(64, a << b)),
  '>>': (a, b) => (b > 63n ? 0n : a >> b),
}
