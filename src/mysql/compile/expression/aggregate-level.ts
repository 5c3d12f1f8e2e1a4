/**
 * Which query an aggregate belongs to: that of the innermost columns in it, where an aggregate may stand there; else the
 * outermost around it that has a place for it; else its own (Item_sum::check_sum_func of sql/item_sum.cc).
 */
import type { Call } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import { quoteName } from '../sqlite-text.ts'
import { type SortTerm, sortTerms } from './order-text.ts'
import { scalar } from './rows.ts'

export interface AggregateParts {
  readonly args: readonly Compiled[]
  readonly order: readonly SortTerm[]
  /** The level of the query that it belongs to. */
  readonly level: number
  /** True in every row of that query: SQLite counts an aggregate to the innermost query whose columns stand in it. */
  readonly anchor: string | undefined
}

/** Throws 1111 where no query may have it, and for one inside another of the same query. */
export function aggregateParts(compiler: Compiler, scope: Scope, { args, order }: Call): AggregateParts {
  const around = levels(scope)
  if (around.every(refuses)) throw invalid()
  const before = around.map(({ outerUses }) => outerUses.length)
  const held = scope.aggregates
  scope.aggregates = 'inside'
  const read = args.map((arg) => scalar(compiler.expression(scope, arg)))
  const sorted = sortTerms(compiler, scope, order)
  scope.aggregates = held
  const parts = [...read, ...sorted.map(({ compiled }) => compiled)]
  const columns = innermost(parts, around)
  const owner = ownerOf(around, columns)
  if (owner === undefined || parts.some((part) => holds(part, owner.level))) throw invalid()
  owner.hasAggregate = true
  // To the queries in between it is one value, and what stands in it is not theirs to look at.
  const value: Compiled = { sql: '', type: { kind: 'null' }, parts: [], aggregate: owner.level }
  around.slice(0, around.indexOf(owner)).forEach(({ outerUses }, i) => {
    outerUses.splice(before[i] ?? 0, outerUses.length, value)
  })
  const anchored = columns === undefined ? owner !== scope : columns !== owner
  return { args: read, order: sorted, level: owner.level, anchor: anchored ? anchorOf(compiler, owner) : undefined }
}

function invalid(): SqlError {
  return new SqlError(1111, 'Invalid use of group function')
}

function refuses({ aggregates }: Scope): boolean {
  return aggregates === 'refused'
}

/** From a query outwards. */
function levels(scope: Scope): Scope[] {
  const found: Scope[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) found.push(at)
  return found
}

/** The innermost query whose columns stand in these, outside of other aggregates. */
function innermost(parts: readonly Compiled[], around: readonly Scope[]): Scope | undefined {
  let found = around.length
  const walk = ({ column, aggregate, parts: inside }: Compiled): void => {
    if (aggregate !== undefined) return
    if (column !== undefined) {
      const place = around.findIndex(({ sources }) => sources.includes(column.source))
      if (place >= 0) found = Math.min(found, place)
    }
    inside.forEach(walk)
  }
  parts.forEach(walk)
  return around[found]
}

function ownerOf(around: readonly Scope[], columns: Scope | undefined): Scope | undefined {
  const [own] = around
  if (own === undefined || columns === own) return own !== undefined && refuses(own) ? undefined : own
  if (columns === undefined && !refuses(own)) return own
  const outer = around
    .slice(1)
    .filter((scope) => !refuses(scope) && (columns === undefined || scope.level >= columns.level))
  return outer.at(-1) ?? (refuses(own) ? undefined : own)
}

/** Whether an aggregate of a query at this level, or further in than it, is part of it. */
function holds({ aggregate, parts }: Compiled, level: number): boolean {
  return (aggregate !== undefined && aggregate >= level) || parts.some((part) => holds(part, level))
}

function anchorOf(compiler: Compiler, scope: Scope): string {
  const [source] = scope.sources
  if (source === undefined) scope.standIn ??= compiler.id('t')
  const id = source?.id ?? scope.standIn ?? ''
  const cell = `${id}.${source === undefined || source.table === undefined ? quoteName('c0') : 'rowid'}`
  return `(${cell} IS ${cell})`
}
