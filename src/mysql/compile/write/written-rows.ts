/** Which rows an UPDATE or a DELETE changes, in SQLite's text. */
import type { Expression, NamedTable, OrderTerm, TableExpression } from '../../parse/syntax.ts'
import type { SqlTable } from '../../schema.ts'
import { checkTables } from '../check-tables.ts'
import { collation } from '../collation-text.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { closeFrom } from '../from/close-from.ts'
import type { FromNode } from '../from/from-node.ts'
import { openFrom } from '../from/open-from.ts'
import { tableSource } from '../from/sources.ts'
import { newScope, type Scope } from '../scope.ts'
import { tableSql } from '../sqlite-text.ts'

/** The names that a write of one table sees: its columns, under `t0`. */
export function scopeOf(named: NamedTable, table: SqlTable): Scope {
  const scope = newScope(undefined)
  scope.sources.push(tableSource(named.alias ?? named.name, 't0', table))
  scope.aggregates = 'refused'
  return scope
}

/** ` WHERE ...`, or nothing for all rows. */
export function filter(compiler: Compiler, scope: Scope, where: Expression | undefined): string {
  if (where === undefined) return ''
  scope.clause = 'where clause'
  return ` WHERE ${scalar(compiler.expression(scope, where)).sql}`
}

interface Wanted {
  readonly where: Expression | undefined
  readonly order: readonly OrderTerm[]
  readonly limit: number | undefined
}

/** The same for the first rows in an order. */
export function chosen(compiler: Compiler, scope: Scope, table: SqlTable, { where, order, limit }: Wanted): string {
  const filtered = filter(compiler, scope, where)
  scope.clause = 'order clause'
  const terms = order.map(({ expression, descending }) => {
    const { sql, type } = scalar(compiler.expression(scope, expression))
    return `${sql}${collation(type)}${descending ? ' DESC' : ''}`
  })
  if (limit === undefined) return filtered
  const by = [...terms, 't0.rowid'].join(', ')
  return ` WHERE t0.rowid IN (SELECT t0.rowid FROM ${tableSql(table)} AS t0${filtered} ORDER BY ${by} LIMIT ${limit})`
}

export interface OpenJoin {
  readonly scope: Scope
  readonly node: FromNode
}

/** The joined tables of a write, checked. */
export function openJoin(compiler: Compiler, databases: ReadonlySet<string>, from: TableExpression): OpenJoin {
  const body = {
    kind: 'select',
    distinct: false,
    items: [],
    from,
    where: undefined,
    group: [],
    rollup: false,
    having: undefined,
    windows: [],
  } as const
  checkTables(
    { with: [], recursive: false, body, order: [], limit: undefined },
    compiler.schema,
    databases,
    compiler.database,
  )
  const scope = newScope(undefined)
  scope.aggregates = 'refused'
  return { scope, node: openFrom(compiler, scope, from) }
}

/** ` FROM ... WHERE ...` of a join. */
export function joinText(compiler: Compiler, { scope, node }: OpenJoin, where: Expression | undefined): string {
  const filtered = filter(compiler, scope, where)
  return ` FROM ${closeFrom(compiler, scope, node).sql}${filtered}`
}
