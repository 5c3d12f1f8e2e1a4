/** Questions about things and those that they belong to. */
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, joined, ofKind, pairOf, ref, type Shape, shownOf, sql, term } from './asking.ts'
import { conditionOn } from './conditions.ts'
import { calledBy, described, nounOf, orderOf, rowsWanted, which, withOrder } from './words.ts'

/** Things of a named parent, or of parents with a trait. */
const ofParent: Shape = (things, random) => {
  const pair = pairOf(things, random)
  if (pair === undefined) return undefined
  const { child, parent } = pair
  const { from, own, other } = joined(pair, random)
  const [name] = parent.names
  const value = name && anyOf(name.values, random)
  if (name === undefined || value === undefined) return undefined
  const named = parent.names.length === 1 && random.next() < 0.65
  const trait = named
    ? name
    : anyOf(
        parent.traits.filter((t) => t.kind !== 'key' && t.kind !== 'name'),
        random,
      )
  const on = trait && !named ? conditionOn(parent, trait, other, random) : undefined
  if (!named && on === undefined) return undefined
  const plain = String(value).trim()
  const attribute = named
    ? pick(random, [
        `of ${plain}`,
        `of the ${parent.one} ${plain}`,
        `that belong to ${plain}`,
        `by ${plain}`,
        `in ${plain}`,
        `from ${plain}`,
        `at ${plain}`,
        `with the ${parent.one} ${plain}`,
        `for ${plain}`,
        `on ${plain}`,
      ])
    : `of ${described(parent, on === undefined ? [] : [on], 'and', random)}`
  const condition = named
    ? ({ kind: 'compare', ref: ref(name, other), operator: '=', value: plain, text: true } as const)
    : on?.condition
  if (condition === undefined) return undefined
  const more = conditionsOn(child, pick(random, [0, 0, 0, 1]), own, random)
  const where = random.shuffled([condition, ...more.map((c) => c.condition)])
  const saying = {
    condition,
    verb: named
      ? pick(random, [`belong to ${plain}`, `are ${attribute}`, `does ${plain} have`])
      : `belong to ${described(parent, on === undefined ? [] : [on], 'and', random)}`,
    attribute,
    adjective: undefined,
  }
  const does = saying.verb.startsWith('does ')
  const all = does ? [saying] : [saying, ...more]
  const conditions = does ? [condition] : where
  const subject = described(child, all, 'and', random)
  const asking = which(child, all, 'and', random)
  const kind = random.next()
  if (kind < 0.35) {
    const gold = sql({ from, select: [COUNT], where: conditions })
    const forms = [
      `How many ${asking.slice('Which '.length)}?`,
      `Count the ${subject}.`,
      `How many ${subject} are there?`,
      `Number of ${subject}, please.`,
      `What is the number of ${subject}?`,
    ]
    if (named && !does && more.length === 0)
      forms.push(
        `How many ${child.many} did ${plain} have?`,
        `How many ${child.many} does the ${parent.one} ${plain} have?`,
      )
    return { question: pick(random, forms), gold }
  }
  const number = anyOf(ofKind(child, 'number'), random)
  if (kind < 0.5 && number !== undefined) {
    const [aggregate, said] = pick(random, [
      ['avg', 'average'],
      ['sum', 'total'],
      ['max', 'highest'],
      ['min', 'lowest'],
    ] as const)
    const word = nounOf(number, random)
    const gold = sql({ from, select: [{ aggregate, ref: ref(number, own) }], where: conditions })
    return {
      question: pick(random, [
        `What is the ${said} ${word} of the ${subject}?`,
        `Give the ${said} ${word} of ${subject}.`,
        `What is the ${said} ${word} ${does ? 'of' : 'among'} the ${subject}?`,
      ]),
      gold,
    }
  }
  const names = shownOf(child)
  const extra = random
    .shuffled(child.traits.filter((t) => t.kind !== 'key' && !names.includes(t)))
    .slice(0, pick(random, [0, 0, 1, 2]))
  const shown = child.names.length > 0 ? [...names, ...extra] : extra.length > 0 ? extra : names
  const by = random.next() < 0.5 ? pick(random, shown) : undefined
  const descending = by !== undefined && ['number', 'year', 'date'].includes(by.kind) && random.next() < 0.4
  const order = by && orderOf(by, descending, random)
  const distinct = random.next() < 0.1
  const gold = sql({
    from,
    distinct,
    select: shown.map((t) => term(t, own)),
    where: conditions,
    orderBy: by === undefined ? [] : [{ term: term(by, own), descending }],
  })
  const question = rowsWanted(child, shown, subject, asking, order, random)
  return { question: distinct ? `${question} ${pick(random, ['Each once.', 'Without repetition.'])}` : question, gold }
}

/** Each thing with the name of what it belongs to. */
const withParent: Shape = (things, random) => {
  const pair = pairOf(things, random, ({ child }) => child.names.length > 0)
  if (pair === undefined) return undefined
  const { child, parent } = pair
  const { from, own, other } = joined(pair, random)
  const conditions = conditionsOn(child, pick(random, [0, 0, 0, 1]), own, random)
  const ordered = random.next() < 0.65
  const by = child.names[0]
  if (by === undefined) return undefined
  const gold = sql({
    from,
    select: [...child.names.map((t) => term(t, own)), ...parent.names.map((t) => term(t, other))],
    where: conditions.map((c) => c.condition),
    orderBy: ordered ? [{ term: term(by, own), descending: false }] : [],
  })
  const name = calledBy(parent)
  const order = ordered
    ? pick(random, [
        `sorted by ${child.one} ${by.say[0]}`,
        `alphabetically by ${child.one}`,
        `by ${child.one} ${by.say[0]}`,
        `in order of ${child.one} ${by.say[0]}`,
      ])
    : undefined
  const some = conditions.map((c) => ` ${c.attribute}`).join('')
  const forms = [
    withOrder(`Show each ${child.one}${some} with the ${name} of its ${parent.one}`, '.', order, random),
    withOrder(
      `For every ${child.one}${some} list its ${by.say[0]} and the ${name} of the ${parent.one}`,
      '.',
      order,
      random,
    ),
    withOrder(`Which ${parent.one} does each ${child.one}${some} have`, '?', order, random),
    withOrder(
      `List ${child.one} ${by.say[0]} and ${parent.one} ${name}${some === '' ? '' : ` of the ${child.many}${some}`}`,
      '.',
      order,
      random,
    ),
    withOrder(
      `${pick(random, ['Give', 'List', 'Show'])} the ${child.many}${some} with their ${parent.many}`,
      '.',
      order,
      random,
    ),
  ]
  return { question: pick(random, forms), gold }
}

/** With how often each is asked. */
export const PARENTS: readonly (readonly [number, Shape])[] = [
  [7, ofParent],
  [2, withParent],
]
