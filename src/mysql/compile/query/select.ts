/**
 * A SELECT of MySQL's as SQLite's. Clauses are read in the server's order (sql/sql_resolver.cc: tables, select list,
 * WHERE, ON, GROUP BY, HAVING, ORDER BY), so that of several errors the same one comes first.
 */

import type { Limit, OrderTerm, Select } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { collation } from '../comparison.ts'
import {
  type CommonSource,
  type Compiled,
  hasAggregate,
  hasDistinct,
  hasWindow,
  newScope,
  type Scope,
} from '../compiled.ts'
import type { CompiledQuery, Compiler, RankedQuery } from '../compiler.ts'
import { compileExpression, orderText, scalar } from '../expression/expression.ts'
import { closeFrom, equalityDependencies, openFrom } from '../from/from.ts'
import type { Dependency } from '../from/functional-dependencies.ts'
import { firstRow, firstSorted, scanOrder } from '../order/scan-order.ts'
import { checkDistinct, checkGroups, checkOrder } from './select-checks.ts'
import { groupTerm, type Item, orderTerm, selectItems } from './select-list.ts'

export function compileSelect(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  limit: Limit | undefined,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  if (query.rollup) throw new SqlError(0, 'WITH ROLLUP is not supported here')
  const scope = newScope(parent)
  for (const [name, source] of common) scope.common.set(name, source)
  const node = query.from === undefined ? undefined : openFrom(compiler, scope, query.from)
  const items = selectItems(compiler, scope, query, node)
  const windows = windowText(compiler, scope, query)

  Object.assign(scope, { clause: 'where clause', aggregates: 'refused' } satisfies Partial<Scope>)
  const where = query.where === undefined ? undefined : scalar(compileExpression(compiler, scope, query.where))
  const dependencies: Dependency[] = query.where === undefined ? [] : equalityDependencies(compiler, scope, query.where)
  const from = node === undefined ? undefined : closeFrom(compiler, scope, node)
  dependencies.push(...(from?.dependencies ?? []))
  // MySQL looks at WHERE before ON, but an error of either keeps its own words.
  scope.clause = 'group statement'
  const groups = query.group.map(({ expression }) => groupTerm(compiler, scope, expression, items))
  scope.selected.push(...items.map(({ compiled }) => compiled), ...groups)
  Object.assign(scope, { clause: 'having clause', aggregates: 'allowed', prefer: 'selected' } satisfies Partial<Scope>)
  const having = query.having === undefined ? undefined : scalar(compileExpression(compiler, scope, query.having))
  scope.clause = 'order clause'
  const terms = order.map((term) => ({ ...term, compiled: orderTerm(compiler, scope, term.expression, items) }))

  const inItems = items.some(({ compiled }) => hasAggregate(compiled)) || (having !== undefined && hasAggregate(having))
  const grouped = groups.length > 0 || inItems || scope.hasAggregate
  if (!grouped) checkOrder(terms)
  if (grouped) {
    if (
      groups.length === 0 &&
      !inItems &&
      terms.some(({ compiled }) => hasAggregate(compiled)) &&
      query.from !== undefined
    )
      throw new SqlError(
        3029,
        'Expression #1 of ORDER BY contains aggregate function and applies to the result of a non-aggregated query',
      )
    checkGroups(items, having, terms, groups, scope, dependencies)
  }
  if (query.distinct) checkDistinct(items, terms, grouped)

  const cells = items.map(
    ({ compiled }, i) => `${compiled.sql}${query.distinct ? collation(compiled.type) : ''} AS c${i}`,
  )
  const asked = { dependencies, where, groups, terms: terms.map(({ compiled }) => compiled) }
  const scan =
    node === undefined ||
    terms.some(({ compiled }) => hasWindow(compiled)) ||
    items.some(({ compiled }) => hasWindow(compiled))
      ? []
      : scanOrder(node, asked)
  // DISTINCT keeps the first of equal rows: the same as grouping by everything.
  const merged = query.distinct && !grouped && scan.length > 0
  const filters = [where?.sql, grouped ? undefined : having?.sql].filter((part) => part !== undefined)
  const by = groups.filter(({ literal }) => literal === undefined)
  const groupText = merged
    ? ` GROUP BY ${items.map(({ compiled }) => (compiled.literal === undefined ? compiled.sql + collation(compiled.type) : 'NULL')).join(', ')}`
    : groups.length === 0
      ? ''
      : ` GROUP BY ${by.length === 0 ? 'NULL' : by.map(({ sql, type }) => sql + collation(type)).join(', ')}`
  const ordering = terms
    .filter(({ compiled }) => compiled.literal === undefined)
    .map(({ compiled, descending }) => `${compiled.sql}${collation(compiled.type)}${descending ? ' DESC' : ''}`)
  // Aggregates over DISTINCT values make the server sort by the groups.
  const sortedGroups = groups.length > 0 && [...items, ...terms].some(({ compiled }) => hasDistinct(compiled))
  const first = sortedGroups ? undefined : firstRow(scan)
  const natural = sortedGroups
    ? by.map(({ sql, type }) => sql + collation(type))
    : merged || groups.length > 0
      ? [first].filter((term) => term !== undefined)
      : grouped || query.distinct
        ? []
        : scan.map((term) => term.sql)
  const text = (list: string, order: readonly string[], end: string): string =>
    [
      `SELECT ${query.distinct && !merged ? 'DISTINCT ' : ''}${list}`,
      from === undefined ? '' : ` FROM ${from.sql}`,
      filters.length === 0 ? '' : ` WHERE ${filters.join(' AND ')}`,
      groupText,
      grouped && having !== undefined ? ` HAVING ${having.sql}` : '',
      windows,
      order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`,
      end,
    ].join('')
  const sql = text(cells.join(', '), [...ordering, ...natural], limitText(limit))
  const rank = `dense_rank() OVER (ORDER BY ${ordering.join(', ')}) AS place`
  const rankedQuery = (): RankedQuery => {
    const wanted = terms.filter(({ compiled }) => compiled.literal === undefined).map(({ compiled }) => compiled)
    const first = node === undefined || grouped || query.distinct ? undefined : firstSorted(node, asked, wanted)
    if (first === undefined) return { sql: text([...cells, rank].join(', '), natural, ''), limit }
    return {
      sql: text([...cells, `${first.rowNumber} AS place`].join(', '), natural, ''),
      limit,
      first: `SELECT ${first.rowNumber}, ${rank} FROM ${first.from} ORDER BY ${first.rowNumber}`,
    }
  }
  const ranked = ordering.length === 0 || natural.length === 0 ? {} : { ranked: rankedQuery() }
  const columns = items.map(({ name, compiled }) => ({ name, type: compiled.type }))
  const single = limit?.count === 1 || limit?.count === 0 || (groups.length === 0 && (grouped || from === undefined))
  return { sql, columns, outerUses: scope.outerUses, single, key: keyPlaces(query, items, groups), ...ranked }
}

/** Empty without a limit. */
export function limitText(limit: Limit | undefined): string {
  if (limit === undefined) return ''
  return ` LIMIT ${limit.count}${limit.offset > 0 ? ` OFFSET ${limit.offset}` : ''}`
}

/** The columns that tell the rows of a grouped or distinct query apart. */
function keyPlaces(query: Select, items: readonly Item[], groups: readonly Compiled[]): number[] | undefined {
  if (groups.length > 0) {
    const places = groups.map(({ sql }) => items.findIndex(({ compiled }) => compiled.sql === sql))
    if (places.every((place) => place >= 0)) return places
  }
  return query.distinct ? items.map((_, i) => i) : undefined
}

function windowText(compiler: Compiler, scope: Scope, query: Select): string {
  if (query.windows.length === 0) return ''
  const parts = query.windows.map(({ name, window }) => {
    const by = window.partition.map((part) => {
      const { sql, type } = scalar(compileExpression(compiler, scope, part))
      return sql + collation(type)
    })
    const partition = by.length === 0 ? '' : `PARTITION BY ${by.join(', ')}`
    const inside = [partition, orderText(compiler, scope, window.order).trim(), window.frame ?? '']
    return `"w ${name.toLowerCase()}" AS (${inside.filter((part) => part !== '').join(' ')})`
  })
  return ` WINDOW ${parts.join(', ')}`
}
