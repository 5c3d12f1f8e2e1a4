/** Questions about things without others, and things that others connect. */
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, pairOf, ref, type Shape, sql, term } from './asking.ts'
import { article } from './lexicon.ts'
import { capital, listed, nounOf, orderWords, rowsWanted, withOrder } from './words.ts'

/** Parents that nothing belongs to, or that something with a trait belongs to. */
const withNone: Shape = (things, random) => {
  const pair = pairOf(things, random)
  if (pair === undefined) return undefined
  const { child, parent, column, key } = pair
  const not = random.next() < 0.8
  const shown = parent.names
  const [first] = shown
  if (first === undefined) return undefined
  const ordered = random.next() < 0.25
  const more = conditionsOn(parent, pick(random, [0, 0, 0, 1]), 0, random)
  const where = [
    { kind: 'in', ref: ref(key), not, table: child.table, column } as const,
    ...more.map((c) => c.condition),
  ]
  const counts = random.next() < 0.15
  const gold = sql({
    from: [{ table: parent.table }],
    select: counts ? [COUNT] : shown.map((t) => term(t)),
    where,
    orderBy: ordered && !counts ? [{ term: term(first), descending: false }] : [],
  })
  const [verb, attribute] = not
    ? [
        pick(random, [
          `have no ${child.one}`,
          `never had ${article(child.one)}`,
          `have no ${child.many}`,
          `have no ${child.one} at all`,
          `are without ${article(child.one)}`,
          `have not had any ${child.one}`,
        ]),
        pick(random, [
          `without ${article(child.one)}`,
          `without any ${child.one}`,
          `that have no ${child.one}`,
          `with no ${child.many}`,
          `that occur in no ${child.one}`,
          `without a single ${child.one}`,
        ]),
      ]
    : [`have at least one ${child.one}`, `with at least one ${child.one}`]
  const rest = more.map((c) => ` and ${c.verb}`).join('')
  const most = more.map((c) => ` and ${c.attribute}`).join('')
  if (counts)
    return {
      question: pick(random, [
        `How many ${parent.many} ${verb}${rest}?`,
        `Count the ${parent.many} ${attribute}${most}.`,
      ]),
      gold,
    }
  const order = ordered ? orderWords(first, false, random) : undefined
  return {
    question: rowsWanted(
      parent,
      shown,
      `${parent.many} ${attribute}${most}`,
      `Which ${parent.many} ${verb}${rest}`,
      order,
      random,
    ),
    gold,
  }
}

/** Through a table between: artists of programmes. */
const through: Shape = (things, random) => {
  const middle = anyOf(
    things.filter(({ parents }) => new Set(parents.map(({ table }) => table)).size > 1),
    random,
  )
  const [one, two] = random.shuffled(middle?.parents ?? [])
  const [asked, known] = [things.find((t) => t.table === one?.table), things.find((t) => t.table === two?.table)]
  if (
    middle === undefined ||
    one === undefined ||
    two === undefined ||
    asked === undefined ||
    known === undefined ||
    asked === known
  )
    return undefined
  const [name] = known.names
  const [first] = asked.names
  if (name === undefined || first === undefined || known.names.length > 1) return undefined
  const from = [
    { table: asked.table },
    { table: middle.table, on: { left: ref(one.key, 0), column: one.column } },
    { table: known.table, on: { left: ref(two.column, 1), column: two.key } },
  ]
  const ordered = random.next() < 0.6
  if (random.next() < 0.3) {
    const gold = sql({
      from,
      select: [...asked.names.map((t) => term(t, 0)), { aggregate: 'count-distinct', ref: ref(name, 2) }],
      groupBy: asked.names.map((t) => ref(t, 0)),
      orderBy: ordered ? [{ term: term(first, 0), descending: false }] : [],
    })
    const order = ordered ? orderWords(first, false, random) : undefined
    return {
      question: withOrder(
        pick(random, [
          `How many different ${known.many} does each ${asked.one} have ${article(middle.one)} with`,
          `For each ${asked.one}, how many different ${known.many} are there by its ${middle.many}`,
        ]),
        '?',
        order,
        random,
      ),
      gold,
    }
  }
  const value = anyOf(name.values, random)
  if (value === undefined) return undefined
  const plain = String(value).trim()
  const distinct = random.next() < 0.7
  const where = [{ kind: 'compare', ref: ref(name, 2), operator: '=', value: plain, text: true } as const]
  const gold = sql({
    from,
    distinct,
    select: asked.names.map((t) => term(t, 0)),
    where,
    orderBy: ordered ? [{ term: term(first, 0), descending: false }] : [],
  })
  const once = distinct ? pick(random, [' Each once', ' Each name once', ' Without repetition']) : ''
  const order = ordered ? orderWords(first, false, random) : ''
  const tail = once === '' ? (order === '' ? '' : ` ${capital(order)}.`) : `${once}${order === '' ? '' : `, ${order}`}.`
  const asks = [
    `Which ${asked.many} have ${article(middle.one)} of ${plain}?`,
    `Which ${asked.many} had ${article(middle.one)} with the ${known.one} ${plain}?`,
    `List the ${asked.many} of the ${known.one} ${plain}.`,
    `Which ${asked.many} belong to ${plain}?`,
    `${capital(listed(asked.names.map((t) => nounOf(t, random))))} of the ${asked.many} with ${article(middle.one)} in ${plain}.`,
  ]
  return { question: pick(random, asks) + tail, gold }
}

/** With how often each is asked. */
export const BETWEEN: readonly (readonly [number, Shape])[] = [
  [4, withNone],
  [2, through],
]
