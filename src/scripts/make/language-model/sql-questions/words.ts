/** Pieces of questions: lists, orders, and the ways to ask for rows. */
import type { RandomStream } from '../../../../core/random.ts'
import { pick } from '../../databases/model.ts'
import type { Said } from './conditions.ts'
import type { Thing, Trait } from './things.ts'

export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const nounOf = (trait: Trait, random: RandomStream): string => pick(random, trait.say)

/** What a thing is called by: `name`, `first name and last name`. */
export function calledBy(thing: Thing): string {
  return listed(thing.names.map(({ say }) => say[0] ?? ''))
}

export function namesOf(word: string): string {
  return /s$/.test(word) ? word : `${word}s`
}

/** `red trams with over 5 seats`. */
export function described(thing: Thing, conditions: readonly Said[], joint: string, random: RandomStream): string {
  const [first, ...others] = conditions
  if (first === undefined) return thing.many
  if (first.adjective !== undefined && random.next() < 0.35 && joint === 'and') {
    const rest = others.map(({ attribute }) => attribute).join(' and ')
    return rest === '' ? `${first.adjective} ${thing.many}` : `${first.adjective} ${thing.many} ${rest}`
  }
  return `${thing.many} ${conditions.map(({ attribute }) => attribute).join(` ${joint} `)}`
}

/** `Which trams have over 5 seats` without its question mark. */
export function which(thing: Thing, conditions: readonly Said[], joint: string, random: RandomStream): string {
  const [first, ...others] = conditions
  if (first === undefined) return `Which ${thing.many} are there`
  if (first.adjective !== undefined && others.length > 0 && joint === 'and' && random.next() < 0.4)
    return `Which ${first.adjective} ${thing.many} ${others.map(({ verb }) => verb).join(' and ')}`
  return `Which ${thing.many} ${conditions.map(({ verb }) => verb).join(` ${joint} `)}`
}

/** The same of any trait that rows can be ordered by: of keys people say no more than that. */
export function orderOf(trait: Trait, descending: boolean, random: RandomStream): string {
  if (trait.kind === 'key') return pick(random, ['in order', `in order of ${trait.say[0]}`])
  return orderWords(trait, descending, random)
}

/** Ways to speak of an order, as ends of a sentence or sentences of their own. */
export function orderWords(trait: Trait, descending: boolean, random: RandomStream): string {
  const word = trait.say[0] ?? ''
  const { degrees, kind } = trait
  if (kind === 'name' || kind === 'category' || kind === 'text') {
    if (descending) return pick(random, [`in reverse alphabetical order of ${word}`, `${word} from Z to A`])
    return pick(random, [
      'in alphabetical order',
      'alphabetically',
      `sorted by ${word}`,
      `in order of ${word}`,
      `by ${word}`,
      'from A to Z',
      'A to Z',
      `ordered by ${word}`,
    ])
  }
  if (kind === 'date' || kind === 'year')
    return descending
      ? pick(random, ['latest first', 'most recent first', 'newest first', `in descending order of ${word}`])
      : pick(random, [
          'earliest first',
          'oldest first',
          `in order of ${word}`,
          `sorted by ${word}`,
          'in order of time',
          `by ${word}`,
        ])
  const most = trait.counted ? `most ${word} first` : `highest ${word} first`
  const least = trait.counted ? `fewest ${word} first` : `lowest ${word} first`
  const own = degrees === undefined ? [] : [`${descending ? degrees.high : degrees.low} first`]
  return descending
    ? pick(random, [
        most,
        `in descending order of ${word}`,
        `sorted by ${word}, descending`,
        'in descending order',
        ...own,
        ...own,
      ])
    : pick(random, [
        least,
        `in increasing order of ${word}`,
        `sorted by ${word}`,
        `in order of ${word}`,
        `by ${word}`,
        ...own,
        ...own,
      ])
}

/** A question or request with an order at its end or behind it. */
export function withOrder(sentence: string, mark: string, order: string | undefined, random: RandomStream): string {
  if (order === undefined) return sentence + mark
  const own = /^(?:sorted|ordered) by/.test(order)
    ? order.replace(/^(?:sorted|ordered) by/, pick(random, ['Sort by', 'Order by', 'Sorted by']))
    : capital(order)
  return mark === '?' || random.next() < 0.35 ? `${sentence}${mark} ${own}.` : `${sentence}, ${order}${mark}`
}

/** Which rows, and which of their traits. `subject` as in `described`, `asking` as in `which`. */
export function rowsWanted(
  thing: Thing,
  shown: readonly Trait[],
  subject: string,
  asking: string | undefined,
  order: string | undefined,
  random: RandomStream,
): string {
  const words = shown.map((trait) => nounOf(trait, random))
  const list = listed(words)
  const named = shown.length === thing.names.length && shown.every((trait, i) => trait === thing.names[i])
  const form = random.below(6)
  if (asking !== undefined && form < 3) {
    if (named && (thing.names.length === 1 || random.next() < 0.3)) return withOrder(asking, '?', order, random)
    const tell = pick(random, ['Show', 'Give', 'List', 'Show'])
    const rest = shown.slice(thing.names.length)
    const only = shown.length > thing.names.length && thing.names.every((trait, i) => trait === shown[i])
    if (only && random.next() < 0.3)
      return `${withOrder(`${asking}? ${tell} the ${listed(rest.map((t) => nounOf(t, random)))} too`, '.', order, random)}`
    if (order !== undefined && random.next() < 0.5) return `${asking}? ${capital(list)}, ${order}.`
    return `${asking}? ${withOrder(`${tell} ${list}`, '.', order, random)}`
  }
  if (named && form === 3)
    return withOrder(`${pick(random, ['Name', 'List', 'Find', 'Show'])} the ${subject}`, '.', order, random)
  const many = words.length === 1 ? namesOf(words[0] ?? '') : list
  if (form === 4)
    return withOrder(
      `${capital(many)} of ${pick(random, ['the ', 'all ', ''])}${subject}`,
      pick(random, ['.', ', please.']),
      order,
      random,
    )
      .replace(', please., ', ', ')
      .replace(/, please\. (?=[A-Z])/, '. ')
  const verb = pick(random, ['List', 'Give', 'Show', 'Find', 'What are'])
  return withOrder(
    `${verb} the ${many} of ${pick(random, ['the ', 'all ', ''])}${subject}`,
    verb === 'What are' ? '?' : '.',
    order,
    random,
  )
}
