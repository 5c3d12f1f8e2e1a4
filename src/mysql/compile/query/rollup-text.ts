/**
 * SQLite's text for GROUP BY ... WITH ROLLUP: one SELECT for each number of terms that still group, the others NULL, put in
 * the order in which MySQL gives them: sorted by the terms, each group before the row that puts it together.
 */
import type { Limit, OrderTerm, Select } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { collation } from '../collation-text.ts'
import { hasWindow } from '../compiled.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import type { Clauses } from './select-clauses.ts'
import { orderTerm, selectItems } from './select-list.ts'
import { limitText } from './select-text.ts'

export function rollupText(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  clauses: Clauses,
  limit: Limit | undefined,
): Pick<CompiledQuery, 'sql' | 'ranked'> {
  const { groups, items, terms } = clauses
  if ([...items, ...terms].some(({ compiled }) => hasWindow(compiled)))
    throw new SqlError(0, 'Window functions with ROLLUP are not supported here')
  const levels = [...groups.keys(), groups.length].map((kept) => levelText(compiler, query, order, clauses, kept))
  const rows = `(${levels.join(' UNION ALL ')})`
  const cells = items.map((_, i) => `c${i}`)
  const asked = terms.map(
    ({ compiled, descending }, i) => `o${i}${collation(compiled.type)}${descending ? ' DESC' : ''}`,
  )
  const natural = groups.flatMap(({ type }, i) => [`kept <= ${i}`, `g${i}${collation(type)}`])
  const sorted = [...asked, ...natural].join(', ')
  if (query.distinct) {
    const numbered = `SELECT *, row_number() OVER (ORDER BY ${sorted}) AS place FROM ${rows}`
    const by = items.map(({ compiled: { type } }, i) => `c${i}${collation(type)}`).join(', ')
    // With its only min(), SQLite takes the other columns from the row that has the minimum.
    const first = `SELECT ${cells.join(', ')}, min(place) AS place FROM (${numbered}) GROUP BY ${by}`
    return { sql: `SELECT ${cells.join(', ')} FROM (${first}) ORDER BY place${limitText(limit)}` }
  }
  const sql = `SELECT ${cells.join(', ')} FROM ${rows} ORDER BY ${sorted}${limitText(limit)}`
  if (asked.length === 0) return { sql }
  const rank = `dense_rank() OVER (ORDER BY ${asked.join(', ')}) AS place`
  return {
    sql,
    ranked: { sql: `SELECT ${cells.join(', ')}, ${rank} FROM ${rows} ORDER BY ${natural.join(', ')}`, limit },
  }
}

/** The rows that so many terms of GROUP BY make. */
function levelText(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  { scope, node, groups, from, where }: Clauses,
  kept: number,
): string {
  const gone = groups.slice(kept).map(({ sql }) => sql)
  const still = new Set(groups.slice(0, kept).map(({ sql }) => sql))
  scope.rollup = { groups: groups.map(({ sql }) => sql), gone: new Set(gone.filter((sql) => !still.has(sql))) }
  Object.assign(scope, { clause: 'field list', prefer: 'columns' })
  const items = selectItems(compiler, scope, query, node)
  Object.assign(scope, { clause: 'having clause', prefer: 'selected' })
  const having = query.having === undefined ? undefined : scalar(compiler.expression(scope, query.having))
  scope.clause = 'order clause'
  const terms = order.map(({ expression }) => orderTerm(compiler, scope, expression, items))
  const list = [
    ...items.map(({ compiled: { sql } }, i) => `${sql} AS c${i}`),
    ...terms.map(({ sql }, i) => `${sql} AS o${i}`),
    ...groups.map(({ sql }, i) => `${i < kept ? sql : 'NULL'} AS g${i}`),
    // The count makes one row of all, and of none.
    `count(*) * 0 + ${kept} AS kept`,
  ]
  const by = groups.slice(0, kept).map(({ sql, type }) => sql + collation(type))
  return [
    `SELECT ${list.join(', ')}`,
    from === undefined ? '' : ` FROM ${from}`,
    where === undefined ? '' : ` WHERE ${where.sql}`,
    by.length === 0 ? '' : ` GROUP BY ${by.join(', ')}`,
    having === undefined ? '' : ` HAVING ${having.sql}`,
  ].join('')
}
