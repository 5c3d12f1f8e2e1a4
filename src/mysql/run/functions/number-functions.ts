/** MySQL's functions over numbers, as plain functions. NULL in, NULL out. */

function real(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** No number is outside of DOUBLE, as infinity is: SQLite would make NULL of it. */
function outside(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
}

/** By name in SQLite, without the `my_`. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, (...args: readonly number[]) => number | null>> = {
  floor: (x = 0) => Math.floor(x),
  ceil: (x = 0) => Math.ceil(x),
  mod: (a = 0, b = 0) => (b === 0 ? null : real(a % b)),
  pow: (a = 0, b = 0) => outside(a ** b),
  sqrt: (x = 0) => (x < 0 ? null : Math.sqrt(x)),
  exp: (x = 0) => Math.exp(x),
  ln: (x = 0) => (x <= 0 ? null : Math.log(x)),
  log: (a = 0, b) => (b === undefined ? (a <= 0 ? null : Math.log(a)) : real(Math.log(b) / Math.log(a))),
  log2: (x = 0) => (x <= 0 ? null : Math.log2(x)),
  log10: (x = 0) => (x <= 0 ? null : Math.log10(x)),
  sin: (x = 0) => Math.sin(x),
  cos: (x = 0) => Math.cos(x),
  tan: (x = 0) => Math.tan(x),
  cot: (x = 0) => 1 / Math.tan(x),
  asin: (x = 0) => real(Math.asin(x)),
  acos: (x = 0) => real(Math.acos(x)),
  atan: (y = 0, x) => (x === undefined ? Math.atan(y) : Math.atan2(y, x)),
  degrees: (x = 0) => real((x * 180) / Math.PI),
  radians: (x = 0) => (x * Math.PI) / 180,
}
