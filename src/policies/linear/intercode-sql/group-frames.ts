/** Queries over groups: how many of each, an aggregate of each, groups held against a number, the group with the most. */
import { groupColumns } from './asked-columns.ts'
import type { Linking } from './link.ts'
import type { Build, Maker } from './maker.ts'
import type { Aggregate, Ref, Term } from './plan.ts'
import type { Value } from './question/values.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

export function groupFrames(
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

/** The number that groups are held against: `at least 3 times`, `more than 8 loans`. */
function havingValue({ question }: Linking): Value | undefined {
  return question.values.find(
    ({ kind, operator, high, text }) =>
      kind === 'number' && operator !== '=' && high === undefined && Number(text) < 1000,
  )
}
