/** Questions about amounts in one table: aggregates, the highest, groups. */
import type { Aggregate } from '../../../../policies/linear/intercode-sql/plan.ts'
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, ofKind, ref, type Shape, shownOf, sql, term, thingWith } from './asking.ts'
import { capital, described, listed, nounOf, orderWords, withOrder } from './words.ts'

const AGGREGATES: readonly (readonly [Aggregate, readonly string[]])[] = [
  ['avg', ['average', 'mean', 'average']],
  ['sum', ['total', 'sum of the', 'total']],
  ['max', ['highest', 'maximum', 'largest', 'greatest']],
  ['min', ['lowest', 'minimum', 'smallest']],
]

const aggregate: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'number').length > 0)
  const trait = thing && anyOf(ofKind(thing, 'number'), random)
  if (thing === undefined || trait === undefined) return undefined
  const conditions = conditionsOn(thing, pick(random, [0, 0, 1, 1]), 0, random, [trait])
  const chosen = random.shuffled(AGGREGATES).slice(0, pick(random, [1, 1, 2]))
  const subject = described(thing, conditions, 'and', random)
  const word = nounOf(trait, random)
  const gold = sql({
    from: [{ table: thing.table }],
    select: chosen.map(([a]) => ({ aggregate: a, ref: ref(trait) })),
    where: conditions.map((c) => c.condition),
  })
  const words = chosen.map(([, said]) => pick(random, said))
  const what = `${listed(words)} ${trait.counted && random.next() < 0.5 ? `number of ${word}` : word}`
  const forms = [
    `What is the ${what} of the ${subject}?`,
    `Give the ${what} of the ${subject}.`,
    `Find the ${what} of all ${subject}.`,
    `What is the ${what} of ${subject}?`,
    `${capital(what)} of ${subject}, please.`,
  ]
  const [only] = chosen
  if (chosen.length === 1 && only !== undefined) {
    if (only[0] === 'avg')
      forms.push(
        `What ${word} do ${subject} have on average?`,
        `How ${trait.counted ? `many ${word}` : `much ${word}`} do ${subject} have on average?`,
      )
    if (only[0] === 'sum')
      forms.push(
        `How ${trait.counted ? `many ${word}` : `much ${word}`} do ${subject} have altogether?`,
        `What do all ${word} of the ${subject} add up to?`,
        `Sum the ${word} of all ${subject}.`,
      )
    if (trait.degrees !== undefined && only[0] === 'max')
      forms.push(`What is the ${word} of the ${trait.degrees.high} of the ${subject}?`)
    if (trait.degrees !== undefined && only[0] === 'min')
      forms.push(`What is the ${word} of the ${trait.degrees.low} of the ${subject}?`)
  }
  return { question: pick(random, forms), gold }
}

const top: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'number', 'year', 'date').length > 0)
  const by = thing && anyOf(ofKind(thing, 'number', 'year', 'date'), random)
  if (thing === undefined || by === undefined) return undefined
  const descending = random.next() < 0.6
  const conditions = conditionsOn(thing, pick(random, [0, 0, 1]), 0, random, [by])
  const limit = random.next() < 0.55 ? 1 : 2 + random.below(4)
  const names = shownOf(thing)
  const shown = random.next() < 0.4 ? [...names, by] : names
  const word = nounOf(by, random)
  const time = by.kind !== 'number'
  const high = time ? pick(random, ['latest', 'newest', 'most recent']) : by.counted ? 'most' : 'highest'
  const low = time ? pick(random, ['earliest', 'oldest']) : by.counted ? 'fewest' : 'lowest'
  const own =
    by.degrees !== undefined && random.next() < 0.6 ? (descending ? by.degrees.high : by.degrees.low) : undefined
  const degree = own ?? (time ? (descending ? high : low) : undefined)
  const attributes = conditions.map((c) => c.attribute).join(' and ')
  const noun = limit === 1 ? thing.one : thing.many
  const number = limit === 1 ? '' : `${limit} `
  const rest = attributes === '' ? '' : ` ${attributes}`
  const subject =
    degree === undefined
      ? `${number}${noun}${rest} with the ${descending ? high : low} ${word}`
      : `${number}${degree} ${noun}${rest}`
  const gold = sql({
    from: [{ table: thing.table }],
    select: shown.map((trait) => term(trait)),
    where: conditions.map((c) => c.condition),
    orderBy: [{ term: term(by), descending }],
    limit,
  })
  const list = listed(shown.map((trait) => nounOf(trait, random)))
  const behind = limit > 1 ? `, ${orderWords(by, descending, random)}` : ''
  const is = limit === 1 ? 'is' : 'are'
  const forms = [
    `What ${is} the ${list} of the ${subject}${behind}?`,
    `${pick(random, ['Give', 'Show', 'Find', 'List'])} the ${list} of the ${subject}${behind}.`,
    `${capital(list)} of the ${subject}${behind}.`,
    `Which ${is} the ${subject}? ${pick(random, ['Show', 'Give'])} ${list}${behind}.`,
    ...(shown.length === names.length
      ? [
          `Which ${is} the ${subject}${behind}?`,
          `Which ${noun}${rest} ${limit === 1 ? 'has' : 'have'} the ${descending ? high : low} ${word}${behind}?`.replace(
            'Which ',
            limit === 1 ? 'Which ' : `Which ${number}`,
          ),
        ]
      : []),
  ]
  return { question: pick(random, forms), gold }
}

