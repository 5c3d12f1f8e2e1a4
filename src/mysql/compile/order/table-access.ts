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
  const size = Math.max(1, source.table?.size ?? 0)
  const bound = new Map<string, number>()
  for (const join of joins)
    if (join.source === source && (join.other === undefined || before.includes(join.other)))
      bound.set(join.column, join.other?.table?.size ?? 0)
  const table = source.table
  if (table === undefined) return { kind: 'scan', fan: size }
  const has = (name: string | undefined) => name !== undefined && bound.has(name.toLowerCase())
  if (table.primaryKey.length > 0 && table.primaryKey.every(has)) return { kind: 'unique', fan: 1 }
  const keys = [table.primaryKey, ...table.keys.map(({ columns }) => columns)]
  const usable = keys.find(([first]) => has(first))
  if (usable === undefined) return { kind: 'scan', fan: size }
  const other = bound.get(usable[0]?.toLowerCase() ?? '') ?? 0
  return { kind: 'index', fan: Math.max(1, size / Math.max(1, other === 0 ? 10 : other)) }
}
