/** Queries for what is not there. */
import type { Linking } from './link.ts'
import type { Build, Maker } from './maker.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

/** `never`, `without`, `no`: rows that no other table refers to, or a column that is empty. */
export function negationFrames(
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
