/** Questions about amounts per thing that others belong to. */
import type { Term } from '../../../../policies/linear/intercode-sql/plan.ts'
import { pick } from '../../databases/model.ts'
import { anyOf, COUNT, conditionsOn, joined, ofKind, pairOf, ref, type Shape, sql, term } from './asking.ts'
import { article } from './lexicon.ts'
import { calledBy, capital, described, nounOf, withOrder } from './words.ts'

/** How many, or how much, each parent has. */
export const perParent: Shape = (things, random) => {
  const pair = pairOf(things, random)
  if (pair === undefined) return undefined
  const { child, parent } = pair
  const { from, own, other } = joined(pair, random)
  const number = anyOf(ofKind(child, 'number'), random)
  const counts = number === undefined || random.next() < 0.6
  const [aggregate, said] = pick(random, [
    ['sum', 'total'],
    ['avg', 'average'],
    ['sum', 'total'],
    ['max', 'highest'],
    ['min', 'lowest'],
  ] as const)
  const measure: Term = counts || number === undefined ? COUNT : { aggregate, ref: ref(number, own) }
  const conditions = conditionsOn(child, pick(random, [0, 0, 0, 1]), own, random)
  const subject = described(child, conditions, 'and', random)
  const word = number === undefined ? '' : nounOf(number, random)
  const what = counts
    ? `number of ${subject}`
    : `${said} ${word} of ${pick(random, ['its ', 'their ', 'the '])}${subject}`
  const names = parent.names.map((t) => term(t, other))
  const first = parent.names[0]
  if (first === undefined) return undefined
  const base = { from, where: conditions.map((c) => c.condition), groupBy: parent.names.map((t) => ref(t, other)) }
  const kind = random.next()
  const name = calledBy(parent)
  if (kind < 0.25) {
    const more = random.next() < 0.85
    const limit = random.next() < 0.75 ? 1 : 2 + random.below(3)
    const gold = sql({ ...base, select: names, orderBy: [{ term: measure, descending: more }], limit })
    const most = counts ? (more ? 'most' : 'fewest') : `${more ? 'highest' : 'lowest'} ${said}`
    const thing = counts ? subject : `${word} of ${subject}`
    const many = limit > 1
    const order = many ? pick(random, [', most first', ', in descending order', '']) : ''
    const forms = [
      `Which ${many ? `${limit} ${parent.many} have` : `${parent.one} has`} the ${most} ${thing}${order}?`,
      `What ${many ? 'are' : 'is'} the ${many ? `${name}s` : name} of the ${many ? `${limit} ${parent.many}` : parent.one} with the ${most} ${thing}${order}?`,
      `Give the ${name} of the ${many ? `${limit} ${parent.many}` : parent.one} with the ${most} ${thing}${order}.`,
      ...(counts && more && !many ? [`Which ${parent.one} occurs most often among the ${subject}?`] : []),
    ]
    return { question: pick(random, forms), gold }
  }
  const having = kind < 0.5 ? 1 + random.below(counts ? 6 : 60) : undefined
  const least = counts && random.next() < 0.35
  const shows = having === undefined || random.next() < 0.6
  const byMeasure = shows && random.next() < 0.4
  const ordered = random.next() < 0.75
  const order = !ordered
    ? undefined
    : byMeasure
      ? pick(random, [
          'most first',
          counts ? 'largest number first' : `highest ${said} first`,
          'in descending order',
          `in descending order of the ${counts ? 'number' : said}`,
        ])
      : pick(random, [
          `sorted by ${parent.one} ${first.say[0]}`,
          `by ${first.say[0]}`,
          'alphabetically',
          `in order of ${first.say[0]}`,
          'in alphabetical order',
          `sorted by ${first.say[0]}`,
        ])
  const gold = sql({
    ...base,
    select: [...names, ...(shows ? [measure] : [])],
    having: having === undefined ? undefined : { term: measure, operator: least ? '>=' : '>', value: String(having) },
    orderBy: !ordered ? [] : [{ term: byMeasure ? measure : { ref: ref(first, other) }, descending: byMeasure }],
  })
  if (having !== undefined) {
    const over = counts
      ? least
        ? pick(random, [`at least ${having} ${subject}`, `${having} or more ${subject}`])
        : `more than ${having} ${subject}`
      : `${article(said)} ${word} of ${subject} ${pick(random, ['above', 'over', 'of more than'])} ${having}`
    const ask = `Which ${parent.many} have ${over}`
    const both = `${name} and ${counts ? 'number' : said}`
    const forms = shows
      ? [
          `${ask}? ${withOrder(`${pick(random, ['Show', 'Give'])} ${both}`, '.', order, random)}`,
          withOrder(`${capital(both)} of the ${parent.many} with ${over}`, '.', order, random),
        ]
      : [
          withOrder(ask, '?', order, random),
          withOrder(`${pick(random, ['Name', 'List', 'Find'])} the ${parent.many} with ${over}`, '.', order, random),
        ]
    return { question: pick(random, forms), gold }
  }
  const forms = [
    withOrder(
      `${pick(random, ['For each', 'For every', 'Per'])} ${parent.one}, ${pick(random, ['give', 'show', 'list'])} ${pick(random, [`the ${what}`, `${name} and ${what}`])}`,
      '.',
      order,
      random,
    ),
    withOrder(`Show the ${name} of each ${parent.one} with the ${what}`, '.', order, random),
    withOrder(`What is the ${what} ${pick(random, ['of each', 'for each', 'per'])} ${parent.one}`, '?', order, random),
    ...(counts
      ? [
          withOrder(
            `How many ${subject} ${pick(random, ['does each', 'has each', 'are there for each', 'are there per', 'did each', 'are in each'])} ${parent.one}${pick(random, ['', ' have'])}`,
            '?',
            order,
            random,
          ),
          withOrder(`${capital(parent.one)} ${name}s with their ${what}`, '.', order, random),
          withOrder(`Count the ${subject} of each ${parent.one}`, '.', order, random),
        ]
      : []),
  ]
  return { question: pick(random, forms), gold }
}
