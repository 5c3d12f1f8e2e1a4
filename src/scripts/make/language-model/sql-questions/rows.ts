/** Questions for rows of one table. */
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, ofKind, ref, type Shape, shownOf, sql, term, thingWith } from './asking.ts'
import { calledBy, capital, described, nounOf, orderOf, rowsWanted, which, withOrder } from './words.ts'

const count: Shape = (things, random) => {
  const thing = pick(random, things)
  const conditions = conditionsOn(thing, random.below(3), 0, random)
  const any = conditions.length > 1 && random.next() < 0.2
  const joint = any ? 'or' : 'and'
  const gold = sql({ from: [{ table: thing.table }], select: [COUNT], where: conditions.map((c) => c.condition), any })
  const subject = described(thing, conditions, joint, random)
  const forms =
    conditions.length === 0
      ? [
          `How many ${thing.many} are there?`,
          `Count the ${thing.many}.`,
          `What is the total number of ${thing.many}?`,
          `Give the number of ${thing.many}.`,
          `How many ${thing.many} do we have?`,
          `Count all ${thing.many}.`,
        ]
      : [
          `How many ${which(thing, conditions, joint, random).slice('Which '.length)}?`,
          `Count the ${subject}.`,
          `Number of ${subject}, please.`,
          `How many ${subject} are there?`,
          `What is the number of ${subject}?`,
          `Count ${subject}.`,
        ]
  return { question: pick(random, forms), gold }
}

const rows: Shape = (things, random) => {
  const thing = pick(random, things)
  const names = shownOf(thing)
  const more = random
    .shuffled(thing.traits.filter((t) => t.kind !== 'key' && !names.includes(t)))
    .slice(0, pick(random, [0, 0, 0, 1, 1, 2]))
  const shown = random.next() < 0.9 || more.length === 0 ? [...names, ...more] : more
  const conditions = conditionsOn(thing, pick(random, [0, 1, 1, 1, 1, 2]), 0, random)
  const any = conditions.length > 1 && random.next() < 0.2
  const joint = any ? 'or' : 'and'
  const ordered = random.next() < 0.5
  const by = ordered ? pick(random, shown) : undefined
  const descending = by !== undefined && ['number', 'year', 'date'].includes(by.kind) && random.next() < 0.5
  const order = by && orderOf(by, descending, random)
  const asking = conditions.length === 0 ? undefined : which(thing, conditions, joint, random)
  const gold = sql({
    from: [{ table: thing.table }],
    select: shown.map((trait) => term(trait)),
    where: conditions.map((c) => c.condition),
    any,
    orderBy: by === undefined ? [] : [{ term: term(by), descending }],
  })
  return {
    question: rowsWanted(thing, shown, described(thing, conditions, joint, random), asking, order, random),
    gold,
  }
}

const orderedByAnother: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => t.names.length > 0 && ofKind(t, 'number', 'year', 'date').length > 0)
  const by = thing && anyOf(ofKind(thing, 'number', 'year', 'date'), random)
  if (thing === undefined || by === undefined) return undefined
  const descending = random.next() < 0.5
  const order = orderOf(by, descending, random)
  if (/^in (?:descending|increasing) order$/.test(order)) return undefined
  const gold = sql({
    from: [{ table: thing.table }],
    select: thing.names.map((t) => term(t)),
    orderBy: [{ term: term(by), descending }],
  })
  return { question: rowsWanted(thing, thing.names, thing.many, undefined, order, random), gold }
}

const distinct: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'category').length > 0)
  const trait = thing && anyOf(ofKind(thing, 'category'), random)
  if (thing === undefined || trait === undefined) return undefined
  const word = trait.say[0] ?? ''
  const from = [{ table: thing.table }]
  if (random.next() < 0.5) {
    const forms = [
      `How many different ${word}s are there among the ${thing.many}?`,
      `How many distinct ${word}s do the ${thing.many} have?`,
      `Count the different ${word}s of ${thing.many}.`,
    ]
    return {
      question: pick(random, forms),
      gold: sql({ from, select: [{ aggregate: 'count-distinct', ref: ref(trait) }] }),
    }
  }
  const conditions = conditionsOn(thing, pick(random, [0, 0, 1]), 0, random, [trait])
  const ordered = random.next() < 0.7
  const order = ordered ? orderOf(trait, false, random) : undefined
  const subject = described(thing, conditions, 'and', random)
  const gold = sql({
    ...{ from, distinct: true, select: [term(trait)], where: conditions.map((c) => c.condition) },
    orderBy: ordered ? [{ term: term(trait), descending: false }] : [],
  })
  const forms = [
    withOrder(
      `${pick(random, ['List', 'Show', 'Give'])} the ${pick(random, ['different', 'distinct'])} ${word}s of the ${subject}`,
      '.',
      order,
      random,
    ),
    withOrder(`What ${pick(random, ['different', 'distinct'])} ${word}s do ${subject} have`, '?', order, random),
    `${capital(word)}s of the ${subject}, ${pick(random, ['each once', 'without repetition'])}${ordered ? `, ${order}` : ''}.`,
  ]
  return { question: pick(random, forms), gold }
}

