/** Comparisons of values and rows, BETWEEN, IN with a list, LIKE, IS. */
import type { BinaryOperator, Expression } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { INT, type ValueType } from '../../values/value-type.ts'
import { mindsCase } from '../collation-text.ts'
import { comparable } from '../comparison.ts'
import type { Compiled } from '../compiled.ts'
import { asNumber, asText } from '../conversion.ts'
import { quoteText } from '../sqlite-text.ts'
import { rowParts, rowQuery } from './rows.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>

/** A comparison's text; rows are compared place by place. */
export function compare(operator: BinaryOperator, a: Compiled, b: Compiled): string {
  const [rowA, rowB] = [rowParts(a), rowParts(b)]
  if (rowA !== undefined || rowB !== undefined) {
    if (rowA === undefined || rowB === undefined || rowA.length !== rowB.length)
      throw new SqlError(1241, `Operand should contain ${rowA?.length ?? 1} column(s)`)
    const [queryA, queryB] = [rowQuery(a), rowQuery(b)]
    const alike = operator === '=' || operator === '<=>'
    if (alike && queryA === undefined && queryB === undefined)
      return `(${rowA.map((part, i) => compare(operator, part, rowB[i] ?? part)).join(' AND ')})`
    const pairs = rowA.map((part, i) => comparable(part, rowB[i] ?? part))
    const left = pairs.map(([side, , collate]) => (queryA === undefined ? side + collate : side)).join(', ')
    const right = pairs.map(([, side]) => side).join(', ')
    return `((${queryA?.(left) ?? left}) ${operator === '<=>' ? 'IS' : operator} (${queryB?.(right) ?? right}))`
  }
  const [left, right, collate] = comparable(a, b)
  return `(${left} ${operator === '<=>' ? 'IS' : operator} ${right}${collate})`
}

export function between(not: boolean, operand: Compiled, low: Compiled, high: Compiled): Compiled {
  const sql = `(${compare('>=', operand, low)} AND ${compare('<=', operand, high)})`
  return { sql: not ? `(NOT ${sql})` : sql, type: INT, parts: [operand, low, high] }
}

export function inList(not: boolean, left: Compiled, list: readonly Compiled[]): Compiled {
  const tests = list.map((item) => comparable(left, item))
  const [first] = tests
  const alike = rowParts(left) === undefined && tests.every((test) => test[0] === first?.[0] && test[2] === first[2])
  const sql =
    alike && first !== undefined
      ? `((${first[0]}${first[2]}) IN (${tests.map((test) => test[1]).join(', ')}))`
      : `(${list.map((item) => compare('=', left, item)).join(' OR ')})`
  return { sql: not ? `(NOT ${sql})` : sql, type: INT, parts: [left, ...list] }
}

export function is({ not, what }: Of<'is'>, operand: Compiled): Compiled {
  const no = not ? 'NOT ' : ''
  if (what === 'null' || what === 'unknown')
    return { sql: `(${operand.sql} IS ${no}NULL)`, type: INT, parts: [operand] }
  const test = what === 'true' ? 'TRUE' : 'FALSE'
  return { sql: `(${asNumber(operand)} IS ${no}${test})`, type: INT, parts: [operand] }
}

export function like({ not, regexp, escape: escaping }: Of<'like'>, operand: Compiled, pattern: Compiled): Compiled {
  const parts = [operand, pattern]
  const no = not ? 'NOT ' : ''
  const [text, wanted] = [asText(operand), asText(pattern)]
  const exact = mindsCase(operand.type, pattern.type)
  if (regexp) return { sql: `(${no}my_regexp(${text}, ${wanted}${exact ? ", 'c'" : ''}))`, type: INT, parts }
  const mark = escaping?.kind === 'string' ? escaping.value : '\\'
  if ([...mark].length > 1) throw new SqlError(1210, 'Incorrect arguments to ESCAPE')
  const simple = (type: ValueType) => type.plain || type.kind !== 'text'
  if (
    !exact &&
    simple(operand.type) &&
    typeof pattern.literal === 'string' &&
    simple(pattern.type) &&
    mark.length === 1
  ) {
    const escaping = pattern.literal.includes(mark) ? ` ESCAPE ${quoteText(mark)}` : ''
    return { sql: `(${text} ${no}LIKE ${wanted}${escaping})`, type: INT, parts }
  }
  return { sql: `(${no}my_like(${text}, ${wanted}, ${quoteText(mark)}, ${exact ? 1 : 0}))`, type: INT, parts }
}
