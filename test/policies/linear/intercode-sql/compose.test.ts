import { expect, test } from 'vitest'
import { compose } from '../../../../src/policies/linear/intercode-sql/compose.ts'
import { fitOf } from '../../../../src/policies/linear/intercode-sql/fit.ts'
import { linkQuestion } from '../../../../src/policies/linear/intercode-sql/link.ts'
import { type Plan, untold, writePlan } from '../../../../src/policies/linear/intercode-sql/plan.ts'
import { readQuestion } from '../../../../src/policies/linear/intercode-sql/question/question.ts'
import { repair } from '../../../../src/policies/linear/intercode-sql/repair.ts'
import { readDescription, type Shown } from '../../../../src/policies/linear/intercode-sql/schema.ts'

const AUTHOR =
  "[('author_id', 'int', 'NO', 'PRI', None, ''), ('name', 'varchar(40)', 'YES', '', None, ''), ('country', 'varchar(20)', 'YES', '', None, ''), ('birth_year', 'int', 'YES', '', None, '')]"
const BOOK =
  "[('book_id', 'int', 'NO', 'PRI', None, ''), ('title', 'varchar(40)', 'YES', '', None, ''), ('author_id', b'int', 'YES', 'MUL', None, ''), ('genre', 'varchar(20)', 'YES', '', None, ''), ('pages', 'int', 'YES', '', None, ''), ('price', 'decimal(6,2)', 'YES', '', None, ''), ('signed', 'varchar(3)', 'YES', '', None..."
const LOAN =
  "[('loan_id', 'int', 'NO', 'PRI', None, ''), ('book_id', 'int', 'YES', 'MUL', None, ''), ('taken_on', 'date', 'YES', '', None, '')]"

const shown: Shown = {
  listed: ['author', 'book', 'loan'],
  described: [readDescription('author', AUTHOR), readDescription('book', BOOK), readDescription('loan', LOAN)].filter(
    (table) => table !== undefined,
  ),
}

const link = (question: string) => linkQuestion(readQuestion(question), shown, new Map())

const FIRST: readonly (readonly [question: string, sql: string])[] = [
  ['How many books are there?', 'SELECT COUNT(*) FROM book'],
  ['Which authors are from Norway?', "SELECT name FROM author WHERE country = 'Norway'"],
  ['What is the average number of pages of a book?', 'SELECT AVG(pages) FROM book'],
  ['Which books have more than 200 pages?', 'SELECT title FROM book WHERE pages > 200'],
  ['How many signed books are there?', "SELECT COUNT(*) FROM book WHERE signed = 'yes'"],
  ['Which books are in the genre crime?', "SELECT title FROM book WHERE genre = 'crime'"],
  ['Which books cost between 5 and 10?', 'SELECT title FROM book WHERE price BETWEEN 5 AND 10'],
  [
    'What are the 2 longest books? Title and pages, longest first.',
    'SELECT title, pages FROM book ORDER BY pages DESC LIMIT 2',
  ],
  [
    'How many books are there of each genre? Sort by genre.',
    'SELECT genre, COUNT(*) FROM book GROUP BY genre ORDER BY genre',
  ],
  ['Which books have more pages than average?', 'SELECT title FROM book WHERE pages > (SELECT AVG(pages) FROM book)'],
  [
    'How many books has each author? Sort by author name.',
    'SELECT T2.name, COUNT(*) FROM book AS T1 JOIN author AS T2 ON T1.author_id = T2.author_id GROUP BY T2.name ORDER BY T2.name',
  ],
  [
    'Which books are by the author Ada Quill?',
    "SELECT T1.title FROM book AS T1 JOIN author AS T2 ON T1.author_id = T2.author_id WHERE T2.name = 'Ada Quill'",
  ],
  [
    'Which books have no loan?',
    'SELECT title FROM book WHERE book_id NOT IN (SELECT book_id FROM loan WHERE book_id IS NOT NULL)',
  ],
]

test.each(FIRST)('%s', (question, sql) => {
  expect(compose(link(question)).map((composed) => composed.sql)[0]).toBe(sql)
})

test('a quotation mark in a value cannot end it', () => {
  const queries = compose(link('Which books are by the author Bo O\'Lark "x\'; DROP TABLE book"?'))
  expect(queries.length).toBeGreaterThan(0)
  for (const { sql } of queries) expect(sql.replace(/'(?:[^']|'')*'/g, '')).not.toMatch(/DROP|;/)
})

test('at most ten queries, all different, best first', () => {
  for (const [question] of FIRST) {
    const queries = compose(link(question))
    expect(queries.length).toBeLessThanOrEqual(10)
    expect(new Set(queries.map(({ sql }) => sql)).size).toBe(queries.length)
    expect(queries.every(({ score }, i) => i === 0 || score <= (queries[i - 1]?.score ?? 0))).toBe(true)
  }
})

test('repairs differ from the query and from each other, and change one thing each', () => {
  for (const [question] of FIRST) {
    const linking = link(question)
    for (const { plan, sql } of compose(linking).slice(0, 4))
      for (const went of ['error', 'empty', 'one', 'many'] as const) {
        const repairs = repair(plan, linking, went)
        expect(repairs.length).toBeLessThanOrEqual(8)
        expect(new Set([sql, ...repairs.map((r) => r.sql)]).size).toBe(repairs.length + 1)
        for (const repaired of repairs) expect(writePlan(repaired.plan)).toBe(repaired.sql)
      }
  }
})

/** Every question's queries, and what repairing them twice leads to. */
function* twiceRepaired() {
  for (const [question] of FIRST) {
    const linking = link(question)
    for (const { plan } of compose(linking))
      for (const went of ['empty', 'many'] as const)
        for (const once of repair(plan, linking, went))
          for (const repaired of [once, ...repair(once.plan, linking, went)]) yield { ...repaired, linking }
  }
}

test('repairs are written and weighed as they would be without the query that they are made of', () => {
  let repairs = 0
  for (const { sql, plan, fit, linking } of twiceRepaired()) {
    repairs++
    expect(sql).toBe(writePlan(plan))
    expect(fit).toEqual(fitOf(plan, linking))
  }
  expect(repairs).toBeGreaterThan(1000)
})

test('what is known of a query by its text and what that does not tell is all of it', () => {
  const plans = new Map<string, string>()
  const same = (plan: Plan): void => {
    const key = `${writePlan(plan)} ${untold(plan)}`
    const all = JSON.stringify(plan)
    expect(plans.get(key) ?? all).toBe(all)
    plans.set(key, all)
  }
  for (const { plan } of twiceRepaired()) same(plan)
  const ref = { slot: 0, column: 'title' }
  const book: Plan = {
    ...{ from: [{ table: 'book' }], distinct: false, select: [{ ref }], where: [], any: false, groupBy: [] },
    ...{ having: undefined, orderBy: [], limit: undefined },
  }
  for (const any of [false, true])
    for (const value of ['ab', 'a\\b', '\\ab'])
      same({ ...book, any, where: [{ kind: 'compare', ref, operator: '=', value, text: true }] })
})

test('after no rows, the condition is the first thing to doubt', () => {
  const linking = link('Which books are in the genre crime?')
  const [first] = compose(linking)
  if (first === undefined) throw new Error('no query')
  const repairs = repair(first.plan, linking, 'empty').map(({ sql }) => sql)
  expect(repairs[0]).toMatch(/LIKE '%crime%'|title = 'crime'/)
})