const groups: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'category', 'year', 'flag').length > 0)
  const by = thing && anyOf(ofKind(thing, 'category', 'category', 'year', 'flag'), random)
  if (thing === undefined || by === undefined) return undefined
  const number = anyOf(ofKind(thing, 'number'), random)
  const word = nounOf(by, random)
  const [aggregate, said] = pick(random, AGGREGATES)
  const counts = number === undefined || random.next() < 0.65
  const measured = number !== undefined && (!counts || random.next() < 0.25)
  const terms = [
    ...(counts ? [COUNT] : []),
    ...(measured && number !== undefined ? [{ aggregate, ref: ref(number) }] : []),
  ]
  const having = counts && !measured && random.next() < 0.25 ? 1 + random.below(4) : undefined
  const conditions = having === undefined ? conditionsOn(thing, pick(random, [0, 0, 0, 1]), 0, random, [by]) : []
  const subject = described(thing, conditions, 'and', random)
  const byTerm = random.next() < 0.35
  const ordered = random.next() < 0.75
  const what = number === undefined ? '' : `${pick(random, said)} ${nounOf(number, random)}`
  const measures = [...(counts ? [`number of ${subject}`] : []), ...(measured ? [what] : [])]
  const order = !ordered
    ? undefined
    : byTerm
      ? counts
        ? pick(random, [
            'most first',
            'most frequent first',
            'largest number first',
            'in descending order of the number',
          ])
        : pick(random, [
            'highest first',
            'largest first',
            `in descending order of the ${said[0]}`,
            'in descending order',
          ])
      : pick(random, [
          `in order of ${word}`,
          `sorted by ${word}`,
          'in alphabetical order',
          'alphabetically',
          `by ${word}`,
          `ordered by ${word}`,
        ])
  const only = having !== undefined && random.next() < 0.4
  const gold = sql({
    from: [{ table: thing.table }],
    select: [term(by), ...(only ? [] : terms)],
    where: conditions.map((c) => c.condition),
    groupBy: [ref(by)],
    having: having === undefined ? undefined : { term: COUNT, operator: '>', value: String(having) },
    orderBy: !ordered ? [] : [{ term: byTerm ? (terms[0] ?? COUNT) : term(by), descending: byTerm }],
  })
  if (having !== undefined) {
    const than = `more than ${having} ${having === 1 ? thing.one : thing.many}`
    const tell = only ? '' : `${pick(random, ['Show', 'Give'])} ${word} and number`
    const asks = [
      `Which ${word} has ${than}?`,
      `Which ${word}s occur with ${than}?`,
      `Find every ${word} with ${than}.`,
    ]
    const ask = pick(random, asks)
    return {
      question:
        tell === ''
          ? withOrder(ask.slice(0, -1), ask.slice(-1), order, random)
          : `${ask} ${withOrder(tell, '.', order, random)}`,
      gold,
    }
  }
  const all = listed(measures)
  const forms = [
    withOrder(
      `${pick(random, ['For each', 'For every', 'Per'])} ${word}, ${pick(random, ['give', 'show', 'what is'])} the ${all}`,
      '.',
      order,
      random,
    ),
    withOrder(
      `${pick(random, ['Show', 'List', 'Give'])} each ${word} ${pick(random, ['with', 'and'])} its ${all}`,
      '.',
      order,
      random,
    ),
    withOrder(`What is the ${all} ${pick(random, ['of each', 'for each', 'per', 'by'])} ${word}`, '?', order, random),
  ]
  if (counts && !measured)
    forms.push(
      withOrder(
        `How many ${subject} are there ${pick(random, ['of each', 'for each', 'per', 'in each', 'with each'])} ${word}`,
        '?',
        order,
        random,
      ),
      withOrder(
        `Count the ${subject} ${pick(random, ['of each', 'per', 'by', 'for every'])} ${word}`,
        '.',
        order,
        random,
      ),
    )
  if (counts && measured)
    forms.push(withOrder(`For each ${word}, how many ${subject} are there and what is the ${what}`, '?', order, random))
  return { question: pick(random, forms), gold }
}

/** With how often each is asked. */
export const AMOUNTS: readonly (readonly [number, Shape])[] = [
  [4, aggregate],
  [5, top],
  [5, groups],
]
