/** How the server finds the rows of one table of a join: by a key that earlier tables and constants give, or by a scan. */
import type { Source } from '../compiled.ts'
import type { Dependency } from '../from/functional-dependencies.ts'

export interface Equality {
  readonly source: Source
  readonly column: string
  /** Undefined for a constant. */
  readonly other: Source | undefined
}

export function equalities(sources: readonly Source[], dependencies: readonly Dependency[]): Equality[] {
  const find = (sql: string | undefined) => {
    const source = sources.find(({ id }) => sql?.startsWith(`${id}.`))
    const column = source?.columns.find((each) => each.sql === sql)
    return source === undefined || column === undefined ? undefined : { source, column: column.name.toLowerCase() }
  }
  return dependencies.flatMap(([from, to]): Equality[] => {
    const target = find(to[0])
    if (target === undefined || to.length !== 1) return []
    return [{ ...target, other: find(from[0])?.source }]
  })
}

interface Access {
  readonly kind: 'unique' | 'index' | 'scan'
  /** Rows for each row of what came before. */
  readonly fan: number
}

export function access(source: Source, before: readonly Source[], joins: readonly Equality[]): Access {
  const { table } = source
  const size = Math.max(1, table?.size ?? 0)
  if (table === undefined) return { kind: 'scan', fan: size }
  const given = joins.filter(
    ({ source: bound, other }) => bound === source && (other === undefined || before.includes(other)),
  )
  if (given.length === 0) return { kind: 'scan', fan: size }
  /** What binds a column; of several the last. */
  const bindingOf = (name: string | undefined): Equality | undefined => {
    const column = name?.toLowerCase()
    return given.findLast((each) => each.column === column)
  }
  const { primaryKey, keys } = table
  if (primaryKey.length > 0 && primaryKey.every((name) => bindingOf(name) !== undefined))
    return { kind: 'unique', fan: 1 }
  const usable = bindingOf(primaryKey[0]) ?? keys.map(({ columns }) => bindingOf(columns[0])).find(Boolean)
  if (usable === undefined) return { kind: 'scan', fan: size }
  const other = usable.other?.table?.size ?? 0
  return { kind: 'index', fan: Math.max(1, size / Math.max(1, other === 0 ? 10 : other)) }
}
