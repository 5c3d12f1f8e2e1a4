/** How well a query agrees with the words of its question, aspect by aspect. Both composed and repaired ones are measured so. */
import type { Linking } from './link.ts'
import type { Condition, Plan } from './plan.ts'
import { nameColumns } from './schema.ts'

/** Each between -1 (the question calls for it and the query lacks it, or the other way round) and 1 (called for and there). */
export interface Fit {
  /** Share of the question's values in conditions. */
  readonly values: number
  readonly aggregate: number
  readonly group: number
  readonly order: number
  readonly limit: number
  readonly negation: number
  readonly distinct: number
  readonly average: number
  /** Share of the selected columns that the question speaks of, names of things included. */
  readonly columns: number
  /** Tables that the question does not name (count). */
  readonly unsaid: number
  /** Share of the described tables that the question names which the query uses. */
  readonly tables: number
  readonly joins: number
}

function agreement(cue: boolean, there: boolean): number {
  return cue === there ? (cue ? 1 : 0) : -1
}

/** A query whose fit is known: others take from it what they share with it. */
export interface Fitted {
  readonly plan: Plan
  readonly fit: Fit
}

/** @param like a query that shares clauses with it, the very objects */
export function fitOf(plan: Plan, linking: Linking, like?: Fitted): Fit {
  const { question } = linking
  const other = like?.plan
  const known = like?.fit
  const sameFrom = other?.from === plan.from
  const sameSelect = other?.select === plan.select
  const sameWhere = other?.where === plan.where
  const sameHaving = other?.having === plan.having
  return {
    values: known !== undefined && sameWhere && sameHaving ? known.values : valuesUsed(plan, linking),
    aggregate:
      known !== undefined && sameSelect && sameHaving && other?.orderBy === plan.orderBy
        ? known.aggregate
        : aggregateFit(plan, linking),
    group: agreement(question.groups.length > 0, plan.groupBy.length > 0),
    order: agreement(question.order !== undefined, plan.orderBy.length > 0),
    limit: agreement(question.limit !== undefined, plan.limit !== undefined && plan.limit > 1),
    negation:
      known !== undefined && sameWhere ? known.negation : agreement(question.negation !== undefined, denies(plan)),
    distinct: agreement(
      question.distinct,
      plan.distinct || plan.select.some(({ aggregate }) => aggregate === 'count-distinct'),
    ),
    average:
      known !== undefined && sameWhere
        ? known.average
        : agreement(
            question.average !== undefined,
            plan.where.some((c) => c.kind === 'whole' && c.aggregate === 'avg'),
          ),
    columns: known !== undefined && sameSelect && sameFrom ? known.columns : columnsSaid(plan, linking),
    unsaid:
      known !== undefined && sameFrom
        ? known.unsaid
        : plan.from.filter(({ table }) => linking.table(table).score <= 0.4).length,
    tables: known !== undefined && sameFrom && sameWhere ? known.tables : tablesUsed(plan, linking),
    joins: plan.from.length - 1,
  }
}

function aggregateFit({ select, orderBy, having }: Plan, { question }: Linking): number {
  const cues = question.aggregates
  let aggregates = 0
  let matched = 0
  for (const { aggregate } of select) {
    if (aggregate === undefined) continue
    aggregates++
    if (cues.some((cue) => cue.aggregate === aggregate)) matched++
  }
  if (aggregates > 0) {
    if (matched > 0) return matched / aggregates
    return cues.length === 0 ? -1 : -0.3
  }
  const calls =
    cues.some(({ aggregate }) => aggregate !== 'max' && aggregate !== 'min') && question.average === undefined
  const orders = orderBy.some(({ term }) => term.aggregate !== undefined)
  return calls && !orders && having === undefined ? -1 : 0
}

/** Whether some condition leaves out what is so. */
function denies({ where }: Plan): boolean {
  return where.some(
    (c) =>
      (c.kind === 'in' && c.not) ||
      (c.kind === 'null' && !c.not) ||
      (c.kind === 'compare' && (c.operator === '<>' || c.value === 'no')),
  )
}

function tablesUsed({ from, where }: Plan, { said }: Linking): number {
  if (said.length === 0) return 0
  const used = said.filter(
    ({ name }) => from.some(({ table }) => table === name) || where.some((c) => c.kind === 'in' && c.table === name),
  )
  return used.length / said.length
}

function columnsSaid(plan: Plan, linking: Linking): number {
  let sum = 0
  for (const { ref } of plan.select) sum += columnSaid(plan, linking, ref)
  return sum / Math.max(1, plan.select.length)
}

function columnSaid(plan: Plan, linking: Linking, ref: Plan['groupBy'][number] | undefined): number {
  if (ref === undefined) return 1
  const table = linking.byName(plan.from[ref.slot]?.table ?? '')
  const column = table?.columns.find(({ name }) => name === ref.column)
  if (table === undefined || column === undefined) return 0
  const { score } = linking.column(column)
  return nameColumns(table).includes(column)
    ? Math.max(0.8, score) * (linking.table(table.name).score > 0.4 ? 1 : 0.5)
    : score
}

function valuesUsed(plan: Plan, { placed }: Linking): number {
  if (placed.length === 0)
    return plan.where.some((c) => c.kind === 'compare' || c.kind === 'between' || c.kind === 'like') ? -1 : 0
  const used = placed.filter(
    ({ value }) => plan.having?.value === value.text || plan.where.some((c) => holds(c, value.text)),
  ).length
  return used / placed.length
}

function holds(condition: Condition, text: string): boolean {
  if (condition.kind === 'compare' || condition.kind === 'like') return condition.value === text
  return condition.kind === 'between' && condition.low === text
}

/** One number for the order in which queries are offered; not a feature of its own. */
export function overall(fit: Fit): number {
  const asked =
    fit.aggregate +
    fit.group +
    0.5 * fit.order +
    0.7 * fit.limit +
    0.8 * fit.negation +
    0.6 * fit.distinct +
    fit.average
  return asked + 1.5 * fit.values + 0.8 * fit.columns + 0.8 * fit.tables - 0.7 * fit.unsaid - 0.1 * fit.joins
}
