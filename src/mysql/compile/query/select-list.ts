/** A SELECT's list, and the terms of GROUP BY and ORDER BY, which may name an item of it or give its place. */

import type { Expression, Select } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { type Compiled, hasAggregate, type SourceColumn } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import type { FromNode } from '../from/from-node.ts'
import { isNamed } from '../names.ts'
import { rolledUp } from '../rolled-up.ts'
import type { Scope } from '../scope.ts'

/** One column of what is selected. */
export interface Item {
  readonly name: string
  readonly compiled: Compiled
}

export function selectItems(compiler: Compiler, scope: Scope, query: Select, node: FromNode | undefined): Item[] {
  for (const item of query.items)
    if (item.kind === 'expression' && item.alias !== undefined) scope.aliases.set(item.alias.toLowerCase(), undefined)
  const items: Item[] = []
  for (const item of query.items) {
    if (item.kind === 'star') {
      for (const column of starColumns(scope, node, item)) {
        column.source.used.add(column.name.toLowerCase())
        items.push({
          name: column.name,
          compiled: rolledUp(scope, { sql: column.sql, type: column.type, parts: [], column }),
        })
      }
      continue
    }
    const compiled = scalar(compiler.expression(scope, item.expression))
    const name = item.alias ?? (item.expression.kind === 'column' ? item.expression.name : item.text)
    items.push({ name, compiled })
    if (scope.aliases.get(name.toLowerCase()) === undefined) scope.aliases.set(name.toLowerCase(), compiled)
  }
  nameItems(scope, items)
  return items
}

/** What a name of the list stands for: the first expression of that name, or the one column; of several none. */
function nameItems({ aliases, ambiguous }: Scope, items: readonly Item[]): void {
  const places = new Map<string, Item[]>()
  for (const item of items) {
    const key = item.name.toLowerCase()
    places.set(key, [...(places.get(key) ?? []), item])
  }
  for (const [key, named] of places) {
    const [first] = named
    const item = named.find(({ compiled }) => compiled.column === undefined) ?? first
    if (item !== undefined) aliases.set(key, item.compiled)
    const columns = item?.compiled.column !== undefined
    if (columns && named.some(({ compiled }) => compiled.sql !== first?.compiled.sql)) ambiguous.add(key)
  }
}

function starColumns(
  scope: Scope,
  node: FromNode | undefined,
  star: { readonly database: string | undefined; readonly table: string | undefined },
): SourceColumn[] {
  if (star.table !== undefined) {
    const source = scope.sources.find((candidate) => isNamed(candidate, star))
    if (source === undefined)
      throw new SqlError(
        1051,
        `Unknown table '${[star.database, star.table].filter((part) => part !== undefined).join('.')}'`,
      )
    return source.columns
  }
  if (node === undefined) throw new SqlError(1096, 'No tables used')
  return starOf(node)
}

/** Columns that USING or NATURAL joined come first and once. */
function starOf(node: FromNode): SourceColumn[] {
  if (node.kind === 'leaf') return [...node.source.columns]
  const [first, second] = node.join.type === 'right' ? [node.right, node.left] : [node.left, node.right]
  const shared = node.shared.map(([a, b]) => (node.join.type === 'right' ? b : a))
  const dropped = new Set(node.shared.flat().map(({ sql }) => sql))
  const [x, y] = node.shared.length === 0 ? [node.left, node.right] : [first, second]
  return [...shared, ...[...starOf(x), ...starOf(y)].filter(({ sql }) => !dropped.has(sql))]
}

export function groupTerm(compiler: Compiler, scope: Scope, expression: Expression, items: readonly Item[]): Compiled {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const item = items[Number(expression.text) - 1]
    if (item === undefined) throw new SqlError(1054, `Unknown column '${expression.text}' in 'group statement'`)
    if (hasAggregate(item.compiled, scope.level)) throw new SqlError(1056, `Can't group on '${item.name}'`)
    return item.compiled
  }
  scope.prefer = 'columns-then-aliases'
  const compiled = scalar(compiler.expression(scope, expression))
  if (hasAggregate(compiled, scope.level))
    throw new SqlError(1056, `Can't group on '${expression.kind === 'column' ? expression.name : ''}'`)
  return compiled
}

export function orderTerm(compiler: Compiler, scope: Scope, expression: Expression, items: readonly Item[]): Compiled {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const item = items[Number(expression.text) - 1]
    if (item === undefined) throw new SqlError(1054, `Unknown column '${expression.text}' in 'order clause'`)
    return item.compiled
  }
  scope.prefer = expression.kind === 'column' ? 'aliases' : 'columns-then-aliases'
  return scalar(compiler.expression(scope, expression))
}
