/** In which order the server joins tables: a small model of the optimizer's costs. */
import type { Compiled, Source } from '../compiled.ts'
import { type FromNode, sourcesOf } from '../from/from-node.ts'
import type { Dependency } from '../from/functional-dependencies.ts'
import { conjuncts, sourcesIn } from './conditions.ts'
import { access, type Equality, equalities } from './table-access.ts'

/** What a row costs that is found by a unique key, and by another index. */
const UNIQUE_COST = 0.35

const INDEX_COST = 0.15

/** More tables than this stay in their written order. */
const MOST_PERMUTED = 4

/** What a query asks of its rows, as far as the optimizer's choices hang on it. */
export interface Asked {
  readonly dependencies: readonly Dependency[]
  readonly where: Compiled | undefined
  readonly groups: readonly Compiled[]
  /** Terms of ORDER BY. */
  readonly terms: readonly Compiled[]
}

/** Which table of a join is read first, and which by a hash join. */
export interface JoinOrder {
  readonly order: readonly Source[]
  readonly hashed: ReadonlySet<Source>
}

export function joinOrder(node: FromNode, asked: Asked): JoinOrder {
  const sources = sourcesOf(node)
  const joins = equalities(sources, asked.dependencies)
  const order = best(sources, written(node), joins, selectivity(asked.where), sortByTable(asked))
  const hashed = order.filter(
    (source, i) => i > 0 && !source.outer && access(source, order.slice(0, i), joins).kind === 'scan',
  )
  return { order, hashed: new Set(hashed) }
}

/** The cheapest of all orders; of equal ones the first, where smaller tables come first. */
function best(
  sources: readonly Source[],
  start: readonly Source[],
  joins: readonly Equality[],
  left: ReadonlyMap<Source, number>,
  sortBy: Source | undefined,
): readonly Source[] {
  if (sources.length > MOST_PERMUTED) return start
  const bySize = [...start].sort((a, b) => (a.table?.size ?? 0) - (b.table?.size ?? 0))
  // What an outer join may leave empty comes after all that stands before it.
  const after = new Map(bySize.map((source) => [source, source.outer ? start.slice(0, start.indexOf(source)) : []]))
  const order: Source[] = []
  let [cheapest, least]: [readonly Source[], number] = [start, Number.POSITIVE_INFINITY]

  /** All orders that go on from the one so far. @param cost of that one, which no other takes away @param rows that it leaves */
  function goOn(rows: number, cost: number): void {
    if (cost >= least - 1e-9) return
    if (order.length === bySize.length) {
      // best_extension_by_limited_search (sql/sql_planner.cc): one unit for each row that would have to be sorted.
      const whole = sortBy !== undefined && order[0] !== sortBy ? cost + rows : cost
      if (whole < least - 1e-9) [cheapest, least] = [[...order], whole]
      return
    }
    for (const source of bySize) {
      if (order.includes(source) || !after.get(source)?.every((other) => order.includes(other))) continue
      const { kind, fan } = access(source, order, joins)
      const size = Math.max(1, source.table?.size ?? 0)
      const own =
        kind === 'scan'
          ? 1 + size * 0.01 + rows * size * 0.1
          : rows * fan * (kind === 'unique' ? UNIQUE_COST : INDEX_COST)
      order.push(source)
      goOn(rows * (fan * (left.get(source) ?? 1)), cost + own)
      order.pop()
    }
  }
  goOn(1, 0)
  return cheapest
}

/** The share of a source's rows that the conditions on it alone are taken to leave. */
function selectivity(where: Compiled | undefined): ReadonlyMap<Source, number> {
  const left = new Map<Source, number>()
  for (const conjunct of where === undefined ? [] : conjuncts(where)) {
    const sources = sourcesIn(conjunct)
    const [only] = sources
    if (only === undefined || sources.size > 1) continue
    left.set(only, (left.get(only) ?? 1) * (conjunct.sql.includes(' = ') ? 0.1 : 0.33))
  }
  return left
}

/**
 * The one table that ORDER BY sorts by (get_sort_by_table of sql/sql_optimizer.cc): none where GROUP BY is there and
 * differs. Plans that read another table first are taken to need a sort more.
 */
function sortByTable({ groups, terms }: Asked): Source | undefined {
  if (terms.length === 0) return undefined
  if (groups.length > 0 && terms.some(({ sql }, i) => groups[i] !== undefined && groups[i]?.sql !== sql))
    return undefined
  const sources = new Set<Source>()
  for (const term of terms) sourcesIn(term, sources)
  const [first] = sources
  return sources.size === 1 ? first : undefined
}

function written(node: FromNode): readonly Source[] {
  if (node.kind === 'leaf') return [node.source]
  const [first, second] = node.join.type === 'right' ? [node.right, node.left] : [node.left, node.right]
  return [...written(first), ...written(second)]
}
