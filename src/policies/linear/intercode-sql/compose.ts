/**
 * Queries that a question may mean, from the tables described so far. Each frame is one shape of query (a plain list, an
 * aggregate, groups, the top few, ...) with a score for how strongly the question's words call for it; the scores only
 * decide which few are offered, the policy's weights decide among those.
 */
import { numberColumns, projections, superlativeColumns } from './asked-columns.ts'
import { groupFrames } from './group-frames.ts'
import type { Linking, Placed } from './link.ts'
import { type Build, type Compared, Maker } from './maker.ts'
import { negationFrames } from './negation-frames.ts'
import { type Aggregate, type Plan, writePlan } from './plan.ts'
import type { Value } from './question/values.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

export interface Composed {
  readonly sql: string
  readonly plan: Plan
  /** How strongly the question's words call for this shape; roughly -1 to 8. */
  readonly score: number
}

/** Queries offered from scratch. */
export const MOST_COMPOSED = 10

export function compose(linking: Linking): readonly Composed[] {
  const best = new Map<string, Composed>()
  const keep = (plan: Plan | undefined, score: number): void => {
    if (plan === undefined || plan.select.length === 0) return
    const sql = writePlan(plan)
    const known = best.get(sql)
    if (known === undefined || known.score < score) best.set(sql, { sql, plan, score })
  }
  const mains = mainTables(linking)
  const top = mains[0]?.score ?? 0
  const placed = placements(linking, [])
  for (const { table, score } of mains) frames(linking, table, score - top, placed, keep)
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_COMPOSED)
}

