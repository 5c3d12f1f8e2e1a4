/** FROM clauses: their tables as sources of names, then their ON conditions, then their text. */

import type { Expression, Join, TableExpression } from '../../parse/syntax.ts'
import { type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { TEXT, typeOfColumn, type ValueType } from '../../values/value-type.ts'
import { comparable } from '../comparison.ts'
import { type CommonSource, type Compiled, quoteName, type Scope, type Source, type SourceColumn } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { compileExpression, scalar } from '../expression/expression.ts'
import type { Dependency } from './functional-dependencies.ts'

export type FromNode =
  | { readonly kind: 'leaf'; readonly source: Source; readonly sql: string }
  | {
      readonly kind: 'join'
      readonly join: Join
      readonly left: FromNode
      readonly right: FromNode
      readonly sources: readonly Source[]
      /** Equalities of USING and NATURAL. */
      readonly shared: readonly (readonly [SourceColumn, SourceColumn])[]
    }

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
    const query = compiler.query(from.query, from.lateral ? scope : outside(scope), scope.common)
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
    return leaf(scope, derivedSource(alias, id, common.columns, undefined), `${common.id} AS ${id}`)
  const table = compiler.schema.get(schemaKey(from.database ?? compiler.database, from.name))
  if (table === undefined) throw new Error(`Table ${from.name} was not checked.`)
  return leaf(scope, tableSource(alias, id, table), `${tableSql(table)} AS ${id}`)
}

/** A stored table's name in SQLite. */
export function tableSql({ database, name }: { readonly database: string; readonly name: string }): string {
  return quoteName(schemaKey(database, name))
}

/** A derived table does not see its neighbours, only what is around the query. */
function outside(scope: Scope): Scope | undefined {
  return scope.parent
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

export function tableSource(alias: string, id: string, table: SqlTable): Source {
  const columns: SourceColumn[] = []
  const source: Source = { alias, id, table, key: undefined, columns, folded: new Set(), outer: false, used: new Set() }
  for (const { name, type, nullable, plain } of table.columns) {
    const known = typeOfColumn(type)
    const typed: ValueType = known === TEXT && plain ? { kind: 'text', plain } : known
    columns.push({ name, source, type: typed, sql: `${id}.${quoteName(name)}`, nullable })
  }
  return source
}

function derivedSource(
  alias: string,
  id: string,
  outputs: readonly { readonly name: string; readonly type: ValueType }[],
  key: readonly string[] | undefined,
): Source {
  const columns: SourceColumn[] = []
  const source: Source = { alias, id, table: undefined, key, columns, folded: new Set(), outer: false, used: new Set() }
  const seen = new Set<string>()
  outputs.forEach(({ name, type }, i) => {
    if (seen.has(name.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${name}'`)
    seen.add(name.toLowerCase())
    columns.push({ name, source, type, sql: `${id}.c${i}`, nullable: true })
  })
  return source
}

export function sourcesOf(node: FromNode): readonly Source[] {
  return node.kind === 'leaf' ? [node.source] : node.sources
}

function sharedColumns(join: Join, left: FromNode, right: FromNode): (readonly [SourceColumn, SourceColumn])[] {
  const names = join.using ?? (join.natural ? naturalNames(left, right) : [])
  return names.map((name) => {
    const a = oneColumn(left, name)
    const b = oneColumn(right, name)
    const folded = join.type === 'right' ? a : b
    folded.source.folded.add(name.toLowerCase())
    return [a, b] as const
  })
}

function visible(node: FromNode): SourceColumn[] {
  return sourcesOf(node).flatMap((source) =>
    source.columns.filter(({ name }) => !source.folded.has(name.toLowerCase())),
  )
}

function naturalNames(left: FromNode, right: FromNode): string[] {
  const there = new Set(visible(right).map(({ name }) => name.toLowerCase()))
  return visible(left)
    .map(({ name }) => name)
    .filter((name) => there.has(name.toLowerCase()))
}

function oneColumn(node: FromNode, name: string): SourceColumn {
  const found = visible(node).filter((column) => column.name.toLowerCase() === name.toLowerCase())
  const [first] = found
  if (first === undefined) throw new SqlError(1054, `Unknown column '${name}' in 'from clause'`)
  if (found.length > 1) throw new SqlError(1052, `Column '${name}' in from clause is ambiguous`)
  return first
}

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
    conditions.push(scalar(compileExpression(compiler, inner, join.on)).sql)
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

/** What the equalities that AND joins let follow: `a = 1` gives a, `a = b` gives either from the other. */
export function equalityDependencies(compiler: Compiler, scope: Scope, condition: Expression): Dependency[] {
  if (condition.kind !== 'binary') return []
  const { operator, left, right } = condition
  if (operator === 'AND')
    return [...equalityDependencies(compiler, scope, left), ...equalityDependencies(compiler, scope, right)]
  if (operator !== '=') return []
  const simple = ({ kind }: Expression) => kind === 'column' || kind === 'number' || kind === 'string'
  if (!simple(left) || !simple(right)) return []
  const a: Compiled = compileExpression(compiler, scope, left)
  const b: Compiled = compileExpression(compiler, scope, right)
  const found: Dependency[] = []
  if (a.column !== undefined && b.literal !== undefined) found.push([[], [a.sql]])
  if (b.column !== undefined && a.literal !== undefined) found.push([[], [b.sql]])
  if (a.column !== undefined && b.column !== undefined) found.push([[a.sql], [b.sql]], [[b.sql], [a.sql]])
  return found
}
