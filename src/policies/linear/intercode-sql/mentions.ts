/** Where a question speaks of a table or a column by the words of its name. */
import type { Question } from './question/question.ts'
import type { Token } from './question/tokens.ts'
import type { Column, Table } from './schema.ts'
import { readIdentifier } from './words.ts'

export interface Mention {
  /** 0 to 1: how much of the name's words are there. */
  readonly score: number
  /** Offsets in the question, in order. */
  readonly at: readonly number[]
}

/** Names that are kept in mind for one question. */
const MOST_KNOWN = 2000

const UNMENTIONED: Mention = { score: 0, at: [] }

/** What a question speaks of, of the tables listed and the columns described. */
export interface Mentions {
  table(name: string): Mention
  column(column: Column): Mention
  /** Offsets of words that name a table or column. */
  readonly named: ReadonlySet<number>
  readonly namedTables: ReadonlySet<number>
}

export function mentionsIn(question: Question, tables: readonly Table[], listed: readonly string[]): Mentions {
  const ofTables = new Map(listed.map((name) => [name, mentionOfTable(question, name)]))
  for (const { name } of tables) if (!ofTables.has(name)) ofTables.set(name, mentionOfTable(question, name))
  const tableWords = new Set([...ofTables.keys()].flatMap((name) => readIdentifier(name).words))
  const ofColumns = new Map<Column, Mention>()
  for (const { words: own, columns } of tables)
    for (const column of columns) {
      const words = column.words.filter((word) => !own.includes(word))
      // A key is spoken of as an id, not by the name of a table.
      if (column.key && words.every((word) => tableWords.has(word))) {
        const said = /\b(?:ids?|numbers|tram number|codes?)\b/.test(question.lower)
        ofColumns.set(column, said ? mention(question.tokens, column.words, [], false) : UNMENTIONED)
        continue
      }
      ofColumns.set(column, mention(question.tokens, words.length === 0 ? column.words : words, column.units, true))
    }
  const namedTables = new Set([...ofTables.values()].flatMap(({ at }) => at))
  const named = new Set(namedTables)
  // A text column may well hold the word that only hints at its name: `hard` of a difficulty.
  for (const [{ words, kind, units }, { at }] of ofColumns)
    for (const token of question.tokens)
      if (at.includes(token.at) && (kind !== 'text' || words.includes(token.stem) || units.includes(token.stem)))
        named.add(token.at)
  return {
    table: (name) => ofTables.get(name) ?? UNMENTIONED,
    column: (column) => ofColumns.get(column) ?? UNMENTIONED,
    named,
    namedTables,
  }
}

export function mentionOfTable(question: Question, name: string): Mention {
  const { words } = readIdentifier(name)
  return mention(question.tokens, words, [], false)
}

/** By the tokens of a question: the schemas shown for it differ little. */
const KNOWN = new WeakMap<readonly Token[], Map<string, Mention>>()

function mention(tokens: readonly Token[], words: readonly string[], units: readonly string[], wide: boolean): Mention {
  let known = KNOWN.get(tokens)
  if (known === undefined) {
    known = new Map()
    KNOWN.set(tokens, known)
  }
  const key = `${wide}\0${words.join('\0')}\0\0${units.join('\0')}`
  let found = known.get(key)
  if (found === undefined) {
    found = search(tokens, words, units, wide)
    if (known.size < MOST_KNOWN) known.set(key, found)
  }
  return found
}

function search(tokens: readonly Token[], words: readonly string[], units: readonly string[], wide: boolean): Mention {
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
