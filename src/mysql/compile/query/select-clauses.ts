/**
 * The clauses of a SELECT, read in the server's order (sql/sql_resolver.cc: tables, select list, WHERE, ON, GROUP BY,
 * HAVING, ORDER BY), so that of several errors the same one comes first.
 */
import type { OrderTerm, Select } from '../../parse/syntax.ts'
import { type Compiled, hasAggregate } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { windowText } from '../expression/windows.ts'
import { closeFrom } from '../from/close-from.ts'
import { equalityDependencies } from '../from/equalities.ts'
import type { FromNode } from '../from/from-node.ts'
import type { Dependency } from '../from/functional-dependencies.ts'
import { openFrom } from '../from/open-from.ts'
import { type CommonSource, newScope, type Scope } from '../scope.ts'
import { groupTerm, type Item, orderTerm, selectItems } from './select-list.ts'

/** A term of ORDER BY. */
export interface Term {
  readonly compiled: Compiled
  readonly descending: boolean
}

export interface Clauses {
  readonly scope: Scope
  readonly node: FromNode | undefined
  readonly items: readonly Item[]
  /** Text of the WINDOW clause. */
  readonly windows: string
  /** Text of the FROM clause. */
  readonly from: string | undefined
  readonly where: Compiled | undefined
  readonly groups: readonly Compiled[]
  readonly having: Compiled | undefined
  readonly terms: readonly Term[]
  readonly dependencies: readonly Dependency[]
  /** The select list or HAVING holds an aggregate. */
  readonly aggregated: boolean
  /** Rows are put together: by GROUP BY, or into one by an aggregate anywhere. */
  readonly grouped: boolean
}

export function readClauses(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): Clauses {
  const scope = newScope(parent)
  for (const [name, source] of common) scope.common.set(name, source)
  // What a lateral table reads here cannot be put together here.
  scope.aggregates = 'refused'
  const node = query.from === undefined ? undefined : openFrom(compiler, scope, query.from)
  scope.aggregates = 'allowed'
  if (query.rollup) scope.rollup = { groups: undefined, gone: new Set() }
  const items = selectItems(compiler, scope, query, node)
  const windows = windowText(compiler, scope, query)

  scope.clause = 'where clause'
  scope.aggregates = 'refused'
  const where = query.where === undefined ? undefined : scalar(compiler.expression(scope, query.where))
  const equalities = query.where === undefined ? [] : equalityDependencies(compiler, scope, query.where)
  // MySQL looks at WHERE before ON, but an error of either keeps its own words.
  const from = node === undefined ? undefined : closeFrom(compiler, scope, node)

  scope.clause = 'group statement'
  const groups = query.group.map(({ expression }) => groupTerm(compiler, scope, expression, items))
  scope.selected.push(...items.map(({ compiled }) => compiled), ...groups)

  scope.clause = 'having clause'
  scope.aggregates = 'allowed'
  scope.prefer = 'selected'
  if (query.rollup) scope.rollup = { groups: groups.map(({ sql }) => sql), gone: new Set() }
  const having = query.having === undefined ? undefined : scalar(compiler.expression(scope, query.having))

  scope.clause = 'order clause'
  const terms = order.map(({ expression, descending }) => ({
    compiled: orderTerm(compiler, scope, expression, items),
    descending,
  }))

  const aggregated =
    items.some(({ compiled }) => hasAggregate(compiled, scope.level)) ||
    (having !== undefined && hasAggregate(having, scope.level))
  const standIn = scope.standIn === undefined ? undefined : `(SELECT 1 AS c0) AS ${scope.standIn}`
  return {
    scope,
    node,
    items,
    windows,
    from: from?.sql ?? standIn,
    where,
    groups,
    having,
    terms,
    dependencies: [...equalities, ...(from?.dependencies ?? [])],
    aggregated,
    grouped: groups.length > 0 || aggregated || scope.hasAggregate,
  }
}
