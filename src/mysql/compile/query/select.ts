/** A SELECT of MySQL's as SQLite's: its clauses read, checked and written. */
import type { Limit, OrderTerm, Select } from '../../parse/syntax.ts'
import { hasMode } from '../../server/settings.ts'
import type { Planned } from '../compiled.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { plan } from '../order/plan.ts'
import type { CommonSource, Scope } from '../scope.ts'
import { deeper, type Recursion } from './recursion.ts'
import { rollupText } from './rollup-text.ts'
import { checkSelect } from './select-checks.ts'
import { type Clauses, readClauses } from './select-clauses.ts'
import { selectText } from './select-text.ts'

export function compileSelect(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  limit: Limit | undefined,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
  recursion?: Recursion,
): CompiledQuery {
  const read = readClauses(compiler, query, order, parent, common)
  const clauses = recursion === undefined ? read : deeper(read, recursion)
  checkSelect(query, clauses, hasMode(compiler.settings, 'ONLY_FULL_GROUP_BY'))
  compiler.plans.set(query, () => planOf(clauses))
  const { scope, groups, grouped } = clauses
  const oneRow = groups.length === 0 && (grouped || query.from === undefined)
  const { sql, ranked } = query.rollup
    ? rollupText(compiler, query, order, clauses, limit)
    : selectText(query, clauses, limit)
  return {
    sql,
    ranked,
    columns: read.items.map(({ name, compiled }) => ({ name, type: compiled.type })),
    outerUses: scope.outerUses,
    single: limit?.count === 1 || limit?.count === 0 || oneRow,
    key: keyPlaces(query, clauses),
  }
}

/** The columns that tell the rows of a grouped or distinct query apart. */
function keyPlaces(query: Select, { items, groups }: Clauses): number[] | undefined {
  if (groups.length > 0 && !query.rollup) {
    const places = groups.map(({ sql }) => items.findIndex(({ compiled }) => compiled.sql === sql))
    if (places.every((place) => place >= 0)) return places
  }
  return query.distinct ? items.map((_, i) => i) : undefined
}

function planOf({ node, dependencies, where, groups, terms }: Clauses): Planned[] {
  if (node === undefined) return []
  return plan(node, { dependencies, where, groups, terms: terms.map(({ compiled }) => compiled) })
}