/** Tables that the query may be about, the likeliest first, three at most. */
function mainTables(linking: Linking): readonly { readonly table: Table; readonly score: number }[] {
  const { question, tables } = linking
  const subject = /\b(?:how many|number of|count(?: the)?|which|what|names? (?:of|the)|who)\b/.exec(question.lower)
  const start = subject === null ? 0 : subject.index
  return tables
    .map((table) => {
      const { score, at } = linking.table(table.name)
      const first = at.find((offset) => offset >= start) ?? at[0] ?? 400
      const columns = table.columns.reduce((sum, column) => sum + (column.key ? 0 : linking.column(column).score), 0)
      return { table, score: score * (1.8 - Math.min(1.2, first / 55)) + 0.25 * Math.min(3, columns) }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
}

type Keep = (plan: Plan | undefined, score: number) => void

/** @param placed the placements of all values */
function frames(linking: Linking, main: Table, prior: number, placed: Placements, keep: Keep): void {
  const { question } = linking
  const build: Build = (score, make, skip = []) => {
    for (const [variant, loss] of skip.length === 0 ? placed : placements(linking, skip)) {
      const maker = new Maker(linking, main, variant)
      if (!make(maker)) continue
      const plan = maker.finish()
      if (plan !== undefined) keep(plan, prior + score - loss + 0.6 * maker.placed + Math.log(maker.draft.trust) * 0.7)
    }
  }
  const counts =
    !/^(?:when|where)\b/.test(question.lower) &&
    question.aggregates.some(({ aggregate }) => aggregate === 'count' || aggregate === 'count-distinct')
  const other = question.aggregates.find(({ aggregate }) => !/^count/.test(aggregate))
  const grouped = question.groups.length > 0 && question.aggregates.length > 0
  const numeric = numberColumns(linking, main)
  const projected = projections(linking, main)
  const average = question.average
  // The row with the most is asked for, not the most itself.
  const rowsAsked =
    question.limit !== undefined ||
    (/^(?:which|who|names?\b|titles?\b|what is the (?:name|title|designation|label)|designation|first|last)/.test(
      question.lower,
    ) &&
      !/^which is the (?:large|small|high|low)/.test(question.lower)) ||
    /[?.;] (?:give|name|show)|\bname of\b|\btitle of\b/.test(question.lower)

  // The most of something, or none of it, is asked for.
  const ranked = question.superlatives.length > 0 || question.negation !== undefined
  // A plain list.
  for (const [i, columns] of projected.entries())
    build((counts || grouped || other !== undefined ? 0.5 : 2) - 0.5 * i - (ranked ? 0.6 : 0), (m) => m.show(columns))
  // A condition on another table may repeat a row.
  if (
    !counts &&
    projected[0] !== undefined &&
    linking.placed.some(({ options }) => options[0]?.column.table !== main.name)
  )
    build(question.distinct ? 2.6 : 1.5, (m) => m.distinct().show(projected[0] ?? []))
  // Two or more things side by side.
  const mentioned = linking.tables.filter((t) => linking.table(t.name).score > 0.5)
  for (const partner of mentioned)
    if (partner !== main) {
      const both = [...nameColumns(main).slice(0, 1), ...nameColumns(partner).slice(0, 1)]
      const partnerSaid =
        /\b(?:with|and|of) (?:the |its |their |each )?(?:\w+ )?(?:name|title|\w+ name)\b|\bwho \w+ which\b/.test(
          question.lower,
        )
      const plain = counts || other !== undefined || question.negation !== undefined
      const score = plain ? 0 : (linking.placed.length === 0 ? 2.4 : 0.8) + (partnerSaid ? 0.6 : 0)
      build(score, (m) => m.show(both))
      if (
        linking.table(partner.name).at[0] !== undefined &&
        (linking.table(partner.name).at[0] ?? 0) < (linking.table(main.name).at[0] ?? 400)
      )
        build(score + 0.3, (m) => m.show([...both].reverse()))
    }
  // One number.
  build((counts ? (grouped ? 0.4 : 2.8) : 0) - (question.negation === undefined ? 0 : 0.5), (m) =>
    m.say([{ aggregate: 'count' }]),
  )
  for (const [i, column] of numeric.entries()) {
    const said = linking.column(column).score
    for (const aggregate of scalarAggregates(linking, column, counts))
      build(
        1.6 +
          said -
          0.4 * i -
          (grouped ? 1.6 : 0) +
          (other?.aggregate === aggregate ? 0.7 : 0) -
          (average ? 1.5 : 0) -
          (/^m/.test(aggregate) && rowsAsked ? 2 : 0),
        (m) => m.say([{ aggregate, ref: m.ref(column) }]),
      )
  }
  const both = question.aggregates.filter(({ aggregate }) => aggregate === 'min' || aggregate === 'max')
  if (new Set(both.map((cue) => cue.aggregate)).size === 2 && numeric[0] !== undefined) {
    const [column] = numeric
    const kinds = [...new Set(both.map((cue) => cue.aggregate))]
    build(3.6, (m) => m.say(kinds.map((aggregate) => ({ aggregate, ref: m.ref(column) }))))
  }
  // Distinct values, and how many there are.
  if (question.distinct) {
    const columns = main.columns.filter((c) => !c.primary && linking.column(c).score > 0.5).slice(0, 2)
    for (const column of columns) {
      build(counts ? 3.4 : 0.5, (m) => m.say([{ aggregate: 'count-distinct', ref: m.ref(column) }]))
      build(counts ? 0.5 : 2.6, (m) => m.distinct().show([column]))
    }
    for (const columns of projected.slice(0, 1)) build(2.2, (m) => m.distinct().show(columns))
  }
  groupFrames(linking, main, counts, other?.aggregate, numeric, build)
  // The top few, and the one with the most.
  const superlative = question.superlatives[0]
  if (superlative !== undefined || question.limit !== undefined) {
    const most = superlative?.most ?? true
    const columns = superlativeColumns(linking, main)
    for (const [i, column] of columns.entries()) {
      const descending = /^(?:old|young)/.test(superlative?.word ?? '') && column.dateLike ? !most : most
      for (const [j, shown] of projected.slice(0, 2).entries()) {
        const score = (question.limit === undefined ? 1.6 : 3.2) - 0.5 * i - 0.4 * j - (counts ? 1.5 : 0)
        build(score, (m) => m.show(shown) && m.order(column, descending, question.limit ?? 1))
      }
      if (question.limit === undefined)
        build(1.9 - 0.5 * i - (counts || grouped ? 1.5 : 0), (m) => {
          const aggregate = descending ? 'max' : 'min'
          return m.show(projected[0] ?? []) && m.where({ kind: 'whole', ref: m.ref(column), operator: '=', aggregate })
        })
    }
  }
  // Above the average.
  if (average !== undefined)
    for (const [i, column] of numeric.entries())
      for (const [j, shown] of projected.slice(0, 2).entries())
        build(3.4 - 0.5 * i - 0.3 * j + (counts ? -0.5 : 0), (m) => {
          const operator = average.above ? '>' : '<'
          const shows = counts && j === 1 ? m.say([{ aggregate: 'count' }]) : m.show(shown)
          return shows && m.where({ kind: 'whole', ref: m.ref(column), operator, aggregate: 'avg' })
        })
  negationFrames(linking, main, counts, projected, build)
}

/** What values are compared with, and how much worse that is than the best. */
type Placements = readonly (readonly [compared: readonly Compared[], loss: number])[]

/** Which column each value is compared with: the best of all, and with one of them second best. */
function placements(linking: Linking, skip: readonly Value[]): Placements {
  const values = linking.placed.filter(
    ({ value }) => !skip.includes(value) && !(skip.length > 0 && value.at === skip[0]?.at),
  )
  const first = values.map((placed) => pick(placed, 0))
  const variants: (readonly [readonly Compared[], number])[] = [[first, 0]]
  for (const [i, placed] of values.entries()) {
    const [a, b] = placed.options
    if (a !== undefined && b !== undefined && variants.length < 3) {
      const other = first.map((condition, k) => (k === i ? pick(placed, 1) : condition))
      variants.push([other, 0.3 + Math.min(1.5, (a.score - b.score) * 0.7)])
    }
    if (placed.value.kind === 'word' && variants.length < 4) {
      const less = first.filter((_, k) => k !== i)
      variants.push([less, Math.min(1.6, 0.6 * (a?.score ?? 0))])
    }
  }
  return variants
}

function pick({ value, options }: Placed, i: number): Compared {
  return { value, column: (options[i] ?? options[0])?.column as Column } // placed values have an option
}

function scalarAggregates(linking: Linking, column: Column, counts: boolean): readonly Aggregate[] {
  const { question } = linking
  const said = [...new Set(question.aggregates.map(({ aggregate }) => aggregate).filter((a) => !/^count/.test(a)))]
  if (said.length > 0) return said.slice(0, 2)
  const [superlative] = question.superlatives
  if (superlative !== undefined) return [superlative.most ? 'max' : 'min']
  return counts && linking.column(column).score > 0.7 ? ['sum'] : []
}