const aboveAverage: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'number').length > 0 && t.names.length > 0)
  const trait = thing && anyOf(ofKind(thing, 'number'), random)
  if (thing === undefined || trait === undefined) return undefined
  const more = random.next() < 0.7
  const word = nounOf(trait, random)
  const conditions = conditionsOn(thing, pick(random, [0, 0, 1]), 0, random, [trait])
  const than = pick(random, ['than average', 'than the average', `than the average ${thing.one}`])
  const much = trait.counted ? (more ? 'more' : 'fewer') : more ? 'a higher' : 'a lower'
  const own = trait.degrees === undefined ? undefined : more ? trait.degrees.more : trait.degrees.less
  const verb =
    own !== undefined && random.next() < 0.5
      ? `are ${own} ${than}`
      : pick(random, [
          `have ${much} ${word} ${than}`,
          `have ${trait.counted ? `${word}` : `a ${word}`} ${more ? 'above' : 'below'} average`,
        ])
  const attribute = pick(random, [
    `with ${much} ${word} ${than}`,
    `${more ? 'above' : 'below'} the average ${word}`,
    `whose ${word} is ${more ? 'above' : 'below'} the average`,
  ])
  const said = {
    condition: { kind: 'whole', ref: ref(trait), operator: more ? '>' : '<', aggregate: 'avg' },
    verb,
    attribute,
    adjective: undefined,
  } as const
  const all = random.next() < 0.5 ? [said, ...conditions] : [...conditions, said]
  const shown = random.next() < 0.4 ? [...thing.names, trait] : thing.names
  const ordered = random.next() < 0.35
  const descending = random.next() < 0.6 && shown.length > thing.names.length
  const by = descending ? trait : thing.names[0]
  if (by === undefined) return undefined
  const gold = sql({
    from: [{ table: thing.table }],
    select: shown.map((t) => term(t)),
    where: all.map((c) => c.condition),
    orderBy: ordered ? [{ term: term(by), descending }] : [],
  })
  const order = ordered ? orderOf(by, descending, random) : undefined
  return {
    question: rowsWanted(
      thing,
      shown,
      described(thing, all, 'and', random),
      which(thing, all, 'and', random),
      order,
      random,
    ),
    gold,
  }
}

const traitOfOne: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => t.names.length === 1 && t.traits.length > 2)
  const [name] = thing?.names ?? []
  const trait = thing && anyOf(ofKind(thing, 'number', 'category', 'year', 'date', 'text'), random)
  if (thing === undefined || name === undefined || trait === undefined) return undefined
  const value = anyOf(name.values, random)
  if (value === undefined) return undefined
  const gold = sql({
    from: [{ table: thing.table }],
    select: [term(trait)],
    where: [{ kind: 'compare', ref: ref(name), operator: '=', value: String(value).trim(), text: true }],
  })
  const word = nounOf(trait, random)
  const forms = [
    `What is the ${word} of ${value}?`,
    `What ${word} does ${value} have?`,
    `Give the ${word} of the ${thing.one} ${value}.`,
    `Show the ${word} of ${value}.`,
    `Which ${word} does the ${thing.one} with the ${calledBy(thing)} ${value} have?`,
  ]
  return { question: pick(random, forms), gold }
}

/** With how often each is asked. */
export const ROWS: readonly (readonly [number, Shape])[] = [
  [4, count],
  [9, rows],
  [2, orderedByAnother],
  [2, distinct],
  [3, aboveAverage],
  [1, traitOfOne],
]
