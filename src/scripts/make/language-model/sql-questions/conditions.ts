/** Conditions on one trait, in SQL and in the words of a question. */
import type { RandomStream } from '../../../../core/random.ts'
import type { Condition, Operator } from '../../../../policies/linear/intercode-sql/plan.ts'
import { pick } from '../../databases/model.ts'
import { article } from './lexicon.ts'
import type { Thing, Trait } from './things.ts'

export interface Said {
  readonly condition: Condition
  /** After a plural subject: `have a price above 5`. */
  readonly verb: string
  /** After a plural noun: `with a price above 5`. */
  readonly attribute: string
  /** Before a plural noun: `red`. */
  readonly adjective: string | undefined
}

export const SIGNS: Readonly<Record<'>' | '<' | '>=' | '<=', readonly string[]>> = {
  '>': ['more than', 'over', 'above', 'more than'],
  '<': ['fewer than', 'under', 'less than', 'below'],
  '>=': ['at least'],
  '<=': ['at most'],
}

/** @returns undefined where nothing can be said of the trait */
export function conditionOn(thing: Thing, trait: Trait, slot: number, random: RandomStream): Said | undefined {
  const ref = { slot, column: trait.column }
  const word = pick(random, trait.say)
  const one = article(word)
  const said = (condition: Condition, verb: string, attribute: string, adjective?: string): Said => {
    return { condition, verb, attribute, adjective }
  }
  if (trait.missing && random.next() < 0.35) {
    const not = random.next() < 0.2
    const none = { kind: 'null', ref, not } as const
    if (not) return said(none, pick(random, [`have ${one}`, `have a known ${word}`]), `with a known ${word}`)
    const verb = [`have no ${word}`, `have no ${word} on record`, `lack ${one}`, `have no known ${word}`]
    return said(
      none,
      pick(random, verb),
      pick(random, [`without ${one}`, `with no ${word}`, `whose ${word} is unknown`]),
    )
  }
  if (trait.values.length === 0) return undefined
  const value = pick(random, trait.values)
  const equal = (text: string): Condition => {
    return { kind: 'compare', ref, operator: '=', value: text, text: trait.kind !== 'number' && trait.kind !== 'year' }
  }
  switch (trait.kind) {
    case 'flag': {
      const yes = random.next() < 0.6
      const condition = equal(yes ? 'yes' : 'no')
      const form = random.below(4)
      if (form === 0)
        return said(condition, `have ${word} ${yes ? 'yes' : 'no'}`, `with ${word} "${yes ? 'yes' : 'no'}"`)
      if (form === 1)
        return said(
          condition,
          yes ? `are ${word}` : `are not ${word}`,
          `that are ${yes ? '' : 'not '}${word}`,
          yes ? word : undefined,
        )
      if (yes) return said(condition, `have ${one}`, `with ${random.next() < 0.5 ? one : word}`, word)
      return said(condition, `have no ${word}`, `without ${one}`, random.next() < 0.5 ? `non-${word}` : undefined)
    }
    case 'category':
    case 'text':
    case 'name':
      return textCondition(thing, trait, word, String(value), slot, random)
    case 'number':
      return numberCondition(trait, word, Number(value), slot, random)
    case 'year':
    case 'date':
      return timeCondition(trait, word, String(value).slice(0, 10), slot, random)
    case 'key':
      return undefined
  }
}

function textCondition(
  thing: Thing,
  trait: Trait,
  word: string,
  value: string,
  slot: number,
  random: RandomStream,
): Said {
  const ref = { slot, column: trait.column }
  const plain = value.trim()
  if (trait.kind !== 'category' && random.next() < 0.6) {
    const part = pick(random, plain.split(' '))
    const quoted = random.next() < 0.5 ? `"${part}"` : part
    const condition: Condition = { kind: 'like', ref, value: part }
    return {
      condition,
      verb: pick(random, [`have ${quoted} in their ${word}`, `have ${article(word)} that contains ${quoted}`]),
      attribute: pick(random, [
        `whose ${word} contains ${quoted}`,
        `with ${quoted} in their ${word}`,
        `with the word ${part} in the ${word}`,
      ]),
      adjective: undefined,
    }
  }
  const not = random.next() < 0.07
  const condition: Condition = { kind: 'compare', ref, operator: not ? '<>' : '=', value: plain, text: true }
  if (not)
    return {
      condition,
      verb: pick(random, [`have another ${word} than ${plain}`, `have ${article(word)} other than ${plain}`]),
      attribute: pick(random, [
        `whose ${word} is not ${plain}`,
        `of any ${word} except ${plain}`,
        `with ${article(word)} other than ${plain}`,
      ]),
      adjective: undefined,
    }
  const verbs = [`have the ${word} ${plain}`, `are of the ${word} ${plain}`, `have ${plain} as their ${word}`]
  const attributes = [
    `whose ${word} is ${plain}`,
    `with the ${word} ${plain}`,
    `of the ${word} ${plain}`,
    `of ${word} ${plain}`,
    `with ${word} ${plain}`,
  ]
  if (trait.place) {
    verbs.push(`are in ${plain}`, `come from ${plain}`, `are from ${plain}`, `live in ${plain}`, `belong to ${plain}`)
    attributes.push(
      `in ${plain}`,
      `from ${plain}`,
      `of ${plain}`,
      `in the ${word} of ${plain}`,
      `in the ${word} ${plain}`,
    )
  } else {
    verbs.push(`are ${plain}`, `are of ${plain}`, `were ${plain}`)
    attributes.push(`of ${plain}`, `that are ${plain}`, `with ${plain}`)
  }
  const adjective = thing.many.includes(' ') ? undefined : plain
  return { condition, verb: pick(random, verbs), attribute: pick(random, attributes), adjective }
}

