/** Questions over three tables: what belongs to something that belongs to something else. */
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, ofKind, type Pair, ref, type Shape, shownOf, sql, term } from './asking.ts'
import type { Thing } from './things.ts'
import { calledBy, capital, described, listed, nounOf, orderWords, which, withOrder } from './words.ts'

interface Chain {
  readonly near: Pair
  readonly far: Pair
}

/** Things whose parents have named parents. */
function chainsOf(things: readonly Thing[]): readonly Chain[] {
  const pairs = things.flatMap((child) =>
    child.parents.flatMap(({ column, table, key }) => {
      const parent = things.find((thing) => thing.table === table)
      return parent === undefined || parent === child ? [] : [{ child, parent, column, key }]
    }),
  )
  return pairs.flatMap((near) =>
    pairs
      .filter((far) => far.child === near.parent && far.parent.names.length > 0 && far.parent !== near.child)
      .map((far) => ({ near, far })),
  )
}

function joinedChain({ near, far }: Chain) {
  return [
    { table: near.child.table },
    { table: near.parent.table, on: { left: ref(near.column, 0), column: near.key } },
    { table: far.parent.table, on: { left: ref(far.column, 1), column: far.key } },
  ]
}

/** How many, or how much, each grandparent has. */
export const perFar: Shape = (things, random) => {
  const chain = anyOf(chainsOf(things), random)
  if (chain === undefined) return undefined
  const [child, far] = [chain.near.child, chain.far.parent]
  const from = joinedChain(chain)
  const number = anyOf(ofKind(child, 'number'), random)
  const counts = number === undefined || random.next() < 0.6
  const [aggregate, said] = pick(random, [
    ['sum', 'total'],
    ['avg', 'average'],
    ['sum', 'total'],
  ] as const)
  const measure = counts || number === undefined ? COUNT : ({ aggregate, ref: ref(number, 0) } as const)
  const conditions = conditionsOn(child, pick(random, [0, 0, 1]), 0, random)
  const subject = described(child, conditions, 'and', random)
  const word = number === undefined ? '' : nounOf(number, random)
  const what = counts ? `number of ${subject}` : `${said} ${word} of the ${subject}`
  const names = far.names.map((t) => term(t, 2))
  const [first] = far.names
  if (first === undefined) return undefined
  const base = { from, where: conditions.map((c) => c.condition), groupBy: far.names.map((t) => ref(t, 2)) }
  if (random.next() < 0.4) {
    const gold = sql({ ...base, select: names, orderBy: [{ term: measure, descending: true }], limit: 1 })
    const most = counts ? `the most ${subject}` : `the highest ${said} ${word} of ${subject}`
    const forms = [
      `Which ${far.one} has ${most}?`,
      `Name the ${far.one} with ${most}.`,
      `What is the ${calledBy(far)} of the ${far.one} with ${most}?`,
      `Which ${far.one} had ${most}?`,
    ]
    return { question: pick(random, forms), gold }
  }
  const ordered = random.next() < 0.75
  const byMeasure = random.next() < 0.35
  const order = !ordered
    ? undefined
    : byMeasure
      ? pick(random, ['most first', 'highest first', 'in descending order'])
      : pick(random, [
          `sorted by ${far.one} ${first.say[0]}`,
          `by ${first.say[0]}`,
          'alphabetically',
          `in order of ${first.say[0]}`,
        ])
  const gold = sql({
    ...base,
    select: [...names, measure],
    orderBy: ordered ? [{ term: byMeasure ? measure : { ref: ref(first, 2) }, descending: byMeasure }] : [],
  })
  const forms = [
    withOrder(
      `${pick(random, ['For each', 'For every', 'Per'])} ${far.one}, ${pick(random, ['give', 'show'])} the ${what}`,
      '.',
      order,
      random,
    ),
    withOrder(`List the ${calledBy(far)} of each ${far.one} with the ${what}`, '.', order, random),
    ...(counts
      ? [
          withOrder(
            `How many ${subject} ${pick(random, ['has each', 'does each', 'were there for each'])} ${far.one}`,
            '?',
            order,
            random,
          ),
        ]
      : []),
  ]
  return { question: pick(random, forms), gold }
}

