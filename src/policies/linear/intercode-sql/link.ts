/** Which tables and columns a question speaks of, and which column each of its values belongs to. */
import type { Question } from './question/question.ts'
import type { Token } from './question/tokens.ts'
import type { Value } from './question/values.ts'
import { type Column, type Link, linksOf, nameColumns, type Shown, type Table } from './schema.ts'
import { readIdentifier } from './words.ts'

export interface Mention {
  /** 0 to 1: how much of the name's words are there. */
  readonly score: number
  /** Offsets in the question, in order. */
  readonly at: readonly number[]
}

const UNMENTIONED: Mention = { score: 0, at: [] }

/** A value with the columns that it may be compared with, best first; at least one. */
export interface Placed {
  readonly value: Value
  readonly options: readonly { readonly column: Column; readonly score: number }[]
}

/** Texts seen in results, by column: `table.column`. */
export type SeenTexts = ReadonlyMap<string, ReadonlySet<string>>

export interface Linking {
  readonly question: Question
  readonly tables: readonly Table[]
  readonly links: readonly Link[]
  readonly placed: readonly Placed[]
  table(name: string): Mention
  column(column: Column): Mention
  byName(name: string): Table | undefined
  /** Tokens that name no table or column: what is left to be values or verbs. */
  readonly unexplained: number
}

export function mentionOfTable(question: Question, name: string): Mention {
  const { words } = readIdentifier(name)
  return mention(question.tokens, words, [], false)
}

function mention(tokens: readonly Token[], words: readonly string[], units: readonly string[], wide: boolean): Mention {
  const at: number[] = []
  let score = 0
  for (const word of words) {
    let best = 0
    for (const token of tokens) {
      // `played` speaks of the table play, but less than `plays` does.
      const match =
        token.stem === word
          ? /(?:ed|ing)$/.test(token.text)
            ? 0.75
            : 1
          : wide && token.related.includes(word)
            ? 0.6
            : sharesRoot(token.stem, word)
              ? 0.7
              : 0
      if (match > 0) at.push(token.at)
      best = Math.max(best, match)
    }
    score += best / words.length
  }
  if (score === 0 && units.length > 0) {
    for (const token of tokens)
      if (units.includes(token.stem)) {
        score = 0.4
        at.push(token.at)
      }
  }
  return score === 0 ? UNMENTIONED : { score, at: at.sort((a, b) => a - b) }
}

/** `present` and `presenter`, `direct` and `director`. */
function sharesRoot(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return (
    short.length >= 4 &&
    long.length - short.length <= 3 &&
    /^(?:er|or|ers|ee|i)/.test(long.slice(short.length)) &&
    long.startsWith(short)
  )
}

/** Whether the name of a table stands right before a value, or right after it. */
function isAdjacent(question: Question, { at }: Mention, start: number, end: number): boolean {
  return at.some((offset) =>
    offset < start
      ? /^\w+[\s"'(]+(?:named |called )?$/.test(question.text.slice(offset, start))
      : /^["')]?\s+$/.test(question.text.slice(end, offset)),
  )
}

const PLACES =
  /city|town|village|country|district|street|island|valley|county|nationality|region|location|address|state|hall/i
const KINDS =
  /kind|type|category|genre|status|difficulty|style|state|class|crop|flavour|flavor|outcome|colou?r|sex|gender|membership|fault|opening|profession|result|language|sky|temper|position/i

/** Described tables that are looked at; more than an episode has steps for. */
const MOST_TABLES = 12
/** Values that are placed. */
const MOST_PLACED = 10

export function linkQuestion(question: Question, shown: Shown, seen: SeenTexts): Linking {
  const tables = shown.described.slice(0, MOST_TABLES)
  const tableMentions = new Map(shown.listed.map((name) => [name, mentionOfTable(question, name)]))
  for (const { name } of tables) if (!tableMentions.has(name)) tableMentions.set(name, mentionOfTable(question, name))
  const tableWords = new Set([...tableMentions.keys()].flatMap((name) => readIdentifier(name).words))
  const columnMentions = new Map<Column, Mention>()
  for (const { words: own, columns } of tables)
    for (const column of columns) {
      const words = column.words.filter((word) => !own.includes(word))
      // A key is spoken of as an id, not by the name of a table.
      if (column.key && words.every((word) => tableWords.has(word))) {
        const said = /\b(?:ids?|numbers|tram number|codes?)\b/.test(question.lower)
        columnMentions.set(column, said ? mention(question.tokens, column.words, [], false) : UNMENTIONED)
        continue
      }
      columnMentions.set(
        column,
        mention(question.tokens, words.length === 0 ? column.words : words, column.units, true),
      )
    }
  const table = (name: string): Mention => tableMentions.get(name) ?? UNMENTIONED
  const column = (c: Column): Mention => columnMentions.get(c) ?? UNMENTIONED
  const named = new Set<number>()
  for (const { at } of tableMentions.values()) for (const offset of at) named.add(offset)
  // A text column may well hold the word that only hints at its name: `hard` of a difficulty.
  for (const [{ words, kind, units }, { at }] of columnMentions)
    for (const token of question.tokens)
      if (at.includes(token.at) && (kind !== 'text' || words.includes(token.stem) || units.includes(token.stem)))
        named.add(token.at)
  const ofTables = new Set([...tableMentions.values()].flatMap(({ at }) => at))
  const free = question.tokens.filter(
    (token) =>
      !(token.empty || named.has(token.at)) &&
      !/(?:est|ing|ed)$/.test(token.text) &&
      question.values.every((value) => token.at < value.at || token.at >= value.end),
  )
  const words = free
    .filter((token) => token.text === token.text.toLowerCase() && isBesideName(question, token, named, ofTables))
    .slice(0, 4)
    .map(
      (token): Value => ({
        kind: 'word',
        text: token.text,
        at: token.at,
        end: token.at + token.text.length,
        operator: /(?:other than|apart from|leaving out|except|excluding|not) (?:the |of )?$/.test(
          question.lower.slice(0, token.at),
        )
          ? '<>'
          : '=',
        high: undefined,
        quoted: false,
      }),
    )
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
    table,
    column,
    byName: (name) => tables.find((t) => t.name === name),
    unexplained: free.length,
  }
}

/** Whether a lower-case word stands right before or after the name of a table or column, or after a word that leads to a value. */
function isBesideName(
  { tokens, lower }: Question,
  token: Token,
  named: ReadonlySet<number>,
  ofTables: ReadonlySet<number>,
): boolean {
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
  return before !== undefined && before.sentence === token.sentence && named.has(before.at) && !ofTables.has(before.at)
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

function placeScore(
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
