/** UNION, EXCEPT and INTERSECT of two queries. */
import type { QueryBody } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { commonType } from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import type { CompiledQuery } from '../compiler.ts'
import { asKind } from '../conversion.ts'

type Operator = Extract<QueryBody, { readonly kind: 'compound' }>['operator']

export function compoundQuery(operator: Operator, a: CompiledQuery, b: CompiledQuery): CompiledQuery {
  if (a.columns.length !== b.columns.length) throw differentColumns()
  const columns = a.columns.map(({ name, type }, i) => ({ name, type: commonType([type, b.columns[i]?.type ?? type]) }))
  const side = (query: CompiledQuery): string => {
    const cells = columns.map(({ type }, i) => {
      const from = query.columns[i]?.type ?? type
      return `${asKind({ sql: `c${i}`, type: from }, type)}${collation(type)} AS c${i}`
    })
    return `SELECT ${cells.join(', ')} FROM (${query.sql})`
  }
  const outerUses = [...a.outerUses, ...b.outerUses]
  // MySQL fills a table as rows come and drops what is in it; SQLite's UNION would sort.
  const words = operator === 'UNION' ? 'UNION ALL' : operator
  const joined = `${side(a)} ${words} ${side(b)}`
  const cells = columns.map(({ type }, i) => `c${i}${collation(type)} AS c${i}`).join(', ')
  const sql =
    operator === 'UNION'
      ? `SELECT DISTINCT ${cells} FROM (${joined})`
      : operator === 'UNION ALL'
        ? joined
        : leftOrder(operator, columns, side(a), side(b))
  return { sql, columns, outerUses, single: false, key: undefined }
}

/**
 * INTERSECT and EXCEPT: the server fills a table with the left rows and then marks them by the right ones
 * (sql/iterators/composite_iterators.cc, MaterializeIterator), so that they come in the order of the left side.
 */
function leftOrder(
  operator: Exclude<Operator, 'UNION' | 'UNION ALL'>,
  columns: readonly ResultColumn[],
  a: string,
  b: string,
): string {
  const names = columns.map((_, i) => `c${i}`).join(', ')
  const by = columns.map(({ type }, i) => `c${i}${collation(type)}`).join(', ')
  if (operator === 'EXCEPT ALL' || operator === 'INTERSECT ALL') return leftCopies(operator, names, by, a, b)
  const left = `SELECT ${names}, 0 AS side, row_number() OVER () AS place FROM (${a})`
  const right = `SELECT ${names}, 1 AS side, NULL AS place FROM (${b})`
  const kept = operator === 'EXCEPT' ? 'sum(side) = 0' : 'sum(side) > 0 AND count(place) > 0'
  // With its only min(), SQLite takes the other columns from the row that has the minimum.
  const rows = `SELECT ${names}, min(place) AS place FROM (${left} UNION ALL ${right}) GROUP BY ${by} HAVING ${kept}`
  return `SELECT ${names} FROM (${rows}) ORDER BY place`
}

/** With ALL each row on the right takes one that equals it from the left, or keeps one. */
function leftCopies(operator: 'EXCEPT ALL' | 'INTERSECT ALL', names: string, by: string, a: string, b: string): string {
  const left = `SELECT ${names}, 0 AS side, row_number() OVER () AS place FROM (${a})`
  const right = `SELECT ${names}, 1 AS side, NULL AS place FROM (${b})`
  const copies = `row_number() OVER (PARTITION BY ${by}, side ORDER BY place) AS copy, sum(side) OVER (PARTITION BY ${by}) AS others`
  const rows = `SELECT *, ${copies} FROM (${left} UNION ALL ${right})`
  const kept = operator === 'EXCEPT ALL' ? 'copy > others' : 'copy <= others'
  return `SELECT ${names} FROM (${rows}) WHERE side = 0 AND ${kept} ORDER BY place`
}

export function differentColumns(): SqlError {
  return new SqlError(1222, 'The used SELECT statements have a different number of columns')
}
