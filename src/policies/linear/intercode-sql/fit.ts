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

export function fitOf(plan: Plan, linking: Linking): Fit {
  const { question } = linking
  const aggregates = plan.select.filter((term) => term.aggregate !== undefined)
  const orders = plan.orderBy.some((o) => o.term.aggregate !== undefined)
  const cues = question.aggregates
  const matched = aggregates.filter(({ aggregate }) => cues.some((cue) => cue.aggregate === aggregate)).length
  const calls =
    cues.some(({ aggregate }) => aggregate !== 'max' && aggregate !== 'min') && question.average === undefined
  const whole = plan.where.some((c) => c.kind === 'whole' && c.aggregate === 'avg')
  const denied = plan.where.some(
    (c) =>
      (c.kind === 'in' && c.not) ||
      (c.kind === 'null' && !c.not) ||
      (c.kind === 'compare' && (c.operator === '<>' || c.value === 'no')),
  )
  const { said } = linking
  const used = new Set(plan.from.map(({ table }) => table))
  for (const condition of plan.where) if (condition.kind === 'in') used.add(condition.table)
  const named = said.filter(({ name }) => used.has(name)).length
  const columns = plan.select.map((term) => columnSaid(plan, linking, term.ref))
  return {
    values: valuesUsed(plan, linking),
    aggregate:
      aggregates.length > 0
        ? matched > 0
          ? matched / aggregates.length
          : cues.length === 0
            ? -1
            : -0.3
        : calls && !orders && plan.having === undefined
          ? -1
          : 0,
    group: agreement(question.groups.length > 0, plan.groupBy.length > 0),
    order: agreement(question.order !== undefined, plan.orderBy.length > 0),
    limit: agreement(question.limit !== undefined, plan.limit !== undefined && plan.limit > 1),
    negation: agreement(question.negation !== undefined, denied),
    distinct: agreement(
      question.distinct,
      plan.distinct || aggregates.some(({ aggregate }) => aggregate === 'count-distinct'),
    ),
    average: agreement(question.average !== undefined, whole),
    columns: columns.reduce((sum, value) => sum + value, 0) / Math.max(1, columns.length),
    unsaid: plan.from.filter(({ table }) => linking.table(table).score <= 0.4).length,
    tables: said.length === 0 ? 0 : named / said.length,
    joins: plan.from.length - 1,
  }
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
