/** Functions over numbers (manual, Numeric Functions and Operators), and GREATEST and LEAST. */
import {
  BIGINT,
  DOUBLE,
  decimal,
  digitsOf,
  INT,
  isExact,
  isNumber,
  MOST_DECIMALS,
  scaleOf,
  type ValueType,
} from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import { asNumber, type Side } from '../conversion.ts'
import { remainder } from '../expression/arithmetic.ts'
import { quoteText } from '../sqlite-text.ts'
import { alike } from './alike.ts'
import { ANY, at, constantRule, type FunctionRule, num, rule, shownCall, together, whole } from './rule.ts'

/** A function of SQLite's or of `run/functions` over numbers. */
const numberRule = (name: string, least: number, most: number, type: ValueType = DOUBLE): FunctionRule =>
  rule(least, most, type, (args) => `${name}(${args.map(asNumber).join(', ')})`)

/** The same, whose value may be none that a DOUBLE holds. */
const bounded = (name: string, count: number): FunctionRule =>
  rule(count, count, DOUBLE, (args) => {
    const call = `my_${name}(${args.map(asNumber).join(', ')})`
    return `my_double(${call}, ${quoteText(shownCall(name, args))})`
  })

function extreme(name: 'max' | 'min'): FunctionRule {
  return rule(2, ANY, together, (args) => {
    const type = together(args)
    const [first = 'NULL', ...rest] = alike(args)
    return `${name}(${[`${first}${collation(type)}`, ...rest].join(', ')})`
  })
}

/** ROUND and TRUNCATE: decimals keep a scale, reals stay real. */
function rounding(name: 'round' | 'truncate', least: number): FunctionRule {
  const decimalsOf = (args: readonly Side[]): number => {
    const digits = at(args, 1).literal
    const own = scaleOf(at(args, 0).type) ?? MOST_DECIMALS
    return args.length < 2 ? 0 : typeof digits === 'number' ? Math.max(0, Math.min(own, Math.round(digits))) : own
  }
  return rule(
    least,
    2,
    (args) => {
      const { type } = at(args, 0)
      const digits = at(args, 1).literal
      if (!isExact(type)) {
        const fixed = typeof digits === 'number' || args.length < 2
        return fixed
          ? { kind: 'double', decimals: Math.max(0, Math.min(MOST_DECIMALS, Math.round(Number(digits ?? 0)))) }
          : DOUBLE
      }
      if (type.kind === 'int') return { ...type, digits: Math.max(BIGINT.digits ?? 0, digitsOf(type)) }
      const decimals = decimalsOf(args)
      return decimal(
        decimals,
        digitsOf(type) - (type.decimals ?? 0) + decimals + 1,
        type.form === 'text' ? 'text' : undefined,
      )
    },
    (args) => {
      const { type } = at(args, 0)
      const places = args.length > 1 ? whole(args, 1) : '0'
      if (!isExact(type)) return `my_${name}_real(${num(args, 0)}, ${places})`
      if (type.form === 'text') return `my_${name}_exact(${at(args, 0).sql}, ${places})`
      return type.kind === 'int' && (args.length < 2 || Number(at(args, 1).literal) >= 0)
        ? num(args, 0)
        : `my_${name}(${num(args, 0)}, ${places})`
    },
  )
}

/** FLOOR and CEILING. */
const cutOff = (name: 'floor' | 'ceil'): FunctionRule =>
  rule(
    1,
    1,
    (args) => {
      const { type } = at(args, 0)
      if (!isExact(type)) return DOUBLE
      const digits = digitsOf(type) - (type.decimals ?? 0)
      return type.form === 'text' ? decimal(0, digits, 'text') : { kind: 'int', digits: digits + 1 }
    },
    (args) => {
      const { type } = at(args, 0)
      if (type.form === 'text') return `my_${name}_exact(${at(args, 0).sql})`
      return isExact(type) ? `CAST(my_${name}(${num(args, 0)}) AS INTEGER)` : `my_${name}(${num(args, 0)})`
    },
  )

export const NUMBER_RULES: Readonly<Record<string, FunctionRule>> = {
  ABS: rule(
    1,
    1,
    (args) => (isNumber(at(args, 0).type) ? at(args, 0).type : DOUBLE),
    (args) => (at(args, 0).type.form === 'text' ? `ltrim(${at(args, 0).sql}, '-')` : `abs(${num(args, 0)})`),
  ),
  SIGN: rule(1, 1, INT, (args) => `sign(${num(args, 0)})`),
  ROUND: rounding('round', 1),
  TRUNCATE: rounding('truncate', 2),
  FLOOR: cutOff('floor'),
  CEIL: cutOff('ceil'),
  CEILING: cutOff('ceil'),
  MOD: rule(
    2,
    2,
    (args) => remainder(at(args, 0), at(args, 1))[1],
    (args) => remainder(at(args, 0), at(args, 1))[0],
  ),
  POW: bounded('pow', 2),
  POWER: bounded('pow', 2),
  SQRT: numberRule('my_sqrt', 1, 1),
  EXP: bounded('exp', 1),
  LN: numberRule('my_ln', 1, 1),
  LOG: numberRule('my_log', 1, 2),
  LOG2: numberRule('my_log2', 1, 1),
  LOG10: numberRule('my_log10', 1, 1),
  SIN: numberRule('my_sin', 1, 1),
  COS: numberRule('my_cos', 1, 1),
  TAN: numberRule('my_tan', 1, 1),
  COT: bounded('cot', 1),
  ASIN: numberRule('my_asin', 1, 1),
  ACOS: numberRule('my_acos', 1, 1),
  ATAN: numberRule('my_atan', 1, 2),
  ATAN2: numberRule('my_atan', 1, 2),
  DEGREES: numberRule('my_degrees', 1, 1),
  RADIANS: numberRule('my_radians', 1, 1),
  PI: constantRule(0, '3.141592653589793', { kind: 'double', decimals: 6 }),
  RAND: constantRule(1, '0.5', DOUBLE),
  GREATEST: extreme('max'),
  LEAST: extreme('min'),
}
