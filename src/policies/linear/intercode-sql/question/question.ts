/** A question taken apart: words, values that a condition may compare with, and the words that call for a clause. */
import type { Aggregate, Operator } from '../plan.ts'
import { FUNCTION_WORDS, related, stem } from '../words.ts'

/** Characters of a question that are read. */
const MOST_CHARACTERS = 600

export interface Token {
  readonly text: string
  readonly stem: string
  readonly related: readonly string[]
  /** Offset in the question. */
  readonly at: number
  /** Which sentence, from 0. */
  readonly sentence: number
  /** Says nothing of the data. */
  readonly empty: boolean
}

export interface Value {
  readonly kind: 'name' | 'word' | 'number' | 'date' | 'code'
  readonly text: string
  readonly at: number
  readonly end: number
  readonly operator: Operator
  /** Of `from 1 to 5`: the other end. */
  readonly high: string | undefined
  /** Stood in quotation marks. */
  readonly quoted: boolean
}

export interface AggregateCue {
  readonly aggregate: Aggregate
  readonly at: number
}

export interface Superlative {
  /** The one with the most, not the least. */
  readonly most: boolean
  readonly word: string
  readonly at: number
}

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
  /** `than average`, `above the average`. */
  readonly average: { readonly above: boolean; readonly at: number } | undefined
  readonly or: boolean
  /** `more than 3 of something`: how many rows a group must have. */
  readonly plural: boolean
}

export interface OrderCue {
  readonly at: number
  readonly descending: boolean | undefined
  /** Stems of what stands after `by`. */
  readonly words: readonly string[]
  readonly alphabetical: boolean
  /** Earliest or latest first, by date, by time. */
  readonly temporal: boolean
}

const AGGREGATE_CUES: readonly (readonly [RegExp, Aggregate])[] = [
  [
    /\bhow many different\b|\bcount the (?:distinct|different)\b|\bnumber of (?:distinct|different)\b/g,
    'count-distinct',
  ],
  [/\bhow many\b|\bcounts?\b|\bnumber of\b|\band number\b|\bhow often\b/g, 'count'],
  [/\baverages?\b|\bmean\b|\baveraging\b/g, 'avg'],
  [/\btotals?\b|\bsum\b|\badd up\b|\btogether\b|\boverall\b|\baltogether\b|\bhow much\b|\bin all\b/g, 'sum'],
  [
    /\bmax(?:imum)?\b|\bhighest\b|\blargest\b|\bgreatest\b|\bbiggest\b|\bat most how\b|\blongest\b|\bheaviest\b|\boldest\b/g,
    'max',
  ],
  [
    /\bmin(?:imum)?\b|\blowest\b|\bsmallest\b|\bfewest\b|\bshortest\b|\bcheapest\b|\bat least how\b|\blightest\b/g,
    'min',
  ],
]

const MOST =
  /\b(?:most|highest|largest|greatest|biggest|maximum|longest|tallest|heaviest|latest|newest|fastest|dearest|top|best|farthest|oldest|hardest|costliest|busiest|faintest|last)\b/g
const LEAST =
  /\b(?:least|lowest|smallest|fewest|minimum|shortest|lightest|earliest|slowest|cheapest|nearest|youngest|easiest|quickest|brightest)\b|(?<=\w(?:ed|en) )first\b/g

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
    aggregates: AGGREGATE_CUES.flatMap(([cue, aggregate]) =>
      [...amounts.matchAll(cue)].map(({ index }) => ({ aggregate, at: index })),
    )
      // What is compared with the average is not averaged.
      .filter(
        ({ aggregate, at }) => aggregate !== 'avg' || average === undefined || at < average.at || at > average.at + 30,
      )
      .filter(
        ({ aggregate, at }) =>
          aggregate !== 'count' || !/\b(?:average|mean) $/.test(lower.slice(Math.max(0, at - 9), at)),
      )
      .sort((a, b) => a.at - b.at),
    superlatives: [
      ...[...amounts.matchAll(MOST)].map(({ index, 0: word }) => ({ most: true, word, at: index })),
      ...[...amounts.matchAll(LEAST)].map(({ index, 0: word }) => ({ most: false, word, at: index })),
    ]
      .filter(({ at }) => !/^at (?:most|least)/.test(lower.slice(Math.max(0, at - 3), at + 5)))
      .sort((a, b) => a.at - b.at),
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

