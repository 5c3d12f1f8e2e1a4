/** MySQL's queries as SQLite's: common tables, and what is made of several SELECTs. */

import type { Expression, Limit, OrderTerm, Query, QueryBody } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { commonType } from '../../values/value-type.ts'
import { asText, collation } from '../comparison.ts'
import { type CommonSource, newScope, type Scope } from '../compiled.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { compileExpression, scalar } from '../expression/expression.ts'
import { compileSelect, limitText } from './select.ts'

/** Common tables of a statement are few in any that is meant. */
export function compileQuery(
  compiler: Compiler,
  query: Query,
  parent: Scope | undefined,
  inherited?: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  const common = new Map(inherited)
  const definitions: string[] = []
  for (const table of query.with) definitions.push(commonTable(compiler, table, query.recursive, parent, common))
  const words = definitions.length === 0 ? '' : `WITH ${query.recursive ? 'RECURSIVE ' : ''}${definitions.join(', ')} `
  const compiled = withOrder(compiler, query.body, query.order, query.limit, parent, common)
  if (words === '') return compiled
  const { ranked, ...rest } = compiled
  const withWords = (sql: string | undefined) => (sql === undefined ? undefined : words + sql)
  return {
    ...rest,
    sql: words + compiled.sql,
    ...(ranked === undefined ? {} : { ranked: { ...ranked, sql: words + ranked.sql, first: withWords(ranked.first) } }),
  }
}

function commonTable(
  compiler: Compiler,
  { name, columns, query }: Query['with'][number],
  recursive: boolean,
  parent: Scope | undefined,
  common: Map<string, CommonSource>,
): string {
  const id = compiler.id('w')
  const { body } = query
  if (recursive && body.kind === 'compound' && body.operator.startsWith('UNION') && query.with.length === 0) {
    // The first part says what the columns are; the second may name the table itself.
    const first = bodyQuery(compiler, body.left, parent, common)
    const named = first.columns.map((column, i) => ({ ...column, name: columns[i] ?? column.name }))
    common.set(name.toLowerCase(), { id, columns: named })
    const second = bodyQuery(compiler, body.right, parent, common)
    if (first.columns.length !== second.columns.length) throw differentColumns()
    const list = named.map((_, i) => `c${i}`).join(', ')
    return `${id}(${list}) AS (${first.sql} ${body.operator} ${second.sql}${limitText(query.limit)})`
  }
  const compiled = compileQuery(compiler, query, parent, common)
  const named = compiled.columns.map((column, i) => ({ ...column, name: columns[i] ?? column.name }))
  common.set(name.toLowerCase(), { id, columns: named })
  return `${id} AS (${compiled.sql})`
}

function withOrder(
  compiler: Compiler,
  body: QueryBody,
  order: readonly OrderTerm[],
  limit: Limit | undefined,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  if (body.kind === 'select') return compileSelect(compiler, body, order, limit, parent, common)
  const compiled = bodyQuery(compiler, body, parent, common)
  if (order.length === 0 && limit === undefined) return compiled
  const terms = order.map(({ expression, descending }) => {
    const place = placeOf(expression, compiled.columns)
    return `c${place}${collation(compiled.columns[place]?.type ?? commonType([]))}${descending ? ' DESC' : ''}`
  })
  const by = terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`
  return { ...compiled, sql: `SELECT * FROM (${compiled.sql})${by}${limitText(limit)}`, single: limit?.count === 1 }
}

/** Behind a UNION only the columns of the result can be named. */
function placeOf(expression: Expression, columns: readonly ResultColumn[]): number {
  const name =
    expression.kind === 'column' ? expression.name : expression.kind === 'number' ? expression.text : undefined
  const place =
    expression.kind === 'number'
      ? Number(expression.text) - 1
      : columns.findIndex((column) => column.name.toLowerCase() === name?.toLowerCase())
  if (columns[place] !== undefined) return place
  if (expression.kind === 'column' && expression.table !== undefined)
    throw new SqlError(
      1250,
      `Table '${expression.table}' from one of the SELECTs cannot be used in global ORDER clause`,
    )
  if (name === undefined)
    throw new SqlError(
      3028,
      'Expression #1 of ORDER BY contains aggregate function and applies to a UNION, EXCEPT or INTERSECT',
    )
  throw new SqlError(1054, `Unknown column '${name}' in 'order clause'`)
}

function differentColumns(): SqlError {
  return new SqlError(1222, 'The used SELECT statements have a different number of columns')
}

function bodyQuery(
  compiler: Compiler,
  body: QueryBody,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  switch (body.kind) {
    case 'select':
      return compileSelect(compiler, body, [], undefined, parent, common)
    case 'nested':
      return compileQuery(compiler, body.query, parent, common)
    case 'values': {
      const scope = newScope(parent)
      const rows = body.rows.map((row) => row.map((value) => scalar(compileExpression(compiler, scope, value))))
      const columns = (rows[0] ?? []).map((_, i) => ({
        name: `column_${i}`,
        type: commonType(rows.map((row) => row[i]?.type ?? commonType([]))),
      }))
      if (rows.some((row) => row.length !== columns.length))
        throw new SqlError(1136, "Column count doesn't match value count at row 2")
      const text = rows.map((row) => `SELECT ${row.map(({ sql }, i) => `${sql} AS c${i}`).join(', ')}`)
      return {
        sql: text.join(' UNION ALL '),
        columns,
        outerUses: scope.outerUses,
        single: rows.length === 1,
        key: undefined,
      }
    }
    case 'compound':
      return compound(compiler, body, parent, common)
  }
}

function compound(
  compiler: Compiler,
  { operator, left, right }: Extract<QueryBody, { readonly kind: 'compound' }>,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  const a = bodyQuery(compiler, left, parent, common)
  const b = bodyQuery(compiler, right, parent, common)
  if (a.columns.length !== b.columns.length) throw differentColumns()
  const columns = a.columns.map(({ name, type }, i) => ({ name, type: commonType([type, b.columns[i]?.type ?? type]) }))
  const side = (query: CompiledQuery): string => {
    const cells = columns.map(({ type }, i) => {
      const from = query.columns[i]?.type ?? type
      const cell = type.kind === 'text' ? asText({ sql: `c${i}`, type: from }) : `c${i}`
      return `${cell}${collation(type)} AS c${i}`
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
      : operator === 'INTERSECT' || operator === 'EXCEPT'
        ? leftOrder(operator, columns, side(a), side(b))
        : joined
  return { sql, columns, outerUses, single: false, key: undefined }
}

/**
 * INTERSECT and EXCEPT: the server fills a table with the left rows and then marks them by the right ones
 * (sql/iterators/composite_iterators.cc, MaterializeIterator), so that they come in the order of the left side.
 */
function leftOrder(operator: 'INTERSECT' | 'EXCEPT', columns: readonly ResultColumn[], a: string, b: string): string {
  const names = columns.map((_, i) => `c${i}`).join(', ')
  const by = columns.map(({ type }, i) => `c${i}${collation(type)}`).join(', ')
  const left = `SELECT ${names}, 0 AS side, row_number() OVER () AS place FROM (${a})`
  const right = `SELECT ${names}, 1 AS side, NULL AS place FROM (${b})`
  const kept = operator === 'EXCEPT' ? 'sum(side) = 0' : 'sum(side) > 0 AND count(place) > 0'
  // With its only min(), SQLite takes the other columns from the row that has the minimum.
  const rows = `SELECT ${names}, min(place) AS place FROM (${left} UNION ALL ${right}) GROUP BY ${by} HAVING ${kept}`
  return `SELECT ${names} FROM (${rows}) ORDER BY place`
}
