/** The second reading of a FROM clause: its ON conditions, and its text. */
import { comparable } from '../comparison.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import type { Scope } from '../scope.ts'
import { equalityDependencies } from './equalities.ts'
import { type FromNode, sourcesOf } from './from-node.ts'
import type { Dependency } from './functional-dependencies.ts'

export interface CompiledFrom {
  readonly sql: string
  readonly dependencies: readonly Dependency[]
}

/** The text of a FROM clause; compiles the ON conditions, each seeing the tables of its join only. */
export function closeFrom(compiler: Compiler, scope: Scope, node: FromNode): CompiledFrom {
  if (node.kind === 'leaf') return { sql: node.sql, dependencies: [] }
  const { join, left, right } = node
  const inner: Scope = {
    ...scope,
    sources: [...node.sources],
    clause: 'on clause',
    aggregates: 'refused',
    prefer: 'columns',
  }
  const conditions: string[] = []
  const dependencies: Dependency[] = []
  for (const [x, y] of node.shared) {
    const [l, r, collate] = comparable(x, y)
    conditions.push(`${l} = ${r}${collate}`)
    for (const column of [x, y]) column.source.used.add(column.name.toLowerCase())
    dependencies.push([[x.sql], [y.sql]], [[y.sql], [x.sql]])
  }
  if (join.on !== undefined) {
    conditions.push(scalar(compiler.expression(inner, join.on)).sql)
    const found = equalityDependencies(compiler, inner, join.on)
    if (join.type === 'inner') dependencies.push(...found)
    else {
      // Only from the side that is always there to the other.
      const weak = new Set(
        sourcesOf(join.type === 'left' ? right : left).flatMap(({ columns }) => columns.map(({ sql }) => sql)),
      )
      dependencies.push(
        ...found.filter(([from, to]) => from.every((sql) => !weak.has(sql)) && to.every((sql) => weak.has(sql))),
      )
    }
  }
  // The server looks at the last ON first.
  const b = closeFrom(compiler, scope, right)
  const a = closeFrom(compiler, scope, left)
  dependencies.push(...a.dependencies, ...b.dependencies)
  const on = conditions.length === 0 ? '' : ` ON ${conditions.join(' AND ')}`
  const [first, second, firstNode, secondNode] = join.type === 'right' ? [b, a, right, left] : [a, b, left, right]
  const word = join.type === 'inner' ? (join.straight ? 'CROSS JOIN' : 'JOIN') : 'LEFT JOIN'
  const needsOn = word === 'LEFT JOIN' && on === '' ? ' ON 1' : on
  return {
    sql: `${nest(firstNode, first.sql, false)} ${word} ${nest(secondNode, second.sql, true)}${needsOn}`,
    dependencies,
  }
}

/** Left-deep joins need no parentheses. */
function nest(node: FromNode, sql: string, right: boolean): string {
  return node.kind === 'join' && right ? `(${sql})` : sql
}
