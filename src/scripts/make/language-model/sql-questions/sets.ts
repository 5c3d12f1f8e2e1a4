/** Questions that combine two sets: both, either, but not; and conditions inside IN. */
import { pick } from '../../databases/model.ts'
import {
  anyOf,
  COUNT,
  conditionsOn,
  joined,
  ofKind,
  pairOf,
  ref,
  type Shape,
  shownOf,
  sql,
  term,
  thingWith,
} from './asking.ts'
import { article } from './lexicon.ts'
import { capital, described, orderWords, rowsWanted, which, withOrder } from './words.ts'

/** Parents with one kind of child, with (or without) another, or with a trait of their own. */
export const combined: Shape = (things, random) => {
  const pair = pairOf(things, random, ({ parent, child }) => parent.names.length === 1 && child.traits.length > 2)
  const [name] = pair?.parent.names ?? []
  if (pair === undefined || name === undefined) return undefined
  const { from, own, other } = joined(pair, random)
  const { child, parent } = pair
  const [first, second] = conditionsOn(child, 2, own, random)
  const [trait] = conditionsOn(parent, 1, 0, random, [name])
  if (first === undefined) return undefined
  const withChild = (said: typeof first): string => sql({ from, select: [term(name, other)], where: [said.condition] })
  const kind = pick(random, ['INTERSECT', 'INTERSECT', 'UNION', 'EXCEPT'] as const)
  const some = (said: typeof first): string =>
    pick(random, [`${article(child.one)} ${said.attribute}`, described(child, [said], 'and', random)])
  const own2 = trait !== undefined && random.next() < 0.5
  const left = withChild(first)
  const right =
    own2 && trait !== undefined
      ? sql({ from: [{ table: parent.table }], select: [term(name)], where: [trait.condition] })
      : second && withChild(second)
  if (right === undefined) return undefined
  const ordered = random.next() < 0.5
  // A column of one of several tables can not be named behind a union.
  const order = ordered && own2 ? orderWords(name, false, random) : undefined
  const gold = `${left} ${kind} ${right}${order === undefined ? '' : ` ORDER BY ${name.column}`}`
  const b = own2 && trait !== undefined ? trait.verb : `have ${second === undefined ? '' : some(second)}`
  const link = kind === 'INTERSECT' ? pick(random, ['and also', 'and']) : kind === 'UNION' ? 'or' : 'but not:'
  const question =
    kind === 'EXCEPT'
      ? pick(random, [
          `Which ${parent.many} have ${some(first)}, leaving out those that ${b}`,
          `Which ${parent.many} have ${some(first)}, except those that ${b}`,
        ])
      : `Which ${parent.many} have ${some(first)} ${link} ${b}`
  return { question: withOrder(question, '?', order, random), gold }
}

/** Children of parents with a trait, without a join. */
export const inside: Shape = (things, random) => {
  const pair = pairOf(things, random)
  if (pair === undefined) return undefined
  const { child, parent, column, key } = pair
  const [said] = conditionsOn(parent, 1, 0, random)
  if (said === undefined) return undefined
  const inner = sql({ from: [{ table: parent.table }], select: [term(key)], where: [said.condition] })
  const subject = `${child.many} of ${described(parent, [said], 'and', random)}`
  const gold = `${sql({ from: [{ table: child.table }], select: [COUNT] })} WHERE ${column} IN (${inner})`
  const role = column.replace(/_(?:id|no|code)$/, '').replaceAll('_', ' ')
  const forms = [
    `How many ${child.many} have ${article(role)} ${said.attribute}?`,
    `Count the ${child.many} whose ${role} ${said.verb
      .replace(/^have /, 'has ')
      .replace(/^are /, 'is ')
      .replace(/^were /, 'was ')}.`,
    `How many ${subject} are there?`,
  ]
  return { question: pick(random, forms), gold }
}

