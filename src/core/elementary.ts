/**
 * Exponential, logarithm and power from +, -, *, / alone. The language leaves the last digit of `Math.exp` and its kin to
 * the engine, and engines differ (between two versions of V8 one result in ten): trained weights would not be the same in
 * Node and on the page. What is made here is the same everywhere, to the bit, and within 2e-16 or so of the true value.
 */

/** ln 2 in two parts; products of the first with whole numbers up to 2^20 are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

/** 2^-1000 to 2^1023. */
const LEAST_POWER = -1000
const POWERS: Readonly<Float64Array> = powersOfTwo()

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1024 - LEAST_POWER)
  powers[-LEAST_POWER] = 1
  for (let n = 1; n < 1024; n++) powers[n - LEAST_POWER] = (powers[n - 1 - LEAST_POWER] as number) * 2
  for (let n = -1; n >= LEAST_POWER; n--) powers[n - LEAST_POWER] = (powers[n + 1 - LEAST_POWER] as number) / 2
  return powers
}

function powerOfTwo(n: number): number {
  return POWERS[n - LEAST_POWER] as number // callers stay in its range
}

/** e^x: 0 below -745.2, infinite above 709.8. */
export function exp(x: number): number {
  if (!(x > -745.2)) return x <= -745.2 ? 0 : Number.NaN
  if (x > 709.8) return Number.POSITIVE_INFINITY
  // e^x = 2^n e^r with |r| <= ln 2 / 2, and e^r by its power series.
  const n = Math.round(x * Math.LOG2E)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let tail = 1 / 6227020800
  tail = tail * r + 1 / 479001600
  tail = tail * r + 1 / 39916800
  tail = tail * r + 1 / 3628800
  tail = tail * r + 1 / 362880
  tail = tail * r + 1 / 40320
  tail = tail * r + 1 / 5040
  tail = tail * r + 1 / 720
  tail = tail * r + 1 / 120
  tail = tail * r + 1 / 24
  tail = tail * r + 1 / 6
  tail = tail * r + 1 / 2
  const small = 1 + (r + r * r * tail)
  if (n > 1023) return small * powerOfTwo(1023) * 2
  return n < LEAST_POWER ? small * powerOfTwo(n + 200) * powerOfTwo(-200) : small * powerOfTwo(n)
}

const FLOAT = new Float64Array(1)
/** The same bits; the sign and exponent are in the half that holds them on this machine. */
const HALVES = new Uint32Array(FLOAT.buffer)
FLOAT[0] = 1
const HIGH = HALVES[1] === 0 ? 0 : 1

/** ln x: minus infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  // x = 2^n m with m in [sqrt(1/2), sqrt(2)), and ln m = 2 artanh((m - 1) / (m + 1)) by its power series.
  const subnormal = x < 2.2250738585072014e-308
  FLOAT[0] = subnormal ? x * powerOfTwo(54) : x
  const high = HALVES[HIGH] as number
  HALVES[HIGH] = (high & 0xfffff) | 0x3ff00000
  let m = FLOAT[0]
  let n = (high >>> 20) - 1023 - (subnormal ? 54 : 0)
  if (m > Math.SQRT2) {
    m /= 2
    n++
  }
  const f = m - 1
  const s = f / (2 + f)
  const z = s * s
  let tail = 1 / 23
  tail = tail * z + 1 / 21
  tail = tail * z + 1 / 19
  tail = tail * z + 1 / 17
  tail = tail * z + 1 / 15
  tail = tail * z + 1 / 13
  tail = tail * z + 1 / 11
  tail = tail * z + 1 / 9
  tail = tail * z + 1 / 7
  tail = tail * z + 1 / 5
  tail = tail * z + 1 / 3
  // ln m = f - s (f - 2 z tail): the large part without rounding.
  return n * LN2_HIGH + (f - (s * (f - 2 * z * tail) - n * LN2_LOW))
}

/** ln(1 + x), also for x so small that 1 + x is 1. */
export function log1p(x: number): number {
  const sum = 1 + x
  return sum === 1 ? x : (log(sum) * x) / (sum - 1)
}

/** base^n for a whole n >= 0. */
export function power(base: number, n: number): number {
  let result = 1
  for (let square = base, left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}
