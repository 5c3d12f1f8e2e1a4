/** What names mean: columns and select items, looked for level by level outwards as the server does. */
import type { ColumnReference } from '../parse/syntax.ts'
import { SqlError } from '../sql-error.ts'
import { type Compiled, hasAggregate, hasWindow, type Source, type SourceColumn } from './compiled.ts'
import { rolledUp } from './rolled-up.ts'
import type { Scope } from './scope.ts'

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
      return rolledUp(at, found)
    }
    crossed.push(at)
  }
  throw new SqlError(1054, `Unknown column '${writtenName(reference)}' in '${scope.clause}'`)
}

function lookUp(scope: Scope, reference: ColumnReference, fromInside: boolean): Compiled | undefined {
  if (fromInside) return columnOf(scope, reference) ?? aliasFromInside(scope, reference)
  const bare = reference.table === undefined
  const known = bare && scope.aliases.has(reference.name.toLowerCase())
  const having = scope.prefer === 'selected'
  if (having && scope.aggregates !== 'inside') return selectedColumn(scope, reference)
  if (known && scope.prefer === 'aliases') return alias(scope, reference)
  const column = columnOf(scope, reference)
  if (column !== undefined) return column
  return known && (having || scope.prefer === 'columns-then-aliases') ? alias(scope, reference) : undefined
}

function alias(scope: Scope, reference: ColumnReference): Compiled {
  const found = scope.aliases.get(reference.name.toLowerCase())
  if (scope.ambiguous.has(reference.name.toLowerCase())) throw ambiguous(scope, reference)
  if (found === undefined) throw notSupported(reference, 'forward reference in item list')
  return found
}

/** What a query further in may name: no select item in WHERE and ON, and none that is put together of rows. */
function aliasFromInside(scope: Scope, reference: ColumnReference): Compiled | undefined {
  if (reference.table !== undefined || !scope.aliases.has(reference.name.toLowerCase())) return undefined
  if (scope.prefer === 'columns' && scope.aggregates === 'refused') return undefined
  const found = alias(scope, reference)
  if (hasAggregate(found, scope.level)) throw notSupported(reference, 'reference to group function')
  if (hasWindow(found)) throw notSupported(reference, 'reference to window function')
  return found
}

function notSupported({ name }: ColumnReference, why: string): SqlError {
  return new SqlError(1247, `Reference '${name}' not supported (${why})`)
}

/** HAVING reads select items by alias, then columns that are selected or grouped by. */
function selectedColumn(scope: Scope, reference: ColumnReference): Compiled | undefined {
  if (reference.table === undefined) {
    const item = scope.aliases.get(reference.name.toLowerCase())
    if (scope.ambiguous.has(reference.name.toLowerCase())) throw ambiguous(scope, reference)
    if (item !== undefined && hasWindow(item)) {
      const why = 'of an expression containing a window function in this context.'
      throw new SqlError(3594, `You cannot use the alias '${reference.name}' ${why}'`)
    }
    if (item !== undefined) return item
  }
  const column = columnOf(scope, reference)
  return scope.selected.some(({ sql }) => sql === column?.sql) ? column : undefined
}

function ambiguous({ clause }: Scope, reference: ColumnReference): SqlError {
  return new SqlError(1052, `Column '${writtenName(reference)}' in ${clause} is ambiguous`)
}

function columnOf(scope: Scope, reference: ColumnReference): Compiled | undefined {
  const key = reference.name.toLowerCase()
  let first: SourceColumn | undefined
  for (const source of scope.sources) {
    if (!isNamed(source, reference)) continue
    const place = source.places.get(key)
    if (place === undefined || (reference.table === undefined && source.folded.has(key))) continue
    if (first !== undefined) throw ambiguous(scope, reference)
    first = source.columns[place]
  }
  if (first === undefined) return undefined
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
