/** MySQL's queries as SQLite's: common tables, and what orders and limits more than one SELECT. */
import type { Limit, OrderTerm, Query, QueryBody } from '../../parse/syntax.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import type { CommonSource, Scope } from '../scope.ts'
import { commonTable } from './common-table.ts'
import { compoundTerm } from './compound-order.ts'
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
  const { ranked } = compiled
  return {
    ...compiled,
    sql: words + compiled.sql,
    ranked: ranked && {
      ...ranked,
      sql: words + ranked.sql,
      keyed: ranked.keyed && { ...ranked.keyed, sql: words + ranked.keyed.sql },
      first: ranked.first && words + ranked.first,
    },
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
  // Parentheses around a SELECT that has neither are as if they were not there.
  if (body.kind === 'nested') {
    const { body: inner, order: own, limit: bound, with: tables } = body.query
    if (own.length === 0 && bound === undefined && tables.length === 0)
      return withOrder(compiler, inner, order, limit, parent, common)
  }
  const compiled = bodyQuery(compiler, body, parent, common)
  if (order.length === 0 && limit === undefined) return compiled
  const id = compiler.id('t')
  const terms = order.map((term, i) => compoundTerm(compiler, compiled.columns, term, id, i + 1))
  const by = terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`
  const sql = `SELECT * FROM (${compiled.sql}) AS ${id}${by}${limitText(limit)}`
  const { columns, outerUses, key } = compiled
  return { sql, columns, outerUses, key, single: limit?.count === 1 }
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
