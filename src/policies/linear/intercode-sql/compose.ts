/**
 * Queries that a question may mean, from the tables described so far. Each frame is one shape of query (a plain list, an
 * aggregate, groups, the top few, ...) with a score for how strongly the question's words call for it; the scores only
 * decide which few are offered, the policy's weights decide among those.
 */
import { Draft } from './draft.ts'
import type { Linking, Placed } from './link.ts'
import type { Aggregate, Condition, Plan, Ref, Term } from './plan.ts'
import { writePlan } from './plan.ts'
import type { Value } from './question.ts'
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
  for (const { table, score } of mains) frames(linking, table, score - top, keep)
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

function frames(linking: Linking, main: Table, prior: number, keep: Keep): void {
  const { question } = linking
  const build = (score: number, make: (maker: Maker) => boolean, skip: readonly Value[] = []): void => {
    for (const [variant, loss] of placements(linking, skip)) {
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
  negations(linking, main, counts, projected, build)
}

type Build = (score: number, make: (maker: Maker) => boolean, skip?: readonly Value[]) => void

function groupFrames(
  linking: Linking,
  main: Table,
  counts: boolean,
  other: Aggregate | undefined,
  numeric: readonly Column[],
  build: Build,
): void {
  const { question } = linking
  const grouped = question.groups.length > 0
  const having = havingValue(linking)
  const counted = countedTable(linking)
  const cue = grouped
    ? question.aggregates.length > 0
      ? 3.2
      : 1.2
    : question.aggregates.length > 0 && question.order !== undefined
      ? 1.8
      : 0.2
  for (const [i, columns] of groupColumns(linking, main).entries()) {
    const head = columns[0] as Column // groups have a column
    const plainKey = head.primary && !/\bids?\b|\bnumbers\b/.test(question.lower) ? 2 : 0
    const score = cue - 0.5 * i - plainKey + (head.table === main.name ? 0 : 0.4)
    const owner = linking.byName(head.table)
    const isNamed = head.primary || (owner !== undefined && nameColumns(owner).includes(head))
    // Names do not repeat in their own table: there is nothing to count.
    const repeats =
      (head.table !== main.name || !nameColumns(main).includes(head) ? 0 : 1.6) +
      (head.table === counted && isNamed ? 1.6 : 0)
    const group = (m: Maker): readonly Ref[] => columns.map((c) => m.ref(c))
    if (head.table !== main.name || !head.primary || grouped || having !== undefined) {
      build(
        (counts ? 0.8 : -0.2) + score + (having ? 0.6 : 0) - repeats,
        (m) => m.group(group(m), [{ aggregate: 'count' }], having),
        having ? [having] : [],
      )
      if (having !== undefined)
        build(
          2.4 - 0.5 * i - (counts ? 0.4 : 0) - repeats - plainKey + havingWorth(linking, having),
          (m) => m.group(group(m), [{ aggregate: 'count' }], having, false),
          [having],
        )
    }
    for (const [j, column] of numeric.slice(0, 2).entries()) {
      if (column === head) continue
      const aggregate = other ?? 'sum'
      const terms = (m: Maker): Term[] => [{ aggregate, ref: m.ref(column) }]
      const fits = (other === undefined ? 0.1 : 0.9) + 0.5 * linking.column(column).score - 0.4 * j
      build(score + fits - 0.4, (m) => m.group(group(m), terms(m), undefined))
      if (counts && other !== undefined)
        build(score + fits, (m) => m.group(group(m), [{ aggregate: 'count' }, ...terms(m)], undefined))
      if (having !== undefined && other !== undefined)
        build(
          score + fits + (havingWorth(linking, having) < 0 ? 1.5 : 0.2),
          (m) => m.group(group(m), terms(m), having, true, terms(m)[0]),
          [having],
        )
      if (having !== undefined && other !== undefined)
        build(score + fits - 0.2 + havingWorth(linking, having), (m) => m.group(group(m), terms(m), having), [having])
    }
    const superlative = question.superlatives[0]
    const often = /\b(?:most|least) often\b/.test(question.lower)
    if (superlative !== undefined || often) {
      const most = !/\bleast often\b/.test(question.lower) && (superlative?.most ?? true)
      const mentioned = linking.tables.filter((t) => t.name !== head.table && linking.table(t.name).score > 0.5).length
      const limit = question.limit ?? 1
      build(
        -repeats -
          plainKey +
          (often ? 3.2 : mentioned > 0 && /^(?:most|fewest|least|greatest)/.test(superlative?.word ?? '') ? 2.7 : 0.3) -
          0.5 * i,
        (m) => m.group(group(m), [], undefined) && m.orderBy({ aggregate: 'count' }, most, limit),
      )
      const [column] = numeric
      if (column !== undefined && (other === 'sum' || other === 'avg' || other === 'max'))
        build(
          (question.aggregates.some(({ aggregate }) => aggregate === 'sum') ? 3 : 1.6) - 0.5 * i,
          (m) =>
            m.group(group(m), [], undefined) &&
            m.orderBy({ aggregate: other === 'avg' ? 'avg' : 'sum', ref: m.ref(column) }, most, limit),
        )
    }
    if (/more than (?:one|once)|occurs? (?:more than once|twice)|shared/.test(question.lower))
      build(
        3 - 0.5 * i,
        (m) => m.group(group(m), counts ? [{ aggregate: 'count' }] : [], ONE, counts),
        having ? [having] : [],
      )
  }
}

/** The table whose rows are counted: the first one named after `how many` or `number of`. */
function countedTable(linking: Linking): string | undefined {
  const cue = linking.question.aggregates.find(({ aggregate }) => aggregate === 'count')
  if (cue === undefined) return undefined
  let found: string | undefined
  let first = cue.at + 30
  for (const { name } of linking.tables)
    for (const at of linking.table(name).at)
      if (at > cue.at && at < first) {
        first = at
        found = name
      }
  return found
}

/** Whether a number tells how many rows there must be: `8 times`, `3 loans`. */
function havingWorth(linking: Linking, { end }: Value): number {
  const after = linking.question.lower.slice(end, end + 24)
  if (/^ (?:times|or more times)\b/.test(after)) return 1.2
  const noun = linking.question.tokens.find((token) => token.at >= end && token.at < end + 14 && !token.empty)
  if (noun === undefined) return 0
  if (linking.tables.some((table) => linking.table(table.name).at.includes(noun.at))) return 1.2
  return linking.tables.some((table) =>
    table.columns.some((c) => c.kind === 'number' && linking.column(c).at.includes(noun.at)),
  )
    ? -1
    : 0
}

const ONE: Value = { kind: 'number', text: '1', at: 0, end: 0, operator: '>', high: undefined, quoted: false }

/** `never`, `without`, `no`: rows that no other table refers to, or a column that is empty. */
function negations(
  linking: Linking,
  main: Table,
  counts: boolean,
  projected: readonly (readonly Column[])[],
  build: Build,
): void {
  const { question, tables } = linking
  const { negation } = question
  if (negation === undefined) return
  const shows = (m: Maker): boolean => (counts ? m.say([{ aggregate: 'count' }]) : m.show(projected[0] ?? []))
  const key = main.columns.find((c) => c.primary)
  const never = /\b(?:never|nobody|nothing|without any)\b/.test(question.lower)
  if (key !== undefined)
    for (const other of tables) {
      if (other === main) continue
      const said = linking.table(other.name)
      const near = said.at.some((at) => at > negation - 25) ? 0.8 : 0
      const fks = linking.links.filter((l) => l.from === key && l.to.table === other.name && l.trust >= 0.5)
      for (const [i, link] of fks.slice(0, 2).entries()) {
        const own = link.to.words.some((w) => question.stems.has(w) && !main.words.includes(w)) ? 0.4 : 0
        build(
          (never ? 2.1 : 1.8) + said.score + near + own - 0.3 * i,
          (m) =>
            shows(m) && m.where({ kind: 'in', ref: m.ref(key), not: true, table: other.name, column: link.to.name }),
        )
      }
    }
  const empty = main.columns
    .filter((c) => !(c.primary || c.flag || nameColumns(main).includes(c)))
    .map((c) => {
      const said = linking.column(c)
      const { at } = said
      // `without a warden`: the key that would name one.
      const score = c.key && c.words.every((word) => question.stems.has(word)) ? 1 : said.score
      const after = at.some((offset) => offset > negation) ? 0.7 : 0
      return { column: c, score: score + after + (c.key ? 0.1 : 0) }
    })
    .filter(({ score }) => score > 0.4)
    .sort((a, b) => b.score - a.score)
  for (const { column, score } of empty.slice(0, 3))
    build(1.6 + score, (m) => shows(m) && m.where({ kind: 'null', ref: m.ref(column), not: false }))
}

/** Which column each value is compared with: the best of all, and with one of them second best. */
function placements(linking: Linking, skip: readonly Value[]): readonly (readonly [readonly Condition0[], number])[] {
  const values = linking.placed.filter(
    ({ value }) => !skip.includes(value) && !(skip.length > 0 && value.at === skip[0]?.at),
  )
  const first = values.map((placed) => pick(placed, 0))
  const variants: (readonly [readonly Condition0[], number])[] = [[first, 0]]
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

interface Condition0 {
  readonly value: Value
  readonly column: Column
}

function pick({ value, options }: Placed, i: number): Condition0 {
  return { value, column: (options[i] ?? options[0])?.column as Column } // placed values have an option
}

export function conditionOf(value: Value, column: Column, ref: Ref): Condition {
  const text = column.kind !== 'number'
  if (value.high !== undefined) return { kind: 'between', ref, low: value.text, high: value.high, text }
  if (value.quoted && text && value.kind === 'name') return { kind: 'like', ref, value: value.text }
  return { kind: 'compare', ref, operator: value.operator, value: value.text, text }
}

/** Numeric columns that an aggregate may be of, the likeliest first. */
export function numberColumns(linking: Linking, main: Table): readonly Column[] {
  const used = new Set(
    linking.placed.filter(({ value }) => value.kind !== 'word').map(({ options }) => options[0]?.column),
  )
  return linking.tables
    .flatMap((table) =>
      table.columns
        .filter((c) => c.kind === 'number' && !c.key)
        .map((c) => {
          const { score } = linking.column(c)
          const own = table === main ? 0.3 : 0
          return {
            column: c,
            score:
              score === 0 ? own - 0.6 : score + own + 0.2 * linking.table(table.name).score - (used.has(c) ? 0.35 : 0),
          }
        }),
    )
    .filter(({ score }) => score > -0.5)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ column }) => column)
}