/** Things of a named grandparent. */
export const ofFar: Shape = (things, random) => {
  const chain = anyOf(chainsOf(things), random)
  if (chain === undefined) return undefined
  const [child, far] = [chain.near.child, chain.far.parent]
  const [name] = far.names
  const value = name && anyOf(name.values, random)
  if (name === undefined || value === undefined) return undefined
  const plain = String(value).trim()
  const more = conditionsOn(child, pick(random, [0, 0, 1]), 0, random)
  const where = [
    { kind: 'compare', ref: ref(name, 2), operator: '=', value: plain, text: true } as const,
    ...more.map((c) => c.condition),
  ]
  const attribute = pick(random, [
    `of ${plain}`,
    `of the ${far.one} ${plain}`,
    `for ${plain}`,
    `in ${plain}`,
    `with the ${far.one} ${plain}`,
  ])
  const verb = pick(random, [`belong to ${plain}`, `are ${attribute}`, `belong to the ${far.one} ${plain}`])
  const said = [{ condition: where[0] as (typeof where)[number], verb, attribute, adjective: undefined }, ...more]
  const subject = described(child, said, 'and', random)
  const from = joinedChain(chain)
  if (random.next() < 0.5) {
    const gold = sql({ from, select: [COUNT], where })
    return {
      question: pick(random, [
        `How many ${which(child, said, 'and', random).slice('Which '.length)}?`,
        `Count the ${subject}.`,
        `How many ${subject} are there?`,
      ]),
      gold,
    }
  }
  const shown = shownOf(child)
  const [by] = shown
  const ordered = random.next() < 0.5
  const order =
    ordered && by !== undefined ? (by.kind === 'key' ? 'in order' : orderWords(by, false, random)) : undefined
  const gold = sql({
    from,
    select: shown.map((t) => term(t, 0)),
    where,
    orderBy: order === undefined || by === undefined ? [] : [{ term: term(by, 0), descending: false }],
  })
  const list = listed(shown.map((t) => nounOf(t, random)))
  return {
    question: pick(random, [
      withOrder(`${which(child, said, 'and', random)}`, '?', order, random),
      withOrder(`${capital(list)} of the ${subject}`, '.', order, random),
    ]),
    gold,
  }
}

/** Who took part in something, and a trait of how. */
export const partOf: Shape = (things, random) => {
  const middles = things.filter(({ parents }) => parents.length > 1)
  const middle = anyOf(middles, random)
  const [one, two] = random.shuffled(middle?.parents ?? [])
  const [asked, known] = [things.find((t) => t.table === one?.table), things.find((t) => t.table === two?.table)]
  const trait = middle && anyOf(ofKind(middle, 'number', 'date', 'category'), random)
  const name = known?.names[0]
  const first = asked?.names[0]
  const value = name && anyOf(name.values, random)
  if (
    !middle ||
    !one ||
    !two ||
    !asked ||
    !known ||
    asked === known ||
    !trait ||
    !name ||
    !first ||
    value === undefined
  )
    return undefined
  const plain = String(value).trim()
  const from = [
    { table: asked.table },
    { table: middle.table, on: { left: ref(one.key, 0), column: one.column } },
    { table: known.table, on: { left: ref(two.column, 1), column: two.key } },
  ]
  const ordered = random.next() < 0.6
  const byTrait = random.next() < 0.3
  const descending = byTrait && random.next() < 0.5 && trait.kind !== 'category'
  const order = !ordered
    ? undefined
    : byTrait
      ? orderWords(trait, descending, random)
      : orderWords(first, false, random)
  const gold = sql({
    from,
    select: [...asked.names.map((t) => term(t, 0)), term(trait, 1)],
    where: [{ kind: 'compare', ref: ref(name, 2), operator: '=', value: plain, text: true }],
    orderBy: ordered ? [{ term: byTrait ? term(trait, 1) : term(first, 0), descending }] : [],
  })
  const word = nounOf(trait, random)
  const called = calledBy(asked)
  const forms = [
    withOrder(
      `Show ${called} and ${word} of each ${middle.one} ${pick(random, ['of', 'in', 'with', 'for'])} ${plain}`,
      '.',
      order,
      random,
    ),
    withOrder(
      `Which ${asked.many} had ${pick(random, ['a ', 'some '])}${middle.one} of ${plain}, and with what ${word}`,
      '?',
      order,
      random,
    ),
    withOrder(
      `For the ${known.one} ${plain}, list ${asked.one} ${called} and ${word} of every ${middle.one}`,
      '.',
      order,
      random,
    ),
  ]
  return { question: pick(random, forms), gold }
}
