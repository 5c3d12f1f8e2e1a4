/** The columns that a question asks for: to show, to count with, to group and to order by; the likeliest first. */
import type { Linking } from './link.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

/** What is made of a linking and the table that a query begins with, kept as long as the linking is. */
function keptByTable<T>(make: (linking: Linking, main: Table) => T): (linking: Linking, main: Table) => T {
  const kept = new WeakMap<Linking, Map<Table, T>>()
  return (linking, main) => {
    let ofTables = kept.get(linking)
    if (ofTables === undefined) {
      ofTables = new Map()
      kept.set(linking, ofTables)
    }
    let known = ofTables.get(main)
    if (known === undefined) {
      known = make(linking, main)
      ofTables.set(main, known)
    }
    return known
  }
}

/** Numeric columns that an aggregate may be of, the likeliest first. */
export const numberColumns = keptByTable((linking, main): readonly Column[] => {
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
})

/** Columns that may say which row has the most or the least. */
export function superlativeColumns(linking: Linking, main: Table): readonly Column[] {
  const dates = linking.tables.flatMap((t) =>
    t.columns.filter((c) => c.kind === 'date' && linking.column(c).score > 0.5),
  )
  return [
    ...new Set([...numberColumns(linking, main).slice(0, 2), ...dates.filter((c) => c.table === main.name)]),
  ].slice(0, 3)
}

/** Columns by which rows may be grouped: what stands after `each` or `per`, else what else is mentioned. */
export function groupColumns(linking: Linking, main: Table): readonly (readonly Column[])[] {
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

/** What a list may show: the name, with the columns that the question names as well, those alone. */
export const projections = keptByTable((linking, main): readonly (readonly Column[])[] => {
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
})

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