function superlativeColumns(linking: Linking, main: Table): readonly Column[] {
  const dates = linking.tables.flatMap((t) =>
    t.columns.filter((c) => c.kind === 'date' && linking.column(c).score > 0.5),
  )
  return [
    ...new Set([...numberColumns(linking, main).slice(0, 2), ...dates.filter((c) => c.table === main.name)]),
  ].slice(0, 3)
}

function scalarAggregates(linking: Linking, column: Column, counts: boolean): readonly Aggregate[] {
  const { question } = linking
  const said = [...new Set(question.aggregates.map(({ aggregate }) => aggregate).filter((a) => !/^count/.test(a)))]
  if (said.length > 0) return said.slice(0, 2)
  const [superlative] = question.superlatives
  if (superlative !== undefined) return [superlative.most ? 'max' : 'min']
  return counts && linking.column(column).score > 0.7 ? ['sum'] : []
}

/** Columns by which rows may be grouped: what stands after `each` or `per`, else what else is mentioned. */
function groupColumns(linking: Linking, main: Table): readonly (readonly Column[])[] {
  const { question, tables } = linking
  const near = (at: readonly number[]): number =>
    question.groups.length === 0
      ? 0
      : Math.max(
          0,
          ...at.map((offset) =>
            question.groups.some((g) => offset >= g && offset - g < 24)
              ? 1.5 - (offset - (question.groups.find((g) => offset >= g && offset - g < 24) ?? 0)) / 40
              : 0,
          ),
        )
  const ordered = question.order?.words ?? []
  const found: { columns: readonly Column[]; score: number }[] = []
  for (const table of tables) {
    const said = linking.table(table.name)
    const own = table === main ? 0 : 0.2
    const byName = table.words.some((w) => ordered.includes(w)) ? 0.5 : 0
    if (said.score > 0.4)
      found.push({
        columns: nameColumns(table).length > 1 ? namesAsked(linking, nameColumns(table)) : nameColumns(table),
        score: said.score * 0.6 + near(said.at) + own + byName,
      })
    for (const column of table.columns) {
      if (column.primary || nameColumns(table).includes(column)) continue
      const { score, at } = linking.column(column)
      if (score < 0.5 || (column.key && score < 0.9)) continue
      const sorted = column.words.some((w) => ordered.includes(w)) ? 0.5 : 0
      found.push({
        columns: [column],
        score: score * 0.5 + near(at) + sorted + (column.kind === 'text' || column.dateLike ? 0.2 : -0.2),
      })
    }
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ columns }) => columns)
}

