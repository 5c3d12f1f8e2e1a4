/**
 * The order in which MySQL comes by the rows of a FROM clause, which it keeps where nothing else orders them: ties of
 * ORDER BY, first appearance of groups and of DISTINCT rows. InnoDB scans by primary key, or by a secondary index that
 * holds all that is asked for; of joined tables a small model of the optimizer's costs tells which one leads.
 */

import { type Compiled, quoteName, type Source } from '../compiled.ts'
import { type FromNode, sourcesOf } from '../from/from.ts'
import type { Dependency } from '../from/functional-dependencies.ts'

export interface ScanTerm {
  readonly sql: string
  /** More than the largest value of the term, for terms that are row numbers; undefined for others. */
  readonly bound: number | undefined
  /** What makes a reversed term positive again. */
  readonly offset?: number | undefined
}

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

/** Terms to order by; empty where the order is not known better than SQLite knows it. */
export function scanOrder(node: FromNode, asked: Asked): ScanTerm[] {
  const sources = sourcesOf(node)
  if (sources.some(({ table }) => table === undefined)) return []
  const [only] = sources
  if (only !== undefined && sources.length === 1) return own(only, asked.groups)
  const { order, hashed } = plan(node, asked)
  let terms: ScanTerm[] = []
  // A hash join walks the table that comes last, and finds the rows of the others latest first.
  for (const source of order)
    terms = hashed.has(source) ? [...rowNumber(source), ...terms.map(reversed)] : [...terms, ...rowNumber(source)]
  return terms
}

interface Plan {
  readonly order: readonly Source[]
  readonly hashed: ReadonlySet<Source>
}

function plan(node: FromNode, asked: Asked): Plan {
  const sources = sourcesOf(node)
  const joins = equalities(sources, asked.dependencies)
  const order = best(sources, written(node), joins, selectivity(asked.where), sortByTable(asked))
  const hashed = order.filter(
    (source, i) => i > 0 && !source.outer && access(source, order.slice(0, i), joins).kind === 'scan',
  )
  return { order, hashed: new Set(hashed) }
}

export interface FirstTable {
  /** `table AS id` and the conditions on it alone. */
  readonly from: string
  readonly rowNumber: string
}

/**
 * The table of a join that the server sorts before it joins the others ("Using filesort" without "Using temporary",
 * manual, 8.2.1.16 ORDER BY Optimization): all of ORDER BY is of the table that is read first, and no join buffer, which
 * would mix its rows, comes after it. LIMIT does not bound such a sort.
 */
export function firstSorted(node: FromNode, asked: Asked, terms: readonly Compiled[]): FirstTable | undefined {
  const sources = sourcesOf(node)
  if (sources.length < 2 || sources.some(({ table }) => table === undefined)) return undefined
  const { order, hashed } = plan(node, asked)
  const [first] = order
  if (first === undefined || first.outer) return undefined
  if (hashed.size > 0 || order.slice(1).some((source) => isScanned(source, order, node, asked))) return undefined
  if (!terms.every((term) => only(term, first))) return undefined
  const own = (asked.where === undefined ? [] : conjuncts(asked.where)).filter((part) => only(part, first))
  const where = own.length === 0 ? '' : ` WHERE ${own.map(({ sql }) => sql).join(' AND ')}`
  return { from: `${leafOf(node, first)}${where}`, rowNumber: `${first.id}.rowid` }
}

function isScanned(source: Source, order: readonly Source[], node: FromNode, { dependencies }: Asked): boolean {
  return (
    access(source, order.slice(0, order.indexOf(source)), equalities(sourcesOf(node), dependencies)).kind === 'scan'
  )
}

/** Whether an expression reads columns of this table, and of no other. */
function only(expression: Compiled, source: Source): boolean {
  const sources = new Set<Source>()
  collect(expression, sources)
  return sources.size === 1 && sources.has(source)
}

function leafOf(node: FromNode, source: Source): string {
  if (node.kind === 'leaf') return node.source === source ? node.sql : ''
  return leafOf(node.left, source) || leafOf(node.right, source)
}

function reversed(term: ScanTerm): ScanTerm {
  return { ...term, sql: `-(${term.sql})`, offset: term.offset === undefined ? term.bound : undefined }
}

/** The share of a source's rows that the conditions on it alone are taken to leave. */
function selectivity(where: Compiled | undefined): ReadonlyMap<Source, number> {
  const left = new Map<Source, number>()
  for (const conjunct of where === undefined ? [] : conjuncts(where)) {
    const sources = new Set<Source>()
    collect(conjunct, sources)
    const [only] = sources
    if (only === undefined || sources.size > 1) continue
    left.set(only, (left.get(only) ?? 1) * (conjunct.sql.includes(' = ') ? 0.1 : 0.33))
  }
  return left
}

function conjuncts(expression: Compiled): readonly Compiled[] {
  return expression.conjunction ? expression.parts.flatMap(conjuncts) : [expression]
}

function collect({ column, parts }: Compiled, into: Set<Source>): void {
  if (column !== undefined) into.add(column.source)
  for (const part of parts) collect(part, into)
}

