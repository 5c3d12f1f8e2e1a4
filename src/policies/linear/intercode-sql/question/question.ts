/** A question taken apart: words, values that a condition may compare with, and the words that call for a clause. */
import {
  type AggregateCue,
  type AverageCue,
  readAggregates,
  readAverage,
  readSuperlatives,
  type Superlative,
} from './amounts.ts'
import { type OrderCue, readLimit, readOrder } from './order.ts'
import { readTokens, type Token } from './tokens.ts'
import { readValues, type Value } from './values.ts'

/** Characters of a question that are read. */
const MOST_CHARACTERS = 600

export interface Question {
  readonly text: string
  readonly lower: string
  readonly tokens: readonly Token[]
  /** Every stem, for a quick look. */
  readonly stems: ReadonlySet<string>
  readonly values: readonly Value[]
  readonly aggregates: readonly AggregateCue[]
  readonly superlatives: readonly Superlative[]
  /** Offsets after `each`, `per`, `every`. */
  readonly groups: readonly number[]
  /** Where the order is spoken of, with what follows `by`; the direction if one is said. */
  readonly order: OrderCue | undefined
  readonly limit: number | undefined
  /** Offset of never, without, no. */
  readonly negation: number | undefined
  readonly distinct: boolean
  readonly average: AverageCue | undefined
  readonly or: boolean
  /** `more than 3 of something`: how many rows a group must have. */
  readonly plural: boolean
}

export function readQuestion(whole: string): Question {
  const text = whole.slice(0, MOST_CHARACTERS)
  const said = text.toLowerCase()
  const values = [...readValues(text)]
  // Words inside a name are no cues.
  const lower = values.reduce(
    (rest, { kind, at, end }) => (kind === 'name' ? rest.slice(0, at) + '_'.repeat(end - at) + rest.slice(end) : rest),
    said,
  )
  const average = readAverage(lower)
  // What comes first is a matter of order alone.
  const amounts = lower.replace(/\b(?:\w+est|most|least|best)(?: \w+){0,3} first\b/g, (words) =>
    '_'.repeat(words.length),
  )
  const tokens = readTokens(text)
  const order = readOrder(lower)
  const limit = readLimit(lower)
  const distinctWords = /\b(?:different|distinct|each once|once,|without repetition|unique|whose problems)\b/
  return {
    text,
    lower,
    tokens,
    stems: new Set(tokens.flatMap((token) => [token.stem, ...token.related])),
    values: limit === undefined ? values : values.filter(({ at }) => at !== limit.at),
    aggregates: readAggregates(lower, amounts, average),
    superlatives: readSuperlatives(lower, amounts),
    groups: [
      ...lower.matchAll(
        /\b(?:for each|for every|of each|each|per|every|of every|in every|group \w+ by|with and without)\b/g,
      ),
    ].map(({ index, 0: cue }) => index + cue.length),
    order,
    limit: limit?.count,
    negation:
      /\b(?:never|without|no|not|nobody|nothing|none|missing|unknown|lack|lacks|empty|outside|unrecorded)\b/.exec(lower)
        ?.index,
    distinct: distinctWords.test(lower),
    average,
    or: /\bor\b(?! more| less| later| fewer| earlier)/.test(lower),
    plural: /^(?:which|what|list|show|give|name|find)\b[^?.]*s\b/.test(lower),
  }
}
