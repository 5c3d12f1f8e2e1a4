/** One query in the making: what it shows, then the conditions of the question's values, then its order. */
import { Draft } from './draft.ts'
import type { Linking } from './link.ts'
import type { Condition, Plan, Ref, Term } from './plan.ts'
import type { Value } from './question/values.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

/** A value of the question, and the column that it is compared with. */
export interface Compared {
  readonly value: Value
  readonly column: Column
}

/**
 * Offers what comes of `make`, which says whether it could.
 * @param score how strongly the question's words call for it
 * @param skip values that are no conditions of this query
 */
export type Build = (score: number, make: (maker: Maker) => boolean, skip?: readonly Value[]) => void

/** The condition that a value makes of a column. */
export function conditionOf(value: Value, column: Column, ref: Ref): Condition {
  const text = column.kind !== 'number'
  if (value.high !== undefined) return { kind: 'between', ref, low: value.text, high: value.high, text }
  if (value.quoted && text && value.kind === 'name') return { kind: 'like', ref, value: value.text }
  return { kind: 'compare', ref, operator: value.operator, value: value.text, text }
}

export class Maker {
  readonly linking: Linking
  readonly draft: Draft
  /** Values that became conditions. */
  readonly placed: number
  readonly #values: readonly Compared[]
  #select: readonly Term[] = []
  #conditions: Condition[] = []
  #groupBy: readonly Ref[] = []
  #having: Plan['having']
  #orderBy: Plan['orderBy'] = []
  #limit: number | undefined
  #distinct = false

  constructor(linking: Linking, main: Table, values: readonly Compared[]) {
    this.linking = linking
    this.draft = new Draft(linking, main)
    this.#values = values
    this.placed = values.length
  }

  ref(column: Column): Ref {
    return this.draft.ref(column)
  }

  show(columns: readonly Column[]): boolean {
    return this.say(columns.map((column) => ({ ref: this.ref(column) })))
  }

  say(terms: readonly Term[]): boolean {
    this.#select = terms
    return true
  }

  distinct(): this {
    this.#distinct = true
    return this
  }

  where(condition: Condition): boolean {
    this.#conditions.push(condition)
    return true
  }

  order(column: Column, descending: boolean, limit: number): boolean {
    return this.orderBy({ ref: this.ref(column) }, descending, limit)
  }

  orderBy(term: Term, descending: boolean, limit: number): boolean {
    this.#orderBy = [{ term, descending }]
    this.#limit = limit
    return true
  }

  /** @param shows whether the aggregates are selected too */
  group(
    by: readonly Ref[],
    terms: readonly Term[],
    having: Value | undefined,
    shows = true,
    held: Term = { aggregate: 'count' },
  ): boolean {
    this.#groupBy = by
    this.#select = [...by.map((ref) => ({ ref })), ...(shows ? terms : [])]
    if (having !== undefined) {
      const operator = having.operator === '=' ? '>' : having.operator
      this.#having = { term: held, operator, value: having.text }
    }
    return true
  }

