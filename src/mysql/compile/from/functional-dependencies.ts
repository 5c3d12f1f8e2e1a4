/**
 * MySQL's ONLY_FULL_GROUP_BY (sql/aggregate_check.cc): in a grouped query every column outside aggregates must be
 * functionally dependent on the grouped ones, by keys and by equalities of WHERE and ON.
 */
import type { Compiled, Source, SourceColumn } from '../compiled.ts'

export type Dependency = readonly [from: readonly string[], to: readonly string[]]

/**
 * The first column of these sources in `expression` that neither stands in an aggregate nor follows from the grouped ones.
 * @param known what follows from them: most statements never ask
 */
export function looseColumn(
  expression: Compiled,
  sources: ReadonlySet<Source>,
  groups: ReadonlySet<string>,
  known: () => ReadonlySet<string>,
): SourceColumn | undefined {
  if (groups.has(expression.sql) || expression.aggregate !== undefined || expression.any === true) return undefined
  const { column } = expression
  if (column !== undefined) return !sources.has(column.source) || known().has(column.sql) ? undefined : column
  for (const part of expression.parts) {
    const loose = looseColumn(part, sources, groups, known)
    if (loose !== undefined) return loose
  }
  return undefined
}

/** Everything that follows from the grouped columns, as SQLite text. */
export function determined(
  grouped: readonly Compiled[],
  sources: readonly Source[],
  dependencies: readonly Dependency[],
): ReadonlySet<string> {
  const known = new Set<string>()
  for (const { column } of grouped) if (column !== undefined) known.add(column.sql)
  const all: Dependency[] = [...dependencies, ...sources.flatMap(keyDependencies)]
  for (let grew = true; grew; ) {
    grew = false
    for (const [from, to] of all)
      if (from.every((sql) => known.has(sql)))
        for (const sql of to)
          if (!known.has(sql)) {
            known.add(sql)
            grew = true
          }
  }
  return known
}

/** A primary key, or a unique key that cannot be NULL, determines the row. */
function keyDependencies({ table, columns, places, key: derived }: Source): Dependency[] {
  const all = columns.map(({ sql }) => sql)
  if (table === undefined) return derived === undefined ? [] : [[derived, all]]
  const find = (name: string) => columns[places.get(name.toLowerCase()) ?? -1]
  const keys = [table.primaryKey, ...table.keys.filter(({ unique }) => unique).map((key) => key.columns)]
  return keys.flatMap((key): Dependency[] => {
    const parts = key.map(find)
    const usable = parts.length > 0 && parts.every((part) => part !== undefined && !part.nullable)
    return usable ? [[parts.map((part) => part?.sql ?? ''), all]] : []
  })
}
