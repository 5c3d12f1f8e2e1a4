/** Which tables and columns a question speaks of, and which column each of its values belongs to. */
import { type Mention, type Mentions, mentionsIn } from './mentions.ts'
import { placeScore, type SeenTexts } from './place-score.ts'
import type { Question } from './question/question.ts'
import type { Token } from './question/tokens.ts'
import type { Value } from './question/values.ts'
import { type Column, type Link, linksOf, type Shown, type Table } from './schema.ts'

/** A value with the columns that it may be compared with, best first; at least one. */
export interface Placed {
  readonly value: Value
  readonly options: readonly { readonly column: Column; readonly score: number }[]
}

export interface Linking {
  readonly question: Question
  readonly tables: readonly Table[]
  readonly links: readonly Link[]
  readonly placed: readonly Placed[]
  /** Tables that the question names. */
  readonly said: readonly Table[]
  table(name: string): Mention
  column(column: Column): Mention
  byName(name: string): Table | undefined
  /** Tokens that name no table or column: what is left to be values or verbs. */
  readonly unexplained: number
}

/** Described tables that are looked at; more than an episode has steps for. */
const MOST_TABLES = 12
/** Values that are placed. */
const MOST_PLACED = 10

export function linkQuestion(question: Question, shown: Shown, seen: SeenTexts): Linking {
  const tables = shown.described.slice(0, MOST_TABLES)
  const mentions = mentionsIn(question, tables, shown.listed)
  const { table, column, named } = mentions
  const free = question.tokens.filter(
    (token) =>
      !(token.empty || named.has(token.at)) &&
      !/(?:est|ing|ed)$/.test(token.text) &&
      question.values.every((value) => token.at < value.at || token.at >= value.end),
  )
  const words = free
    .filter((token) => token.text === token.text.toLowerCase() && isBesideName(question, token, mentions))
    .slice(0, 4)
    .map((token) => wordValue(question, token))
  const values = [...question.values, ...words].sort((a, b) => a.at - b.at)
  const placed: Placed[] = []
  for (const value of values) {
    const options: { column: Column; score: number }[] = []
    for (const t of tables)
      for (const c of t.columns) {
        const score = placeScore(question, value, t, c, table(t.name), column(c), seen)
        if (score > 0.3) options.push({ column: c, score })
      }
    options.sort((a, b) => b.score - a.score)
    if (options.length > 0) placed.push({ value, options: options.slice(0, 4) })
  }
  for (const t of tables)
    for (const c of t.columns) {
      if (placed.length >= MOST_PLACED) break
      const flag = c.flag ? flagValue(question, c, column(c)) : undefined
      if (flag !== undefined) placed.push({ value: flag, options: [{ column: c, score: 1.5 + table(t.name).score }] })
    }
  return {
    question,
    tables,
    links: linksOf(tables, shown.listed),
    placed,
    said: tables.filter(({ name }) => table(name).score > 0.4),
    table,
    column,
    byName: (name) => tables.find((t) => t.name === name),
    unexplained: free.length,
  }
}

/** Whether a lower-case word stands right before or after the name of a table or column, or after a word that leads to a value. */
function isBesideName({ tokens, lower }: Question, token: Token, { named, namedTables }: Mentions): boolean {
  if (
    /(?:\bis|\bare|\bfor|\bof kind|\bwere for|\bspeak|\bcontain|\bvariety of|\bof|\bof the|\w{3,}est) $/.test(
      lower.slice(0, token.at),
    )
  )
    return true
  const i = tokens.indexOf(token)
  const [before, after] = [tokens[i - 1], tokens[i + 1]]
  if (after !== undefined && after.sentence === token.sentence && named.has(after.at)) return true
  // After the name of a table comes a verb, after that of a column its value.
  return (
    before !== undefined && before.sentence === token.sentence && named.has(before.at) && !namedTables.has(before.at)
  )
}

function wordValue({ lower }: Question, { text, at }: Token): Value {
  const excluded = /(?:other than|apart from|leaving out|except|excluding|not) (?:the |of )?$/.test(lower.slice(0, at))
  return {
    kind: 'word',
    text,
    at,
    end: at + text.length,
    operator: excluded ? '<>' : '=',
    high: undefined,
    quoted: false,
  }
}

function flagValue({ lower, text }: Question, column: Column, { score, at }: Mention): Value | undefined {
  if (score < 0.7 || at[0] === undefined) return undefined
  const offset = at[0]
  const before = lower.slice(Math.max(0, offset - 16), offset)
  if (/\b(?:each|per|by|with and without)\s+$/.test(before)) return undefined
  const said = /^\w+(?: \w+)?\s+["'(]?(yes|no)\b/.exec(lower.slice(offset))?.[1]
  const no = /\b(?:without|no|not|non)[\s-]+(?:a |any |been )?(?:\w+ )?$/.test(before)
  const value = said ?? (no || /not (?:\w+ )?$/.test(before) ? 'no' : 'yes')
  return {
    kind: 'word',
    text: value,
    at: offset,
    end: offset + 1,
    operator: '=',
    high: undefined,
    quoted: column.flag && text === '',
  }
}
