/** What an expression has become on the way from MySQL to SQLite, and the names it can see. */

import type { ColumnReference } from '../parse/syntax.ts'
import type { SqlTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ValueType } from '../values/value-type.ts'

export interface Compiled {
  /** SQLite's; safe as an operand. Equal text, equal expression. */
  readonly sql: string
  readonly type: ValueType
  readonly parts: readonly Compiled[]
  /** Set when it is a column of a source. */
  readonly column?: SourceColumn
  /** Set when it is a literal: its value. */
  readonly literal?: string | number | null
  /** It is an aggregate: what stands in it is no loose column. */
  readonly aggregate?: boolean
  readonly window?: boolean
  /** Its parts are joined by AND. */
  readonly conjunction?: boolean
  /** An aggregate over DISTINCT values. */
  readonly distinct?: boolean
}

/** A column that a name can stand for. */
export interface SourceColumn {
  readonly name: string
  readonly source: Source
  readonly type: ValueType
  /** Quoted, with the source's alias. */
  readonly sql: string
  readonly nullable: boolean
}

/** A table in a FROM clause, under a name of its own. */
export interface Source {
  readonly alias: string
  /** Unique in the statement. */
  readonly id: string
  /** Of stored tables; undefined for derived ones. */
  readonly table: SqlTable | undefined
  /** Of derived tables: the columns (SQLite text) that tell its rows apart, if some do. */
  readonly key: readonly string[] | undefined
  readonly columns: SourceColumn[]
  /** Columns that USING or NATURAL folded into another's. */
  readonly folded: Set<string>
  /** On the inner side of an outer join: its columns may be NULL. */
  outer: boolean
  /** Lower-cased names of the columns that the statement reads. */
  readonly used: Set<string>
}

/** Names of one query level. `clause` is what MySQL calls the place that is being read. */
export interface Scope {
  readonly parent: Scope | undefined
  readonly sources: Source[]
  readonly common: Map<string, CommonSource>
  clause: string
  /** What aggregates may do here. */
  aggregates: 'allowed' | 'refused' | 'inside'
  /** Select items by their names, as far as they are read; `undefined` for one that comes later. */
  readonly aliases: Map<string, Compiled | undefined>
  /** Which of select items and columns a bare name means first in this clause. */
  prefer: 'columns' | 'columns-then-aliases' | 'aliases' | 'selected'
  /** Select items and GROUP BY columns, which HAVING may name. */
  readonly selected: Compiled[]
  /** Columns of outer levels that were read in here. */
  readonly outerUses: Compiled[]
  /** Aggregates of this level that were found while a level further in was read. */
  hasAggregate: boolean
}

/** A WITH table: its name in SQLite and its columns. */
export interface CommonSource {
  readonly id: string
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[]
}

export function newScope(parent: Scope | undefined): Scope {
  return {
    parent,
    sources: [],
    common: new Map(),
    clause: 'field list',
    aggregates: 'allowed',
    aliases: new Map(),
    prefer: 'columns',
    selected: [],
    outerUses: [],
    hasAggregate: false,
  }
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`
}

/** A column's name as it is written. */
export function writtenName({ database, table, name }: ColumnReference): string {
  return [database, table, name].filter((part) => part !== undefined).join('.')
}

/** What a column reference means, looking outwards. Throws unknown (1054) and ambiguous (1052) columns. */
export function resolveColumn(scope: Scope, reference: ColumnReference): Compiled {
  const crossed: Scope[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = lookUp(at, reference, at !== scope)
    if (found !== undefined) {
      for (const inner of crossed) inner.outerUses.push(found)
      return found
    }
    crossed.push(at)
  }
  throw new SqlError(1054, `Unknown column '${writtenName(reference)}' in '${scope.clause}'`)
}

function lookUp(scope: Scope, reference: ColumnReference, fromInside: boolean): Compiled | undefined {
  const bare = reference.table === undefined
  const key = reference.name.toLowerCase()
  const prefer = fromInside && scope.prefer === 'columns' ? 'columns-then-aliases' : scope.prefer
  if (prefer === 'selected' && scope.aggregates !== 'inside') return selectedColumn(scope, reference, fromInside)
  if (bare && prefer === 'aliases' && scope.aliases.has(key)) return alias(scope, reference)
  const column = columnOf(scope, reference)
  if (column !== undefined) return column
  if (bare && prefer === 'columns-then-aliases' && scope.aliases.has(key)) return alias(scope, reference)
  return undefined
}

function alias(scope: Scope, reference: ColumnReference): Compiled {
  const found = scope.aliases.get(reference.name.toLowerCase())
  if (found === undefined)
    throw new SqlError(1247, `Reference '${reference.name}' not supported (forward reference in item list)`)
  return found
}

/** HAVING reads select items by alias, then columns that are selected or grouped by. */
function selectedColumn(scope: Scope, reference: ColumnReference, fromInside: boolean): Compiled | undefined {
  const key = reference.name.toLowerCase()
  if (reference.table === undefined) {
    const item = scope.aliases.get(key)
    if (item !== undefined) return item
  }
  const column = columnOf(scope, reference)
  if (column === undefined) return undefined
  return fromInside || scope.selected.some(({ sql }) => sql === column.sql) ? column : undefined
}

function columnOf(scope: Scope, reference: ColumnReference): Compiled | undefined {
  const key = reference.name.toLowerCase()
  const found: SourceColumn[] = []
  for (const source of scope.sources) {
    if (!isNamed(source, reference)) continue
    if (reference.table === undefined && source.folded.has(key)) continue
    const column = source.columns.find(({ name }) => name.toLowerCase() === key)
    if (column !== undefined) found.push(column)
  }
  const [first] = found
  if (first === undefined) return undefined
  if (found.length > 1) throw new SqlError(1052, `Column '${writtenName(reference)}' in ${scope.clause} is ambiguous`)
  first.source.used.add(key)
  return { sql: first.sql, type: first.type, parts: [], column: first }
}

export function isNamed(
  { alias: name, table }: Source,
  reference: { readonly database: string | undefined; readonly table: string | undefined },
): boolean {
  if (reference.table === undefined) return true
  if (name.toLowerCase() !== reference.table.toLowerCase()) return false
  return reference.database === undefined || table?.database === reference.database.toLowerCase()
}

/** Whether an aggregate of this level (not one inside a subquery) is part of it. */
export function hasAggregate(expression: Compiled): boolean {
  return expression.aggregate === true || expression.parts.some(hasAggregate)
}

/** Whether an aggregate over DISTINCT values is part of it. */
export function hasDistinct(expression: Compiled): boolean {
  return expression.distinct === true || expression.parts.some(hasDistinct)
}

export function hasWindow(expression: Compiled): boolean {
  return expression.window === true || expression.parts.some(hasWindow)
}
