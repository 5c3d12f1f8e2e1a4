/** How well a value of the question would stand in a column. */
import type { Mention } from './mentions.ts'
import type { Question } from './question/question.ts'
import type { Value } from './question/values.ts'
import { type Column, nameColumns, type Table } from './schema.ts'

/** Texts seen in results, by column: `table.column`. */
export type SeenTexts = ReadonlyMap<string, ReadonlySet<string>>

const PLACES =
  /city|town|village|country|district|street|island|valley|county|nationality|region|location|address|state|hall/i
const KINDS =
  /kind|type|category|genre|status|difficulty|style|state|class|crop|flavour|flavor|outcome|colou?r|sex|gender|membership|fault|opening|profession|result|language|sky|temper|position/i

/** How near the closest mention is before (or just after) a value: 1 beside it, 0 far off. */
function nearness(mention: Mention, at: number, end: number, question: Question): number {
  let best = 0
  for (const offset of mention.at) {
    const gap = offset < at ? at - offset - 4 : offset >= end ? offset - end + 2 : 0
    const between = offset < at ? question.text.slice(offset, at) : question.text.slice(end, offset)
    const broken = /[.?!;]\s|, | and | or /.test(between) ? 0.4 : 1
    best = Math.max(best, broken * Math.max(0, 1 - Math.max(0, gap) / 32))
  }
  return best
}

export function placeScore(
  question: Question,
  value: Value,
  table: Table,
  column: Column,
  ofTable: Mention,
  ofColumn: Mention,
  seen: SeenTexts,
): number {
  const near = ofColumn.score * nearness(ofColumn, value.at, value.end, question)
  const owner = 0.5 * ofTable.score
  if (value.kind === 'number') {
    if (column.kind !== 'number' || (column.key && (near < 0.5 || ofColumn.score < 0.9))) return 0
    const isYear = /^(?:19|20)\d\d$/.test(value.text)
    const unit = /^\s*([a-z]+)/.exec(question.lower.slice(value.end))?.[1]
    const said =
      unit !== undefined &&
      (column.units.includes(unit) || column.units.some((u) => unit.startsWith(u) && u.length > 3))
    return (
      owner +
      2 * near +
      (isYear === column.dateLike ? 0.5 : isYear ? -0.2 : -1) +
      (said ? 1.2 : 0) +
      0.3 * ofColumn.score
    )
  }
  if (value.kind === 'date') return column.kind === 'date' ? 1 + owner + 2 * near : 0
  if (column.kind !== 'text' || value.text.length > column.longest) return 0
  if (column.flag) return 0
  const isName = nameColumns(table).includes(column)
  let score = owner + (isName ? 0.6 : 2) * near
  if (seen.get(`${column.table}.${column.name}`)?.has(value.text.toLowerCase())) score += 3
  const before = question.lower.slice(Math.max(0, value.at - 10), value.at)
  const beside = isAdjacent(question, ofTable, value.at, value.end)
  if (value.kind === 'name') {
    // What the question asks for is seldom named in it.
    const inside = ofTable.at.some((offset) => offset >= value.at && offset < value.end)
    const subject = ofTable.at[0] !== undefined && ofTable.at[0] < 24 && !(beside || inside)
    if (isName)
      score +=
        0.6 + (value.text.includes(' ') ? 0.7 : 0) + (inside ? 0.6 : 0) + (beside ? 0.9 : 0) - (subject ? 1.1 : 0)
    else score += 0.2
    if (PLACES.test(column.name)) score += /\b(?:from|in|of|at|on|to)\s+(?:the )?$/.test(before) ? 1 : 0.3
    else if (KINDS.test(column.name) && !value.text.includes(' ')) score += 0.4
  } else if (isName) score = 0.4 * score + 0.2
  else score += (KINDS.test(column.name) ? 0.9 : 0.35) + (beside ? 0.6 : 0)
  return score
}

/** Whether the name of a table stands right before a value, or right after it. */
function isAdjacent(question: Question, { at }: Mention, start: number, end: number): boolean {
  return at.some((offset) =>
    offset < start
      ? /^\w+[\s"'(]+(?:named |called )?$/.test(question.text.slice(offset, start))
      : /^["')]?\s+$/.test(question.text.slice(end, offset)),
  )
}
