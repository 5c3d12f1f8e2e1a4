/** MySQL's queries as SQLite's: common tables, and what orders and limits more than one SELECT. */
import type { Expression, Limit, OrderTerm, Query, QueryBody } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { commonType } from '../../values/value-type.ts'
import { collation } from '../collation-text.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import type { CommonSource, Scope } from '../scope.ts'
import { commonTable } from './common-table.ts'
import { compoundQuery } from './compound-query.ts'
import { compileSelect } from './select.ts'
import { limitText } from './select-text.ts'
import { valuesQuery } from './values-query.ts'

/** @param inherited the common tables that are there already */
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
    case 'values':
      return valuesQuery(compiler, body.rows, parent)
    case 'compound':
      return compoundQuery(
        body.operator,
        bodyQuery(compiler, body.left, parent, common),
        bodyQuery(compiler, body.right, parent, common),
      )
  }
}
