/** The searches that make sense for an instruction: a handful, from the whole of it to one phrase. */
import { analyze } from '../../../environments/webshop/search/analysis.ts'
import { type Instruction, maskOf, sizeOf } from './instruction.ts'

/** Phrases that get searches of their own, after the first. */
const MOST_PHRASES = 5

export interface Query {
  readonly action: string
  readonly text: string
  /** Share of the instruction's terms in the query. */
  readonly coverage: number
  /** Has the first phrase, usually the thing itself. */
  readonly hasFirst: boolean
  /** The instruction as it stands, filler words and all. */
  readonly sentence: boolean
  /** One phrase and nothing else. */
  readonly single: boolean
}

/** Distinct queries; at least one. Commas and brackets never come in, so every one of them can be said as is. */
export function composeQueries(instruction: Instruction): readonly Query[] {
  const { phrases, whole, wish } = instruction
  const first = phrases[0] ?? wish
  const others = phrases.slice(1, 1 + MOST_PHRASES)
  const words = [
    phrases.join(' '),
    first,
    ...others.map((phrase) => `${first} ${phrase}`),
    ...(others.length > 1 ? [`${first} ${others.slice(0, 2).join(' ')}`] : []),
    ...others.filter((phrase) => phrase.includes(' ')),
  ]
  const queries = new Map<string, Query>()
  const add = (raw: string, sentence: boolean): void => {
    const text = raw.replace(/[[\]<>,\s]+/g, ' ').trim() || 'anything'
    if (!queries.has(text)) queries.set(text, describeQuery(instruction, text, sentence))
  }
  for (const text of words) add(text, false)
  for (const text of [wish, whole]) add(text, true)
  return [...queries.values()]
}

function describeQuery(instruction: Instruction, text: string, sentence: boolean): Query {
  const terms = analyze(text)
  const size = sizeOf(maskOf(instruction, terms))
  const first = instruction.phrases[0] ?? instruction.wish
  return {
    action: `search[${text}]`,
    text,
    coverage: instruction.terms.length === 0 ? 1 : size / instruction.terms.length,
    hasFirst: ` ${text} `.includes(` ${first} `),
    sentence,
    single: instruction.phrases.includes(text),
  }
}