/** Names that begin or end with something. */
export const beginning: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => t.names.length === 1)
  const [name] = thing?.names ?? []
  const value = name && anyOf(name.values, random)
  if (thing === undefined || name === undefined || value === undefined) return undefined
  const words = String(value).trim().split(' ')
  const starts = random.next() < 0.75
  const part = (starts ? words[0] : words.at(-1)) ?? ''
  const shown = pick(random, [`"${part}"`, part, `the word ${part}`])
  const [begin, beginning] = starts
    ? pick(random, [
        ['start', 'starting'],
        ['begin', 'beginning'],
      ] as const)
    : (['end', 'ending'] as const)
  const condition = { kind: 'like', ref: ref(name), value: part } as const
  const said = {
    condition,
    verb: `have ${article(name.say[0] ?? '')} that ${begin}s with ${shown}`,
    attribute: pick(random, [
      `whose ${name.say[0]} ${begin}s with ${shown}`,
      `with ${article(name.say[0] ?? '')} ${beginning} with ${shown}`,
    ]),
    adjective: undefined,
  }
  const ordered = random.next() < 0.5
  const order = ordered ? orderWords(name, false, random) : undefined
  const whole = sql({
    from: [{ table: thing.table }],
    select: [term(name)],
    where: [condition],
    orderBy: ordered ? [{ term: term(name), descending: false }] : [],
  })
  const gold = starts ? whole.replace("LIKE '%", "LIKE '") : whole.replace(/(LIKE '%(?:[^']|'')*)%'/, "$1'")
  const forms = [
    rowsWanted(
      thing,
      shownOf(thing),
      described(thing, [said], 'and', random),
      which(thing, [said], 'and', random),
      order,
      random,
    ),
    withOrder(`Which ${thing.one} ${name.say[0]}s ${begin} with ${shown}`, '?', order, random),
    withOrder(`${capital(name.say[0] ?? '')}s of ${thing.many} ${beginning} with ${shown}`, '.', order, random),
  ]
  return { question: pick(random, forms), gold }
}

/** Groups of known values only, and two measures at once. */
export const knownGroups: Shape = (things, random) => {
  const thing = thingWith(things, random, (t) => ofKind(t, 'category', 'year').length > 0)
  const by = thing && anyOf(ofKind(thing, 'category', 'year'), random)
  if (thing === undefined || by === undefined) return undefined
  const word = by.say[0] ?? ''
  const order =
    random.next() < 0.8
      ? pick(random, [`sorted by ${word}`, 'alphabetically', `in order of ${word}`, `by ${word}`])
      : undefined
  const orderBy = order === undefined ? [] : [{ term: term(by), descending: false }]
  const number = anyOf(ofKind(thing, 'number'), random)
  if (by.missing && random.next() < 0.6) {
    const gold = sql({
      from: [{ table: thing.table }],
      select: [term(by), COUNT],
      where: [{ kind: 'null', ref: ref(by), not: true }],
      groupBy: [ref(by)],
      orderBy,
    })
    const forms = [
      withOrder(`How many ${thing.many} are there of each known ${word}`, '?', order, random),
      withOrder(`For every ${word} on record, count the ${thing.many}`, '.', order, random),
      withOrder(`For each ${word}, leaving out missing ones, give the number of ${thing.many}`, '.', order, random),
      withOrder(`Count the ${thing.many} per known ${word}`, '.', order, random),
    ]
    return { question: pick(random, forms), gold }
  }
  if (number === undefined) return undefined
  const [one, two] = random.shuffled([
    ['sum', 'total'],
    ['avg', 'average'],
    ['max', 'highest'],
    ['min', 'lowest'],
  ] as const)
  if (one === undefined || two === undefined) return undefined
  const noun = number.say[0] ?? ''
  const gold = sql({
    from: [{ table: thing.table }],
    select: [term(by), { aggregate: one[0], ref: ref(number) }, { aggregate: two[0], ref: ref(number) }],
    groupBy: [ref(by)],
    orderBy,
  })
  const forms = [
    withOrder(
      `For each ${word}, give the ${one[1]} and the ${two[1]} ${noun} of the ${thing.many}`,
      '.',
      order,
      random,
    ),
    withOrder(`Show ${word}, ${one[1]} ${noun} and ${two[1]} ${noun} of the ${thing.many}`, '.', order, random),
    withOrder(`What are the ${one[1]} and the ${two[1]} ${noun} of the ${thing.many} per ${word}`, '?', order, random),
  ]
  return { question: pick(random, forms), gold }
}
