/** What names mean: columns and select items, looked for level by level outwards as the server does. */
import type { ColumnReference } from '../parse/syntax.ts'
import { SqlError } from '../sql-error.ts'
import type { Compiled, Source, SourceColumn } from './compiled.ts'
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
