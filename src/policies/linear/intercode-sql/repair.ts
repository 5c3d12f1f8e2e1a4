/** Queries one change away from the last one: a clause added, dropped or changed, another column, join, aggregate or order. */
import { numberColumns, projections } from './asked-columns.ts'
import { type Fit, type Fitted, fitOf, overall } from './fit.ts'
import type { Linking } from './link.ts'
import { conditionOf } from './maker.ts'
import {
  AGGREGATES,
  type Condition,
  OPERATORS,
  type Plan,
  type Ref,
  sameTerm,
  type Term,
  textOf,
  type Written,
  writeClauses,
} from './plan.ts'
import type { Column } from './schema.ts'

/** What was changed. */
export const EDITS = ['select', 'aggregate', 'where', 'order', 'limit', 'distinct', 'group', 'join'] as const
export type Edit = (typeof EDITS)[number]

export interface Repaired {
  readonly sql: string
  readonly plan: Plan
  readonly fit: Fit
  readonly edit: Edit
  readonly score: number
}

/** How the last query went. */
export type Went = 'error' | 'empty' | 'one' | 'many'

/** Repairs offered at once. */
export const MOST_REPAIRS = 8

export function repair(plan: Plan, linking: Linking, went: Went): readonly Repaired[] {
  const written: Written = { plan, clauses: writeClauses(plan) }
  const fitted: Fitted = { plan, fit: fitOf(plan, linking) }
  const last = textOf(written.clauses)
  const found = new Map<string, Repaired>()
  for (const [edit, changed, bonus] of neighbours(plan, linking, went)) {
    const sql = textOf(writeClauses(changed, written))
    if (sql === last) continue
    const fit = fitOf(changed, linking, fitted)
    const score = overall(fit) + bonus
    const known = found.get(sql)
    if (known === undefined || known.score < score) found.set(sql, { sql, plan: changed, fit, edit, score })
  }
  const ranked = [...found.values()].sort((a, b) => b.score - a.score)
  // Of each kind of change two at most, so that one kind does not crowd out the others.
  const taken = new Map<Edit, number>()
  const kept = ranked.filter(({ edit }) => {
    const count = (taken.get(edit) ?? 0) + 1
    taken.set(edit, count)
    return count <= 2
  })
  return kept.slice(0, MOST_REPAIRS)
}

type Neighbour = readonly [edit: Edit, plan: Plan, bonus: number]

function* neighbours(plan: Plan, linking: Linking, went: Went): Generator<Neighbour> {
  yield* selections(plan, linking)
  yield* conditions(plan, linking, went)
  yield* orders(plan, linking)
  if (plan.groupBy.length === 0) yield ['distinct', { ...plan, distinct: !plan.distinct }, 0]
  yield* groups(plan)
  yield* joins(plan, linking)
}

function columnsAt(plan: Plan, linking: Linking): readonly { readonly ref: Ref; readonly column: Column }[] {
  return plan.from.flatMap(({ table }, slot) =>
    (linking.byName(table)?.columns ?? []).map((column) => ({ ref: { slot, column: column.name }, column })),
  )
}

function refTo(plan: Plan, column: Column): Ref | undefined {
  const slot = plan.from.findIndex(({ table }) => table === column.table)
  return slot < 0 ? undefined : { slot, column: column.name }
}

function* selections(plan: Plan, linking: Linking): Generator<Neighbour> {
  const { select } = plan
  const main = linking.byName(plan.from[0]?.table ?? '')
  if (plan.groupBy.length === 0 && select.every(({ aggregate }) => aggregate === undefined)) {
    const said = columnsAt(plan, linking).filter(({ column }) => linking.column(column).score > 0.5)
    for (const { ref } of said) {
      const term = { ref }
      if (select.some((other) => sameTerm(other, term))) continue
      if (select.length < 4) yield ['select', { ...plan, select: [...select, term] }, 0]
      if (select.length === 1) yield ['select', { ...plan, select: [term] }, 0]
    }
    for (const { table } of plan.from.slice(1)) {
      const partner = linking.byName(table)
      for (const columns of partner === undefined ? [] : projections(linking, partner).slice(0, 1)) {
        const refs = columns.flatMap((c) => refTo(plan, c) ?? []).map((ref) => ({ ref }))
        if (refs.length > 0) yield ['select', { ...plan, select: refs }, 0]
      }
    }
    if (main !== undefined && select.length === 1)
      yield [
        'aggregate',
        { ...plan, select: [{ aggregate: 'count' }], orderBy: [], limit: undefined, distinct: false },
        0,
      ]
  }
  if (select.length > 1) {
    yield ['select', { ...plan, select: select.slice(0, -1) }, -0.2]
    yield ['select', { ...plan, select: [...select.slice(1), select[0] as Term] }, 0]
  }
  for (const [i, term] of select.entries()) {
    if (term.aggregate === undefined) continue
    const swap = (other: Term): Plan => ({
      ...plan,
      select: select.map((t, k) => (k === i ? other : t)),
      orderBy: plan.orderBy.map((o) => (sameTerm(o.term, term) ? { ...o, term: other } : o)),
    })
    for (const column of numberColumns(linking, main ?? (linking.tables[0] as NonNullable<typeof main>))) {
      const ref = refTo(plan, column)
      if (ref === undefined) continue
      for (const aggregate of AGGREGATES)
        if (!aggregate.startsWith('count') && linking.question.aggregates.some((cue) => cue.aggregate === aggregate))
          yield ['aggregate', swap({ aggregate, ref }), 0.3 * linking.column(column).score]
    }
    if (term.aggregate !== 'count') yield ['aggregate', swap({ aggregate: 'count' }), 0]
  }
}