  finish(): Plan | undefined {
    const conditions = this.#values.map(({ value, column }) => conditionOf(value, column, this.ref(column)))
    if (this.draft.broken) return undefined
    if (this.#orderBy.length === 0) this.#orderBy = this.#spokenOrder()
    const { question } = this.linking
    const own = this.#values.length > 1 && question.or && this.#conditions.length === 0
    return {
      from: this.draft.sources,
      distinct:
        this.#distinct ||
        (question.distinct && this.#groupBy.length === 0 && this.#select.every((t) => t.aggregate === undefined)),
      select: this.#select,
      where: [...this.#conditions, ...conditions],
      any: own,
      groupBy: this.#groupBy,
      having: this.#having,
      orderBy: this.#orderBy,
      limit: this.#limit,
    }
  }

  /** The order that the question speaks of, among what is shown where it can be. */
  #spokenOrder(): Plan['orderBy'] {
    const { order } = this.linking.question
    if (order === undefined || this.#select.length === 0) return []
    if (order.temporal && this.#groupBy.length > 0) {
      const moment = this.#select.find(
        (t) => t.aggregate === undefined && t.ref !== undefined && this.#column(t.ref)?.dateLike,
      )
      if (moment !== undefined) return [{ term: moment, descending: order.descending ?? false }]
    }
    const [first] = this.#select
    if (order.temporal && this.#groupBy.length === 0 && this.#select.every((t) => t.aggregate === undefined)) {
      const moment = this.#moment()
      if (moment !== undefined) return [{ term: { ref: moment }, descending: order.descending ?? false }]
    }
    if (first === undefined || (first.aggregate !== undefined && this.#groupBy.length === 0)) return []
    if (order.words.includes('count') || order.words.includes('total')) {
      const counted = this.#select.find((t) => t.aggregate !== undefined)
      if (counted !== undefined) return [{ term: counted, descending: order.descending ?? false }]
    }
    const named = this.#select.find((t) => t.ref !== undefined && this.#saidIn(t.ref, order.words))
    const number = this.#select.find((t) => t.aggregate !== undefined) ?? this.#select.find((t) => this.#isNumber(t))
    if (named !== undefined) return [{ term: named, descending: order.descending ?? false }]
    if (order.alphabetical) return [{ term: first, descending: false }]
    if (order.words.length > 0) {
      const outside = this.#outside(order.words)
      if (outside !== undefined && this.#groupBy.length === 0)
        return [{ term: { ref: outside }, descending: order.descending ?? false }]
      if (this.#groupBy.length > 0) return [{ term: first, descending: order.descending ?? false }]
    }
    if (order.descending !== undefined) return [{ term: number ?? first, descending: order.descending }]
    return [{ term: first, descending: false }]
  }

  #column(ref: Ref): Column | undefined {
    const source = this.draft.sources[ref.slot]
    return source && this.linking.byName(source.table)?.columns.find((c) => c.name === ref.column)
  }

  /** A date or year: one that is shown, one that a condition is about, one that the question speaks of, any. */
  #moment(): Ref | undefined {
    const isMoment = (ref: Ref | undefined): boolean => ref !== undefined && this.#column(ref)?.dateLike === true
    const shown = this.#select.find((t) => isMoment(t.ref))?.ref
    if (shown !== undefined) return shown
    const compared = this.#values.find(({ column }) => column.dateLike)?.column
    if (compared !== undefined) return this.ref(compared)
    const all = this.draft.sources.flatMap(({ table }, slot) =>
      (this.linking.byName(table)?.columns ?? [])
        .filter((c) => c.dateLike)
        .map((c) => ({ ref: { slot, column: c.name }, score: this.linking.column(c).score - 0.1 * slot })),
    )
    return all.sort((a, b) => b.score - a.score)[0]?.ref
  }

  #isNumber(term: Term): boolean {
    const column = term.ref && this.#column(term.ref)
    return column !== undefined && (column.kind === 'number' || column.dateLike)
  }

  #saidIn(ref: Ref, words: readonly string[]): boolean {
    const column = this.#column(ref)
    if (column === undefined) return false
    const table = this.linking.byName(column.table)
    if (column.words.some((w) => words.includes(w) && w !== 'name')) return true
    return (
      table !== undefined &&
      nameColumns(table).includes(column) &&
      (words.includes('name')
        ? table.words.some((w) => words.includes(w)) || words.length === 1
        : table.words.some((w) => words.includes(w)))
    )
  }

  #outside(words: readonly string[]): Ref | undefined {
    for (const [slot, { table }] of this.draft.sources.entries())
      for (const column of this.linking.byName(table)?.columns ?? [])
        if (column.words.some((w) => words.includes(w))) return { slot, column: column.name }
    return undefined
  }
}
