/** A query in the making: tables come in by the joins that lead to them. */
import type { Linking } from './link.ts'
import type { Ref, Source } from './plan.ts'
import type { Column, Link, Table } from './schema.ts'

/** Tables of a query. */
const MOST_SOURCES = 4

/** Joins from some tables to another, by their names: the queries of a question come by the same ones again and again. */
const PATHS = new WeakMap<Linking, Map<string, readonly Link[]>>()
const NO_PATH: readonly Link[] = []

export class Draft {
  readonly linking: Linking
  readonly sources: Source[]
  /** A column whose table no join led to was asked for. */
  broken = false
  /** Trust of every join taken, together. */
  trust = 1

  constructor(linking: Linking, main: Table) {
    this.linking = linking
    this.sources = [{ table: main.name }]
  }

  /** The place of a column; its table is joined where it is not there yet. */
  ref(column: Column): Ref {
    const known = this.sources.findIndex(({ table }) => table === column.table)
    if (known >= 0) return { slot: known, column: column.name }
    const path = this.#knownPath(column.table)
    if (path === undefined || this.sources.length + path.length > MOST_SOURCES) {
      this.broken = true
      return { slot: 0, column: column.name }
    }
    for (const link of path) {
      const slot = this.sources.findIndex(({ table }) => table === link.from.table)
      this.sources.push({ table: link.to.table, on: { left: { slot, column: link.from.name }, column: link.to.name } })
      this.trust *= link.trust
    }
    return { slot: this.sources.length - 1, column: column.name }
  }

  #knownPath(goal: string): readonly Link[] | undefined {
    let known = PATHS.get(this.linking)
    if (known === undefined) {
      known = new Map()
      PATHS.set(this.linking, known)
    }
    let key = goal
    for (const { table } of this.sources) key += ` ${table}`
    let path = known.get(key)
    if (path === undefined) {
      path = this.#path(goal) ?? NO_PATH
      known.set(key, path)
    }
    return path === NO_PATH ? undefined : path
  }

  /** Joins from what is there to a table, fewest first, and the best trusted among as few. */
  #path(goal: string): readonly Link[] | undefined {
    const reached = new Set(this.sources.map(({ table }) => table))
    let edge: readonly (readonly Link[])[] = [[]]
    for (let depth = 0; depth < MOST_SOURCES - 1; depth++) {
      const next: (readonly Link[])[] = []
      const arrived: (readonly Link[])[] = []
      const visited = new Set(reached)
      for (const path of edge) {
        const ends = path.length === 0 ? reached : new Set([path[path.length - 1]?.to.table ?? ''])
        for (const link of this.linking.links) {
          if (!ends.has(link.from.table) || reached.has(link.to.table)) continue
          const longer = [...path, link]
          if (link.to.table === goal) arrived.push(longer)
          else if (!visited.has(link.to.table)) {
            visited.add(link.to.table)
            next.push(longer)
          }
        }
      }
      if (arrived.length > 0) return arrived.sort((a, b) => this.#worth(b) - this.#worth(a))[0]
      edge = next
    }
    return undefined
  }

  #worth(path: readonly Link[]): number {
    return path.reduce((sum, link) => sum + linkWorth(this.linking, link), 0)
  }
}

/** Trust, and more where the question has a word of the key's own (`home` of `home_port_id`). */
export function linkWorth({ question }: Linking, { from, to, trust }: Link): number {
  const own = [...from.words, ...to.words]
  return trust + (own.some((word) => question.stems.has(word)) ? 0.3 : 0)
}