function numberCondition(trait: Trait, word: string, value: number, slot: number, random: RandomStream): Said {
  const ref = { slot, column: trait.column }
  const round =
    value >= 50 && random.next() < 0.7 ? Math.round(value / 10) * 10 : random.next() < 0.7 ? Math.round(value) : value
  const unit = trait.unit !== undefined && random.next() < 0.6 ? ` ${trait.unit}` : ''
  if (random.next() < 0.14) {
    const high = Math.round(round + 1 + Math.abs(round) * random.next())
    const range = pick(random, [`between ${round} and ${high}`, `from ${round} to ${high}`]) + unit
    return {
      condition: { kind: 'between', ref, low: String(round), high: String(high), text: false },
      verb: trait.counted ? `have ${range} ${word}` : `have ${article(word)} ${range}`,
      attribute: trait.counted
        ? `with ${range} ${word}`
        : pick(random, [`with ${article(word)} ${range}`, `whose ${word} is ${range}`]),
      adjective: undefined,
    }
  }
  const operator: Operator = pick(random, ['>', '>', '>', '<', '<', '>=', '<=', '='])
  const condition: Condition = { kind: 'compare', ref, operator, value: String(round), text: false }
  const amount = (sign: string): string => `${sign === '' ? '' : `${sign} `}${round}${unit}`
  const sign = operator === '=' ? pick(random, ['', 'exactly']) : pick(random, SIGNS[operator as '>'])
  const { degrees } = trait
  if (degrees !== undefined && (operator === '>' || operator === '<') && random.next() < 0.35) {
    const than = `${operator === '>' ? degrees.more : degrees.less} than ${round}${unit}`
    return {
      condition,
      verb: `are ${than}`,
      attribute: pick(random, [`${than}`, `that are ${than}`]),
      adjective: undefined,
    }
  }
  if (trait.counted)
    return {
      condition,
      verb: `have ${amount(sign)} ${word}`,
      attribute: pick(random, [`with ${amount(sign)} ${word}`, `that have ${amount(sign)} ${word}`]),
      adjective: undefined,
    }
  const of = pick(random, [
    `${article(word)} of ${amount(sign)}`,
    `${article(word)} ${operator === '=' ? `of ${round}${unit}` : amount(sign)}`,
  ])
  const above =
    operator === '>'
      ? pick(random, ['above', 'over', 'higher than'])
      : operator === '<'
        ? pick(random, ['below', 'under', 'lower than'])
        : sign
  return {
    condition,
    verb: `have ${of}`,
    attribute: pick(random, [
      `with ${of}`,
      `whose ${word} is ${amount(above)}`,
      ...(operator === '>' || operator === '<'
        ? [`${above} ${round}${unit === '' && trait.unit !== undefined ? ` ${trait.unit}` : unit}`]
        : []),
    ]),
    adjective: undefined,
  }
}

function timeCondition(trait: Trait, word: string, value: string, slot: number, random: RandomStream): Said {
  const ref = { slot, column: trait.column }
  const text = trait.kind === 'date'
  const part = trait.participle
  if (random.next() < 0.2) {
    const later = text
      ? `${Number(value.slice(0, 4)) + 1 + random.below(4)}${value.slice(4)}`
      : String(Number(value) + 1 + random.below(15))
    const range = pick(random, [`between ${value} and ${later}`, `from ${value} to ${later}`])
    return {
      condition: { kind: 'between', ref, low: value, high: later, text },
      verb: part === undefined ? `have ${article(word)} ${range}` : `were ${part} ${range}`,
      attribute: part === undefined || random.next() < 0.3 ? `with ${article(word)} ${range}` : `${part} ${range}`,
      adjective: undefined,
    }
  }
  const operator: Operator = random.next() < 0.5 ? '>' : '<'
  const when =
    operator === '>'
      ? pick(random, ['after', 'after', 'later than'])
      : pick(random, ['before', 'before', 'earlier than'])
  const condition: Condition = { kind: 'compare', ref, operator, value, text }
  return {
    condition,
    verb: part === undefined ? `have ${article(word)} ${when} ${value}` : `were ${part} ${when} ${value}`,
    attribute:
      part === undefined || random.next() < 0.3
        ? pick(random, [`with ${article(word)} ${when} ${value}`, `whose ${word} is ${when} ${value}`])
        : `${part} ${when} ${value}`,
    adjective: undefined,
  }
}
