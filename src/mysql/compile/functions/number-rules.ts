/** Functions over numbers (manual, Numeric Functions and Operators), and GREATEST and LEAST. */
import { arithmeticType, DOUBLE, decimal, INT, isReal, type ValueType } from '../../values/value-type.ts'
import { collation } from '../comparison.ts'
import { asNumber, type Side } from '../conversion.ts'
import { alike } from './alike.ts'
import { ANY, at, constantRule, type FunctionRule, num, rule, together } from './rule.ts'

/** A function of SQLite's or of `run/functions` over numbers. */
const numberRule = (name: string, least: number, most: number, type: ValueType = DOUBLE): FunctionRule =>
  rule(least, most, type, (args) => `${name}(${args.map(asNumber).join(', ')})`)

function extreme(name: 'max' | 'min'): FunctionRule {
  return rule(2, ANY, together, (args) => {
    const type = together(args)
    const [first = 'NULL', ...rest] = alike(args)
    return `${name}(${[`${first}${collation(type)}`, ...rest].join(', ')})`
  })
}

/** The type of ROUND and its kind: decimals keep a scale, reals stay real. */
function rounded(args: readonly Side[]): ValueType {
  const { type } = at(args, 0)
  if (isReal(type) || type.kind === 'text') return DOUBLE
  if (type.kind === 'int') return INT
  const digits = at(args, 1).literal
  const wanted = args.length < 2 ? 0 : typeof digits === 'number' ? digits : (type.decimals ?? 0)
  return decimal(Math.max(0, Math.min(type.decimals ?? 0, wanted)))
}

const whole = (args: readonly Side[]): ValueType => {
  const { type } = at(args, 0)
  return isReal(type) || type.kind === 'text' ? DOUBLE : INT
}

export const NUMBER_RULES: Readonly<Record<string, FunctionRule>> = {
  ABS: rule(
    1,
    1,
    (args) => arithmeticType('+', at(args, 0).type, INT),
    (args) => `abs(${num(args, 0)})`,
  ),
  SIGN: rule(1, 1, INT, (args) => `sign(${num(args, 0)})`),
  ROUND: rule(1, 2, rounded, (args) => `my_round(${num(args, 0)}, ${args.length > 1 ? num(args, 1) : 0})`),
  TRUNCATE: rule(2, 2, rounded, (args) => `my_truncate(${num(args, 0)}, ${num(args, 1)})`),
  FLOOR: rule(1, 1, whole, (args) => `my_floor(${num(args, 0)})`),
  CEIL: rule(1, 1, whole, (args) => `my_ceil(${num(args, 0)})`),
  CEILING: rule(1, 1, whole, (args) => `my_ceil(${num(args, 0)})`),
  MOD: rule(
    2,
    2,
    (args) => arithmeticType('-', at(args, 0).type, at(args, 1).type),
    (args) => `my_mod(${num(args, 0)}, ${num(args, 1)})`,
  ),
  POW: numberRule('my_pow', 2, 2),
  POWER: numberRule('my_pow', 2, 2),
  SQRT: numberRule('my_sqrt', 1, 1),
  EXP: numberRule('my_exp', 1, 1),
  LN: numberRule('my_ln', 1, 1),
  LOG: numberRule('my_log', 1, 2),
  LOG2: numberRule('my_log2', 1, 1),
  LOG10: numberRule('my_log10', 1, 1),
  SIN: numberRule('my_sin', 1, 1),
  COS: numberRule('my_cos', 1, 1),
  TAN: numberRule('my_tan', 1, 1),
  COT: numberRule('my_cot', 1, 1),
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