/** The number that groups are held against: `at least 3 times`, `more than 8 loans`. */
function havingValue({ question }: Linking): Value | undefined {
  return question.values.find(
    ({ kind, operator, high, text }) =>
      kind === 'number' && operator !== '=' && high === undefined && Number(text) < 1000,
  )
}

/** What a list may show: the name, with the columns that the question names as well, those alone. */
export function projections(linking: Linking, main: Table): readonly (readonly Column[])[] {
  const { question } = linking
  const names = nameColumns(main)
  const used = new Set(linking.placed.map(({ options }) => options[0]?.column))
  const second = /[?.;:]\s/.exec(question.lower)?.index ?? -1
  const cut = question.order === undefined ? Number.POSITIVE_INFINITY : question.order.at
  const stop = /\b(?:of|for|in|whose|that|who|with|where|above|over|under|below|more|born)\b/.exec(
    question.lower.slice(12),
  )
  const zone = 12 + (stop?.index ?? 0)
  const scored = linking.tables
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ table, column }) => {
      const { score, at } = linking.column(column)
      if (names.includes(column) || score < 0.6) return false
      if (nameColumns(table).includes(column) && table !== main) return false
      if (column.primary && score < 1) return false
      return at.some((offset) =>
        second >= 0 && offset > second ? offset < cut + 400 : offset < zone + 20 || !used.has(column),
      )
    })
    .map(({ table, column }) => {
      const { score, at } = linking.column(column)
      const early =
        at[0] !== undefined && (at[0] < zone || (second >= 0 && (at[at.length - 1] ?? 0) > second)) ? 0.5 : 0
      return {
        column,
        score: score + early + (table === main ? 0.3 : 0) - (used.has(column) ? 0.4 : 0),
        at: at[0] ?? 0,
      }
    })
    .sort((a, b) => b.score - a.score)
  const strong = scored.filter(({ score }) => score > 1).slice(0, 3)
  const inOrder = (list: readonly { column: Column; at: number }[]) =>
    [...list].sort((a, b) => a.at - b.at).map(({ column }) => column)
  const spoken = /\bnames?\b|\btitles?\b|\blabels?\b|\bdesignations?\b|\bvariet/.test(question.lower)
  const [best] = strong
  const lists: (readonly Column[])[] = []
  if (/^when\b|\bwhen did\b/.test(question.lower)) {
    const moments = main.columns.filter((c) => c.kind === 'date')
    if (moments[0] !== undefined)
      lists.push([
        moments[0],
        ...strong
          .map(({ column }) => column)
          .filter((c) => c.kind === 'number')
          .slice(0, 1),
      ])
  }
  const nameOf = names.length > 1 ? namesAsked(linking, names) : names
  const withBest = best === undefined ? undefined : [...nameOf, best.column]
  const lastAt = best === undefined ? -1 : (linking.column(best.column).at.at(-1) ?? -1)
  const askedAfter =
    second >= 0 &&
    lastAt > second &&
    lastAt < (question.order !== undefined && question.order.at > second ? question.order.at : 999)
  const imperative =
    /^(?:show|give|list|name and|title and|what|find|\w+ (?:id )?and\b)/.test(question.lower) || second >= 0
  const together = /^[^,?.]{0,30}\band\b[^,?.]{0,30}\b(?:of|for)\b/.test(question.lower)
  if (
    withBest !== undefined &&
    (askedAfter || together || (spoken && imperative && strong.some(({ score }) => score > 1.5)))
  )
    lists.push(withBest, nameOf)
  else lists.push(nameOf, ...(withBest === undefined ? [] : [withBest]))
  if (best !== undefined) lists.push([best.column])
  if (strong.length > 1) lists.push(inOrder(strong.slice(0, 2)))
  return lists
}

/** Of first and last name, those that the question asks for, in its order. */
function namesAsked({ question }: Linking, names: readonly Column[]): readonly Column[] {
  const asked = names
    .map((column) => ({
      column,
      at: column.words.map((w) => question.tokens.find((t) => t.stem === w)?.at).find((at) => at !== undefined),
    }))
    .filter(({ at, column }) => at !== undefined && column.words.some((w) => w !== 'name' && question.stems.has(w)))
    .map(({ column }) => ({ column, at: question.lower.indexOf(column.name.split('_')[0]?.toLowerCase() ?? '') }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ column }) => column)
  return asked.length === 0 ? names : asked
}

/** Puts one query together: what it shows, then the conditions of the question's values, then its order. */
class Maker {
  readonly linking: Linking
  readonly draft: Draft
  /** Values that became conditions. */
  readonly placed: number
  readonly #values: readonly Condition0[]
  #select: readonly Term[] = []
  #conditions: Condition[] = []
  #groupBy: readonly Ref[] = []
  #having: Plan['having']
  #orderBy: Plan['orderBy'] = []
  #limit: number | undefined
  #distinct = false

  constructor(linking: Linking, main: Table, values: readonly Condition0[]) {
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
