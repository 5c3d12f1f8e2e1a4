/** SQLite's text for a SELECT whose clauses are read, and for the same rows in the order in which MySQL comes by them. */
import type { Limit, Select } from '../../parse/syntax.ts'
import { isExact, isNumber } from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import { type Compiled, hasDistinct, hasWindow } from '../compiled.ts'
import type { CompiledQuery, RankedQuery } from '../compiler.ts'
import { firstSorted } from '../order/first-sorted.ts'
import { firstRow, type ScanTerm, scanOrder } from '../order/scan-order.ts'
import type { Clauses } from './select-clauses.ts'

export function selectText(
  query: Select,
  clauses: Clauses,
  limit: Limit | undefined,
): Pick<CompiledQuery, 'sql' | 'ranked'> {
  const { node, items, from, where, groups, having, grouped, dependencies } = clauses
  const asked = { dependencies, where, groups, terms: clauses.terms.map(({ compiled }) => compiled) }
  const windowed = [...clauses.terms, ...items].some(({ compiled }) => hasWindow(compiled))
  const scan = node === undefined || windowed ? [] : scanOrder(node, asked)
  // DISTINCT keeps the first of equal rows: the same as grouping by everything.
  const merged = query.distinct && !grouped && scan.length > 0
  const by = merged
    ? items.map(({ compiled }) => (varies(compiled) ? collated(compiled) : 'NULL'))
    : groups.filter(varies).map(collated)
  const filters = [where?.sql, grouped ? undefined : having?.sql].filter((part) => part !== undefined)
  const terms = clauses.terms.filter(({ compiled }) => varies(compiled))
  const ordering = terms.map(({ compiled, descending }) => `${collated(compiled)}${descending ? ' DESC' : ''}`)
  const natural = naturalOrder(query, clauses, scan, merged)
  const cells = items.map(({ compiled }, i) => `${query.distinct ? collated(compiled) : compiled.sql} AS c${i}`)

  const text = (list: readonly string[], order: readonly string[], end: string): string =>
    [
      `SELECT ${query.distinct && !merged ? 'DISTINCT ' : ''}${list.join(', ')}`,
      from === undefined ? '' : ` FROM ${from}`,
      filters.length === 0 ? '' : ` WHERE ${filters.join(' AND ')}`,
      merged || groups.length > 0 ? ` GROUP BY ${by.length === 0 ? 'NULL' : by.join(', ')}` : '',
      grouped && having !== undefined ? ` HAVING ${having.sql}` : '',
      clauses.windows,
      order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`,
      end,
    ].join('')

  const sql = text(cells, [...ordering, ...natural], limitText(limit))
  if (ordering.length === 0 || natural.length === 0) return { sql }
  const sorted = terms.map(({ compiled }) => compiled)
  const first = node === undefined || grouped || query.distinct ? undefined : firstSorted(node, asked, sorted)
  const keys = sorted.map(({ sql: key }, i) => `${key} AS k${i}`)
  const steady = hasSteadyRows(query, clauses)
  const isNumeric = ({ type }: Compiled) => isNumber(type) && collation(type) === ''
  const numbers = steady && sorted.every(isNumeric) ? terms.map(({ descending }) => descending) : undefined
  const places = numbers === undefined ? [`dense_rank() OVER (ORDER BY ${ordering.join(', ')}) AS place`] : keys
  const keyed =
    first === undefined && !(grouped && numbers !== undefined) && steady
      ? { sql: text([...cells, ...keys], [...ordering, ...natural], limitText(withOneMore(limit))), terms: keys.length }
      : undefined
  const ranked: RankedQuery =
    first === undefined
      ? { sql: text([...cells, ...places], natural, ''), numbers, limit, keyed }
      : {
          sql: text([...cells, `${first.rowNumber} AS place`], natural, ''),
          numbers,
          limit,
          first: `SELECT ${first.rowNumber}, ${places.join(', ')} FROM ${first.from} ORDER BY ${first.rowNumber}`,
        }
  return { sql, ranked }
}

function withOneMore(limit: Limit | undefined): Limit | undefined {
  return limit && { count: Math.min(limit.count + limit.offset + 1, Number.MAX_SAFE_INTEGER), offset: 0 }
}

/** Aggregates of which the order of rows is no matter: they count, or add up exactly. */
const STEADY = /^(count|sum|my_sum_exact|my_quotient)\(/

/** Whether each row is the same, in whatever order SQLite comes by what it is made of. */
function hasSteadyRows({ distinct }: Select, { items, terms, having, grouped }: Clauses): boolean {
  if (distinct) return false
  if (!grouped) return true
  const steady = ({ aggregate, type, sql, parts }: Compiled): boolean =>
    aggregate === undefined ? parts.every(steady) : STEADY.test(sql) && isExact(type)
  const values = [...items, ...terms].map(({ compiled }) => compiled)
  return values.every((value) => steady(value) && !hasDistinct(value)) && (having === undefined || steady(having))
}

/** Empty without a limit. */
export function limitText(limit: Limit | undefined): string {
  if (limit === undefined) return ''
  return ` LIMIT ${limit.count}${limit.offset > 0 ? ` OFFSET ${limit.offset}` : ''}`
}

/** What the rows come in the order of where ORDER BY does not say. */
function naturalOrder(
  { distinct }: Select,
  { items, terms, groups, grouped }: Clauses,
  scan: readonly ScanTerm[],
  merged: boolean,
): string[] {
  // Aggregates over DISTINCT values make the server sort by the groups.
  if (groups.length > 0 && [...items, ...terms].some(({ compiled }) => hasDistinct(compiled)))
    return groups.filter(varies).map(collated)
  if (merged || groups.length > 0) return [firstRow(scan)].filter((term) => term !== undefined)
  return grouped || distinct ? [] : scan.map(({ sql }) => sql)
}

/** A literal is the same in every row: it neither orders nor groups. */
function varies({ literal }: Compiled): boolean {
  return literal === undefined
}

function collated({ sql, type, conjunction }: Compiled): string {
  // SQLite makes 0 of what is 0 AND something, and would take that for the place of a column.
  return conjunction ? `(${sql} + 0)` : sql + collation(type)
}