function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { 0: word, index } of text.matchAll(/[A-Za-z][A-Za-z0-9]*(?:[-'’][A-Za-z0-9]+)*/g)) {
    const plain = word.replace(/['’]s$/, '')
    const lower = plain.toLowerCase()
    const before = text.slice(0, index)
    const token = { text: plain, stem: stem(lower), at: index, sentence: before.split(/[.?!;:]\s/).length - 1 }
    tokens.push({ ...token, related: related(token.stem), empty: FUNCTION_WORDS.has(lower) })
    if (lower.includes('-'))
      for (const part of lower.split('-'))
        tokens.push({ ...token, text: part, stem: stem(part), related: [], empty: FUNCTION_WORDS.has(part) })
    if (tokens.length > 90) break
  }
  return tokens
}

const BEFORE: readonly (readonly [RegExp, Operator])[] = [
  [/\b(?:no more than|at most|up to|not more than|maximum of)\s*\$?$/, '<='],
  [/\b(?:at least|no less than|minimum of|since|from)\s*\$?$/, '>='],
  [
    /\b(?:more than|greater than|over|above|after|exceeds?|exceeding|later than|(?:old|long|hard|high|larg|bigg|tall|heavi|dear|fast)er than|costlier than)\s*\$?$/,
    '>',
  ],
  [
    /\b(?:less than|fewer than|under|below|before|earlier than|(?:young|short|cheap|low|small|light|quick)er than)\s*\$?$/,
    '<',
  ],
  [/\b(?:not|other than|except|apart from|excluding|leaving out|but)\s*$/, '<>'],
]

function operatorAt(lower: string, at: number, end: number): Operator {
  const after = lower.slice(end, end + 22)
  if (/^["']?\s*(?:\w+ )?(?:times )?or (?:more|later|above|over|higher|longer|older)|^ on[, ?.]|^ onwards/.test(after))
    return '>='
  if (/^["']?\s*(?:\w+ )?(?:times )?or (?:less|fewer|earlier|below|under|lower|younger)/.test(after)) return '<='
  const before = lower.slice(Math.max(0, at - 34), at).replace(/["'(]+$/, '')
  const wordless = before.replace(/(?:difficulty|the|a|age|year|of)\s+$/, '')
  for (const [pattern, operator] of BEFORE)
    if (pattern.test(before) || (operator !== '>=' && pattern.test(wordless))) return operator
  return '='
}

/** `contain the word Sea`, `with Field in their name`: part of a text. */
function isPart(lower: string, at: number): boolean {
  return (
    /\b(?:contains?|containing|the word|have|with) $/.test(lower.slice(Math.max(0, at - 14), at)) &&
    /\bcontain|\bthe word|\bin (?:the|their|its) (?:name|title|label)/.test(lower)
  )
}

/** Texts are equal or not. */
function signAt(lower: string, at: number): Operator {
  const before = lower.slice(Math.max(0, at - 20), at)
  return /\b(?:not|other than|except|except for|apart from|excluding|leaving out|but)\s*(?:the |of |from )?["']?$/.test(
    before,
  )
    ? '<>'
    : '='
}

const DATE = /\b\d{4}-\d{2}-\d{2}\b/g
const CODE = /\b\d+(?:\/\d+)?-\d+(?:\/\d+)?\b/g
const NUMBER = /(?<![\w/-])\d+(?:\.\d+)?(?![\w/]|-\d)/g
const QUOTED = /["“]([^"”]{1,60})["”]|(?<![\w])'([^']{1,60})'(?!\w)/g
/** Capitalised words in a row, with a small word or a point between two of them. */
const NAMES = /\b(?:The |Dr\. |St\. )?[A-Z][\w'’]*(?:-\w+)*(?:(?: (?:of|the|and|de|van|von))? [A-Z][\w'’]*(?:-\w+)*)*/g
const NUMBER_WORDS: Readonly<Record<string, string>> = {
  twice: '2',
  once: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
}

function* readValues(text: string): Generator<Value> {
  const lower = text.toLowerCase()
  const taken: (readonly [number, number])[] = []
  const free = (at: number, end: number) => taken.every(([a, b]) => end <= a || at >= b)
  const value = (kind: Value['kind'], raw: string, at: number, length: number, isQuoted = false): Value => {
    taken.push([at, at + length])
    return {
      kind,
      text: raw,
      at,
      end: at + length,
      operator: kind === 'name' || kind === 'code' ? signAt(lower, at) : operatorAt(lower, at, at + length),
      high: undefined,
      quoted: isQuoted || isPart(lower, at),
    }
  }
  const found: Value[] = []
  for (const m of text.matchAll(QUOTED)) found.push(value('name', m[1] ?? m[2] ?? '', m.index, m[0].length, true))
  for (const m of text.matchAll(DATE))
    if (free(m.index, m.index + m[0].length)) found.push(value('date', m[0], m.index, m[0].length))
  for (const m of text.matchAll(CODE))
    if (free(m.index, m.index + m[0].length)) found.push(value('code', m[0], m.index, m[0].length))
  for (const m of text.matchAll(NUMBER))
    if (free(m.index, m.index + m[0].length)) found.push(value('number', m[0], m.index, m[0].length))
  for (const m of text.matchAll(NAMES)) {
    let [name] = m
    let at = m.index
    const opens = at === 0 || /[.?!:]\s+$/.test(text.slice(0, at))
    // The first word of a sentence is capital anyhow.
    if (opens) {
      const rest = name.indexOf(' ')
      if (rest < 0 || !FUNCTION_WORDS.has(name.slice(0, rest).toLowerCase())) {
        if (rest < 0) continue
      } else {
        at += rest + 1
        name = name.slice(rest + 1)
      }
    }
    if (name.length < 2 || /^(?:A to Z|A|Z|I)$/.test(name) || !free(at, at + name.length)) continue
    found.push(value('name', name, at, name.length))
    if (found.length > 8) break
  }
  for (const m of lower.matchAll(
    /\b(?:more than|at least|over|exactly|less than) (once|twice|two|three|four|five)\b/g,
  )) {
    const word = m[1] ?? ''
    const at = m.index + m[0].length - word.length
    found.push({ ...value('number', NUMBER_WORDS[word] ?? '1', at, word.length) })
  }
  found.sort((a, b) => a.at - b.at)
  for (let i = 0; i < Math.min(found.length, 8); i++) {
    const low = found[i] as Value // i is inside
    const next = found[i + 1]
    if (next !== undefined && low.kind === next.kind && (low.kind === 'number' || low.kind === 'date')) {
      const between = lower.slice(low.end, next.at)
      const before = lower.slice(Math.max(0, low.at - 9), low.at)
      if (
        (/^ and $/.test(between) && /between $/.test(before)) ||
        (/^ (?:to|until|till) $/.test(between) && !/over $/.test(before))
      ) {
        yield { ...low, operator: '=', high: next.text, end: next.end }
        i++
        continue
      }
    }
    yield low
  }
}

function readOrder(lower: string): OrderCue | undefined {
  const alphabetical = /\balphabetical(?:ly)?\b|\ba to z\b/.exec(lower)
  const by =
    /\b(?:sort(?:ed)?|order(?:ed)?|list(?:ed)? by(?= )|arranged?|in (?:\w+ )?order|alphabetically)\b[^.?,]{0,24}?\b(?:by|of)\s+(?:the\s+)?(?:their\s+|its\s+|increasing\s+)?([a-z ]+)/.exec(
      lower,
    ) ??
    /[,;]\s*by\s+([a-z ]+)[.?,)]/.exec(lower) ??
    /\?\s*by\s+([a-z ]+)\./.exec(lower)
  const first = /\b(?:(\w+est|best|most \w+|least \w+|most|least)(?: \w+){0,2}|a|z) first\b/.exec(lower)
  const down = /\bdescending\b|\bdecreasing\b|\bz to a\b/.exec(lower)
  const up = /\bascending\b|\bincreasing\b/.exec(lower)
  const plain = /,\s*in order\b|\(in order\)|\bin order\b/.exec(lower)
  const cue = alphabetical ?? by ?? first ?? down ?? up ?? plain
  if (cue === null) return undefined
  const direction = down
    ? true
    : up || alphabetical
      ? false
      : first
        ? !/^(?:low|small|few|short|light|earl|slow|cheap|near|easi|quick|old|least)/.test(first[1] ?? '')
        : undefined
  const spoken = by?.[1] ?? (/\b(\w+)\s+first\b/.exec(lower)?.[1] === undefined ? '' : '')
  const at = Math.min(...[alphabetical, by, first, down, up, plain].map((m) => m?.index ?? Number.POSITIVE_INFINITY))
  return {
    at,
    descending: direction,
    words: spoken.split(' ').filter(Boolean).slice(0, 5).map(stem),
    alphabetical: alphabetical !== null,
    temporal:
      /^(?:earl|late|old|new|most rec|least rec|young)/.test(first?.[1] ?? '') ||
      /\b(?:order|sorted|sort) (?:of|by) (?:the )?(?:date|time|start|release|day|year)/.test(lower),
  }
}

function readLimit(lower: string): { readonly count: number; readonly at: number } | undefined {
  const top = /\b(?:top|first|last) (\d+)\b/.exec(lower)
  const before =
    /\b(?:the|what are the|which|what) (\d+)\b(?=[^.?,]*(?:est\b|\bmost\b|\bleast\b|\bbest\b|\brecent))/.exec(lower)
  const biggest = /\b(\d+) (?:\w+est|most|least|best)\b/.exec(lower)
  const found = top ?? before ?? biggest
  if (found?.[1] === undefined) return undefined
  return {
    count: Math.min(1000, Number(found[1])),
    at: found.index + found[0].indexOf(found[1], found[0].search(/\d/)),
  }
}

function readAverage(lower: string): Question['average'] {
  const found = /\b(above|below|over|under|than)\b[^.?,]{0,14}\baverage\b|\b(?:above|below) average\b/.exec(lower)
  if (found === null) return undefined
  const before = lower.slice(Math.max(0, found.index - 16), found.index)
  const low =
    /^(?:below|under)/.test(found[0]) ||
    /\b(?:short|low|young|cheap|small|light|few|less|quick)\w*\s*(?:\w+\s*)?$/.test(before)
  return { above: !low, at: found.index }
}
