/** The first reading of a FROM clause: its tables as sources of names. */
import type { TableExpression } from '../../parse/syntax.ts'
import { schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import type { Compiled, Source } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import type { CommonSource, Scope } from '../scope.ts'
import { tableSql } from '../sqlite-text.ts'
import { type FromNode, sourcesOf } from './from-node.ts'
import { materialized } from './materialized.ts'
import { sharedColumns } from './shared-columns.ts'
import { derivedSource, tableSource } from './sources.ts'
import { viewQuery } from './view-query.ts'

/** Adds the sources of a FROM clause to a scope. */
export function openFrom(compiler: Compiler, scope: Scope, from: TableExpression): FromNode {
  if (from.kind === 'join') {
    const left = openFrom(compiler, scope, from.left)
    const right = openFrom(compiler, scope, from.right)
    const shared = sharedColumns(from, left, right)
    if (from.type === 'left') for (const source of sourcesOf(right)) source.outer = true
    if (from.type === 'right') for (const source of sourcesOf(left)) source.outer = true
    return { kind: 'join', join: from, left, right, sources: [...sourcesOf(left), ...sourcesOf(right)], shared }
  }
  const id = compiler.id('t')
  if (from.kind === 'derived') {
    // A derived table does not see its neighbours, only what is around the query.
    const query = materialized(
      from.query,
      compiler.query(from.query, from.lateral ? scope : scope.parent, scope.common),
    )
    if (query.outerUses.some((use) => isOf(use, scope)))
      throw new SqlError(0, 'LATERAL with a query that reads the tables before it is not supported here')
    scope.outerUses.push(...query.outerUses)
    const names = from.columns.length > 0 ? from.columns : query.columns.map(({ name }) => name)
    if (names.length !== query.columns.length)
      throw new SqlError(
        1353,
        'In definition of view, derived table or common table expression, SELECT list and column names list have different column counts',
      )
    const key = query.key?.map((place) => `${id}.c${place}`)
    const columns = query.columns.map(({ type }, i) => ({ name: names[i] ?? '', type }))
    return leaf(scope, derivedSource(from.alias, id, columns, key), `(${query.sql}) AS ${id}`)
  }
  const alias = from.alias ?? from.name
  const common = from.database === undefined ? commonOf(scope, from.name) : undefined
  if (common !== undefined)
    return leaf(scope, derivedSource(alias, id, common.columns, undefined, common.id), `${common.id} AS ${id}`)
  const table = compiler.schema.get(schemaKey(from.database ?? compiler.database, from.name))
  if (table === undefined) throw new Error(`Table ${from.name} was not checked.`)
  if (table.view !== undefined) {
    const { sql, columns, key } = viewQuery(compiler, table)
    const places = key?.map((place) => `${id}.c${place}`)
    return leaf(scope, derivedSource(alias, id, columns, places), `(${sql}) AS ${id}`)
  }
  const isKey = (hint: string) => hint === 'primary' || table.keys.some(({ name }) => name.toLowerCase() === hint)
  const missing = from.hints?.find((hint) => !isKey(hint.toLowerCase()))
  if (missing !== undefined) throw new SqlError(1176, `Key '${missing}' doesn't exist in table '${alias}'`)
  compiler.opened.add(table)
  return leaf(scope, tableSource(alias, id, table), `${tableSql(table)} AS ${id}`)
}

/** Whether a lateral table reads it from its own neighbours. */
function isOf({ column }: Compiled, { sources }: Scope): boolean {
  return column !== undefined && sources.includes(column.source)
}

function commonOf(scope: Scope, name: string): CommonSource | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.common.get(name.toLowerCase())
    if (found !== undefined) return found
  }
  return undefined
}

function leaf(scope: Scope, source: Source, sql: string): FromNode {
  scope.sources.push(source)
  return { kind: 'leaf', source, sql }
}
