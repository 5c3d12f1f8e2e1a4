/** CASE, with and without an operand. */
import type { Expression } from '../../parse/syntax.ts'
import { commonType } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { asKind, asNumber } from '../conversion.ts'
import { compare } from './predicates.ts'
import { scalar } from './rows.ts'

type Case = Extract<Expression, { readonly kind: 'case' }>

export function caseOf({ operand, branches, otherwise }: Case, read: (inner: Expression) => Compiled): Compiled {
  const subject = operand === undefined ? undefined : scalar(read(operand))
  const tests = branches.map(({ condition }) => scalar(read(condition)))
  const results = branches.map(({ result }) => scalar(read(result)))
  const last = otherwise === undefined ? undefined : scalar(read(otherwise))
  const all = last === undefined ? results : [...results, last]
  const type = commonType(all.map((result) => result.type))
  const show = (value: Compiled) => asKind(value, type)
  const words = results.map((result, i) => {
    const test = tests[i] ?? result
    return `WHEN ${subject === undefined ? asNumber(test) : compare('=', subject, test)} THEN ${show(result)}`
  })
  const sql = `(CASE ${words.join(' ')}${last === undefined ? '' : ` ELSE ${show(last)}`} END)`
  return { sql, type, parts: [...(subject === undefined ? [] : [subject]), ...tests, ...all] }
}