function* conditions(plan: Plan, linking: Linking, went: Went): Generator<Neighbour> {
  const { where } = plan
  const poor = went === 'empty' || went === 'error' ? 1 : 0
  for (const [i, condition] of where.entries()) {
    const put = (other: Condition): Plan => ({ ...plan, where: where.map((c, k) => (k === i ? other : c)) })
    yield ['where', { ...plan, where: where.filter((_, k) => k !== i) }, poor]
    if (condition.kind === 'compare') {
      const placed = linking.placed.find(({ value }) => value.text === condition.value)
      for (const { column } of placed?.options ?? []) {
        const ref = refTo(plan, column)
        if (placed !== undefined && ref !== undefined)
          yield ['where', put(conditionOf(placed.value, column, ref)), poor]
      }
      if (condition.text && condition.operator === '=')
        yield ['where', put({ kind: 'like', ref: condition.ref, value: condition.value }), poor * 1.5 - 0.5]
      for (const operator of OPERATORS)
        if (!condition.text && operator !== condition.operator && operator.startsWith(condition.operator.charAt(0)))
          yield ['where', put({ ...condition, operator }), -0.3]
    }
    if (condition.kind === 'null' || condition.kind === 'in')
      yield ['where', put({ ...condition, not: !condition.not }), poor - 0.3]
    if (condition.kind === 'whole' && condition.operator !== '=')
      yield ['where', put({ ...condition, operator: condition.operator === '>' ? '<' : '>' }), poor - 0.2]
  }
  if (where.length > 1)
    yield ['where', { ...plan, any: !plan.any }, linking.question.or === plan.any ? -0.5 : 0.5 + poor]
  for (const { value, options } of linking.placed) {
    if (where.some((c) => (c.kind === 'compare' || c.kind === 'like') && c.value === value.text)) continue
    if (plan.having?.value === value.text) continue
    for (const { column } of options.slice(0, 2)) {
      const ref = refTo(plan, column)
      if (ref !== undefined) yield ['where', { ...plan, where: [...where, conditionOf(value, column, ref)] }, 0.2]
    }
  }
}

function* orders(plan: Plan, linking: Linking): Generator<Neighbour> {
  const { orderBy, select, limit } = plan
  const [order] = orderBy
  const single = select.every(({ aggregate }) => aggregate !== undefined)
  if (single) return
  if (order !== undefined) {
    yield ['order', { ...plan, orderBy: [{ ...order, descending: !order.descending }] }, 0]
    if (limit === undefined) yield ['order', { ...plan, orderBy: [] }, 0]
  }
  for (const term of select)
    for (const descending of [false, true])
      if (order === undefined || !sameTerm(order.term, term)) {
        const said = linking.question.order?.descending
        yield [
          'order',
          { ...plan, orderBy: [{ term, descending }] },
          said === undefined || said === descending ? 0.1 : -0.3,
        ]
      }
  if (limit !== undefined) yield ['limit', { ...plan, limit: undefined }, 0]
  else if (order !== undefined)
    yield ['limit', { ...plan, limit: linking.question.limit ?? 1 }, linking.question.superlatives.length > 0 ? 0 : -1]
}

function* groups(plan: Plan): Generator<Neighbour> {
  const { groupBy, select, having } = plan
  if (groupBy.length > 0) {
    if (having !== undefined) {
      yield ['group', { ...plan, having: undefined }, -0.3]
      for (const operator of OPERATORS)
        if (operator !== having.operator && operator.startsWith(having.operator.charAt(0)))
          yield ['group', { ...plan, having: { ...having, operator } }, -0.2]
    }
    if (select.length > groupBy.length) yield ['group', { ...plan, select: select.slice(0, groupBy.length) }, 0]
    else yield ['group', { ...plan, select: [...select, { aggregate: 'count' }] }, 0]
    return
  }
  const plain = select.filter(({ aggregate }) => aggregate === undefined)
  const refs = plain.flatMap(({ ref }) => ref ?? [])
  if (refs.length > 0 && refs.length === select.length)
    yield ['group', { ...plan, select: [...select, { aggregate: 'count' }], groupBy: refs, distinct: false }, 0]
}

/** The same tables joined along another pair of columns. */
function* joins(plan: Plan, linking: Linking): Generator<Neighbour> {
  for (const [i, source] of plan.from.entries()) {
    const { on } = source
    if (on === undefined) continue
    const left = plan.from[on.left.slot]?.table
    for (const { from, to } of linking.links) {
      if (from.table !== left || to.table !== source.table) continue
      if (from.name === on.left.column && to.name === on.column) continue
      const changed = { ...source, on: { left: { slot: on.left.slot, column: from.name }, column: to.name } }
      yield ['join', { ...plan, from: plan.from.map((s, k) => (k === i ? changed : s)) }, 0]
    }
  }
}