/** One term that is least in a group's first row; undefined where terms cannot be put together. */
export function firstRow(terms: readonly ScanTerm[]): string | undefined {
  const [first, ...rest] = terms
  if (first === undefined) return undefined
  if (rest.length === 0) return `min(${first.sql})`
  let sql = first.sql
  let size = first.bound
  for (const term of rest) {
    if (size === undefined || term.bound === undefined) break
    size *= term.bound
    if (size > Number.MAX_SAFE_INTEGER) break
    sql = `(${sql} * ${term.bound} + ifnull(${term.offset === undefined ? term.sql : `${term.offset} ${term.sql}`}, 0))`
  }
  return `min(${sql})`
}

function rowNumber({ id, table }: Source): ScanTerm[] {
  return [{ sql: `${id}.rowid`, bound: Math.max(1000, (table?.size ?? 0) * 2) }]
}

/** A single table: by a secondary index that covers it, or by primary key, which is the order of the rows here. */
function own(source: Source, groups: readonly Compiled[]): ScanTerm[] {
  const { id, table } = source
  if (onKey(source, groups)) return inKeyOrder(groups)
  const index = covering(source)
  if (table === undefined || index === undefined) return rowNumber(source)
  return [...index.map((name) => ({ sql: `${id}.${quoteName(name)}`, bound: undefined })), ...rowNumber(source)]
}

/** Whether a key begins with what is grouped by: groups are then read off that index. */
function onKey({ id, table }: Source, groups: readonly Compiled[]): boolean {
  if (groups.length === 0 || table === undefined) return false
  const names = groups.map(({ column }) => (column?.source.id === id ? column.name.toLowerCase() : undefined))
  const keys = [table.primaryKey, ...table.keys.map(({ columns }) => columns)]
  return keys.some(
    (key) =>
      names.length <= key.length &&
      names.every(
        (name) => name !== undefined && key.slice(0, names.length).some((part) => part.toLowerCase() === name),
      ),
  )
}

function inKeyOrder(groups: readonly Compiled[]): ScanTerm[] {
  return groups.map(({ sql }) => ({ sql, bound: undefined }))
}

function covering({ table, used }: Source): readonly string[] | undefined {
  if (table === undefined) return undefined
  const primary = table.primaryKey.map((name) => name.toLowerCase())
  return table.keys.find(({ columns }) => {
    const there = new Set([...primary, ...columns.map((name) => name.toLowerCase())])
    return [...used].every((name) => there.has(name))
  })?.columns
}

interface Equality {
  readonly source: Source
  readonly column: string
  /** Undefined for a constant. */
  readonly other: Source | undefined
}

function equalities(sources: readonly Source[], dependencies: readonly Dependency[]): Equality[] {
  const find = (sql: string | undefined) => {
    for (const source of sources) {
      const column = source.columns.find((each) => each.sql === sql)
      if (column !== undefined) return { source, column: column.name.toLowerCase() }
    }
    return undefined
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

function access(source: Source, before: readonly Source[], joins: readonly Equality[]): Access {
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

function best(
  sources: readonly Source[],
  start: readonly Source[],
  joins: readonly Equality[],
  left: ReadonlyMap<Source, number>,
  sortBy: Source | undefined,
): readonly Source[] {
  if (sources.length > MOST_PERMUTED) return start
  const bySize = [...start].sort((a, b) => (a.table?.size ?? 0) - (b.table?.size ?? 0))
  let [cheapest, least]: [readonly Source[], number] = [start, Number.POSITIVE_INFINITY]
  for (const order of permutations(bySize)) {
    // What an outer join may leave empty comes after all that stands before it.
    if (
      order.some(
        (source, i) => source.outer && start.slice(0, start.indexOf(source)).some((other) => order.indexOf(other) > i),
      )
    )
      continue
    const cost = costOf(order, joins, left, sortBy)
    if (cost < least - 1e-9) [cheapest, least] = [order, cost]
  }
  return cheapest
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
  for (const term of terms) collect(term, sources)
  const [first] = sources
  return sources.size === 1 ? first : undefined
}

function costOf(
  order: readonly Source[],
  joins: readonly Equality[],
  left: ReadonlyMap<Source, number>,
  sortBy: Source | undefined,
): number {
  let rows = 1
  let cost = 0
  order.forEach((source, i) => {
    const { kind, fan } = access(source, order.slice(0, i), joins)
    const size = Math.max(1, source.table?.size ?? 0)
    const filtered = left.get(source) ?? 1
    if (kind === 'scan') cost += 1 + size * 0.01 + rows * size * 0.1
    else cost += rows * fan * (kind === 'unique' ? UNIQUE_COST : INDEX_COST)
    rows *= fan * filtered
  })
  // best_extension_by_limited_search (sql/sql_planner.cc): one unit for each row that would have to be sorted.
  if (sortBy !== undefined && order[0] !== sortBy) cost += rows
  return cost
}

function written(node: FromNode): readonly Source[] {
  if (node.kind === 'leaf') return [node.source]
  const [first, second] = node.join.type === 'right' ? [node.right, node.left] : [node.left, node.right]
  return [...written(first), ...written(second)]
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  )
}
