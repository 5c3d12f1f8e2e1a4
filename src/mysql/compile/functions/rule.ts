/** What a rule for a function says: how many arguments, the type of its value, and SQLite's text. */
import { commonType, TEXT, type ValueType } from '../../values/value-type.ts'
import { shown } from '../compiled.ts'
import { asNumber, asText, type Side } from '../conversion.ts'

export interface FunctionRule {
  readonly least: number
  readonly most: number
  type(args: readonly Side[]): ValueType
  sql(args: readonly Side[]): string
}

export const ANY = 100

export function rule(
  least: number,
  most: number,
  type: ValueType | ((args: readonly Side[]) => ValueType),
  sql: (args: readonly Side[]) => string,
): FunctionRule {
  return { least, most, type: typeof type === 'function' ? type : () => type, sql }
}

export const NOTHING: Side = { sql: 'NULL', type: { kind: 'null' }, literal: null }

export const at = (args: readonly Side[], i: number): Side => args[i] ?? NOTHING

export const text = (args: readonly Side[], i: number): string => asText(at(args, i))

export const num = (args: readonly Side[], i: number): string => asNumber(at(args, i))

/** As the whole number that a function counts by: fractions are rounded, of a text the digits before the point count. */
export function wholeOf(side: Side): string {
  const { type } = side
  if (type.kind === 'int' && type.form === undefined) return side.sql
  return `my_whole(${type.kind === 'text' ? asText(side) : asNumber(side)})`
}

export const whole = (args: readonly Side[], i: number): string => wholeOf(at(args, i))

/** A call as MySQL writes it in errors. */
export const shownCall = (name: string, args: readonly Side[]): string => `${name}(${args.map(shown).join(',')})`

export const texts = (args: readonly Side[]): string => args.map(asText).join(', ')

/** A function of `run/functions` over texts. */
export const textRule = (name: string, least: number, most: number, type: ValueType = TEXT): FunctionRule =>
  rule(least, most, type, (args) => `my_${name}(${texts(args)})`)

export const constantRule = (most: number, value: string, type: ValueType): FunctionRule =>
  rule(0, most, type, () => value)

/** The type that values of any of these arguments have. */
export const together = (args: readonly Side[]): ValueType => commonType(args.map(({ type }) => type))
