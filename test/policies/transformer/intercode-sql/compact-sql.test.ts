import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { createInterCodeSql } from '../../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../../../src/environments/intercode-sql/sql-data.ts'
import type { SqlState } from '../../../../src/environments/intercode-sql/types.ts'
import { startSqlEngine } from '../../../../src/mysql/index.ts'
import { canonicalSql, createCompactSql } from '../../../../src/policies/transformer/intercode-sql/compact-sql.ts'
import type { ViewMemory } from '../../../../src/policies/transformer/intercode-sql/memory.ts'
import { tablesIn } from '../../../../src/training/sql-demonstrations.ts'
import { guarded } from '../../guarded.ts'
import { createSmallSql } from '../../small-sql.ts'

const small = await createSmallSql()
const view = createCompactSql(small.observe)

interface Standing {
  readonly state: SqlState
  readonly memory: ViewMemory
}

function opened(index = 0): Standing {
  const task = [...small.tasks('train'), ...small.tasks('dev')][index]
  if (task === undefined) throw new Error('no task')
  const state = small.reset(task)
  return { state, memory: view.begin(state) }
}

function after(standing: Standing, ...actions: readonly string[]): Standing {
  return actions.reduce(({ state, memory }, action) => {
    const next = small.step(state, action).state
    return { state: next, memory: view.advance(memory, next) }
  }, standing)
}

const seen = ({ state, memory }: Standing): string => {
  const text = view.seen(state, memory)
  expect(text.startsWith(' ')).toBe(true)
  return text.slice(1)
}

test('reads the question, the tables and their columns, each before its pointer', () => {
  const start = opened(2)
  expect(view.opening(start.state, start.memory)).toBe(' which authors are from norway va ?')
  const listed = after(start, 'SHOW TABLES')
  expect(seen(listed)).toBe('author ! ta book tb loan tc')
  const author = after(listed, 'DESCRIBE author')
  expect(seen(author)).toBe('author id pk A name s B country s C birth year n D')
  expect(seen(after(author, 'DESCRIBE book'))).toMatch(/^book id pk E title s F author id fk = A G /)
  expect(seen(after(author, 'DESCRIBE author'))).toBe('as before')
  expect(seen(after(opened(1), 'DESCRIBE book'))).toContain(' pages ! n E price n F ')
})

test('a result is a count and its first rows, an error one short sentence', () => {
  const start = after(opened(), 'SHOW TABLES', 'DESCRIBE book')
  expect(seen(after(start, 'SELECT title, price FROM book ORDER BY price'))).toBe(
    '4 rows | stone , 7.25 | high tide , 9.00',
  )
  expect(seen(after(start, 'SELECT title FROM book WHERE pages > 999'))).toBe('0 rows')
  expect(seen(after(start, 'SELECT nothing FROM book'))).toBe('error unknown column nothing in field list')
  expect(seen(after(start, 'what?'))).toBe('unclear')
})

test.each([
  ['SELECT COUNT(*) FROM book', 'select count * from tb'],
  ["SELECT name FROM author WHERE country = 'Norway'", 'select B from ta where C = va'],
  ["SELECT title FROM book WHERE title LIKE '%Norway%'", 'select F from tb where F like % va %'],
  ["SELECT title FROM book WHERE title LIKE 'low%'", "select F from tb where F like ' low ' %"],
  ["SELECT title FROM book WHERE genre = 'crime'", "select F from tb where H = ' crime '"],
  ["SELECT title FROM book WHERE title = 'o''clock'", "select F from tb where F = ' o''clock '"],
  [
    'SELECT T1.name, COUNT(DISTINCT T2.genre) FROM author AS T1 JOIN book AS T2 ON T1.author_id = T2.author_id GROUP BY T1.name HAVING COUNT(*) > 3 ORDER BY COUNT(*) DESC, T1.name LIMIT 1',
    'select B , count distinct H from ta join tb on A = G group B having count * > 3 order count * desc , B limit 1',
  ],
  [
    'SELECT T1.title, T2.title FROM book AS T1 JOIN book AS T2 ON T1.book_id = T2.author_id',
    'select F , F ~ from tb join tb on E = G ~',
  ],
  [
    'SELECT name FROM author WHERE author_id NOT IN (SELECT author_id FROM book WHERE author_id IS NOT NULL)',
    'select B from ta where A not in ( select G from tb where G is not null )',
  ],
  [
    'SELECT name FROM author UNION SELECT title FROM book WHERE price BETWEEN 1.5 AND 10',
    'select B from ta union select F from tb where J between 1.5 and 10',
  ],
  ['SELECT taken_on FROM loan', 'select taken_on from tc'],
  ['SHOW TABLES', 'show'],
  ['DESCRIBE loan', 'desc tc'],
  ['submit', 'submit'],
])('%s has words, and they mean it', (action, words) => {
  const { state, memory } = after(opened(2), 'SHOW TABLES', 'DESCRIBE author', 'DESCRIBE book')
  expect(view.write(state, memory, action)).toBe(` ${words}`)
  expect(view.read(state, memory, words)).toBe(action)
})

test('another spelling has no words: no two actions are written alike', () => {
  const { state, memory } = after(opened(), 'SHOW TABLES', 'DESCRIBE book')
  for (const action of [
    'select title from book',
    'SELECT  title FROM book',
    'SELECT title FROM book AS T1',
    'DROP TABLE book',
    '',
  ])
    expect(view.write(state, memory, action)).toBeUndefined()
})

test('what means nothing is handed on as it is, and is bounded', () => {
  const { state, memory } = opened()
  expect(view.read(state, memory, ' dance ')).toBe('dance')
  expect(view.read(state, memory, 'select'.repeat(9000)).length).toBeLessThanOrEqual(2000)
  for (const text of [
    "select ' from",
    'select ( ( ( union ) )',
    'select count from ~ like %',
    'select A from ta',
    'desc tz',
  ])
    expect(small.step(state, view.read(state, memory, text)).done).toBe(false)
})

test('reads nothing but the question, the statements and the observations', () => {
  const allowed = ['task', 'query', 'done', 'instruction', 'answer']
  const guardedView = createCompactSql<SqlState>((state) => small.observe(state))
  let { state } = opened(2)
  const hide = (open: SqlState) => guarded({ ...open, task: guarded(open.task, ['instruction']) }, allowed)
  let memory = guardedView.begin(hide(state))
  for (const action of ['SHOW TABLES', 'DESCRIBE author', "SELECT name FROM author WHERE country = 'Norway'"]) {
    expect(guardedView.write(hide(state), memory, action)).toBeDefined()
    state = small.step(state, action).state
    memory = guardedView.advance(memory, hide(state))
    guardedView.seen(hide(state), memory)
  }
})

test('hostile texts stay text, and an episode of them stays short', () => {
  const odd = `${'Ω'.repeat(400)} va A ta ' ; DROP -- \n\u0000 <script>${'x'.repeat(5000)}`
  const rows = `[${Array.from({ length: 60 }, (_, i) => `('${odd.slice(0, 40).replaceAll("'", '')}${i}', 'int', 'NO', 'PRI', None, '')`).join(', ')}]`
  const fields = `[${Array.from({ length: 60 }, (_, i) => `('column_of_many_words_${i}', 'int', 'NO', '', None, '')`).join(', ')}]`
  const hostile = createCompactSql(
    ({ query }: { task: { instruction: string }; query: string | undefined; done: boolean }) =>
      query?.startsWith('DESCRIBE') ? fields : rows,
  )
  const state = { task: { instruction: odd }, query: undefined as string | undefined, done: false }
  let memory = hostile.begin(state)
  const texts = [hostile.opening(state, memory)]
  for (let i = 0; i < 10; i++) {
    const next = { ...state, query: ['SHOW TABLES', `DESCRIBE t${i}`, 'SELECT 1'][i % 3] }
    memory = hostile.advance(memory, next)
    texts.push(hostile.seen(next, memory))
  }
  for (const text of texts) expect(text).not.toContain('\n')
  expect(texts.join(' ').split(' ').length).toBeLessThan(700)
})

test('every gold query of the training questions can be said, and means what it meant', async () => {
  const folder = new URL('../../../../public/data/intercode-sql/', import.meta.url)
  const engine = await startSqlEngine()
  const names = ['tasks.json', 'databases.sql']
  const files = unwrap(
    readSqlFiles(names.map((name) => ({ name, content: readFileSync(new URL(name, folder), 'utf8') }))),
  )
  const sql = createInterCodeSql(engine, unwrap(loadSqlData(engine, files, 'shipped')))
  const shipped = createCompactSql(sql.observe)
  for (const task of sql.tasks('train')) {
    let state = sql.reset(task)
    let memory = shipped.begin(state)
    const gold = sql.grading.goldQuery(task.id) ?? ''
    const tables = sql.schema(state).map(({ name }) => name)
    const needed = tablesIn(gold, tables)
    for (const action of [
      'SHOW TABLES',
      ...tables.filter((name) => needed.has(name)).map((name) => `DESCRIBE ${name}`),
    ]) {
      expect(shipped.read(state, memory, shipped.write(state, memory, action) ?? '')).toBe(action)
      state = sql.step(state, action).state
      memory = shipped.advance(memory, state)
    }
    const said = canonicalSql(memory, gold)
    expect(shipped.write(state, memory, said), gold).toBeDefined()
    expect(sql.step(sql.step(state, said).state, 'submit').reward, said).toBe(1)
  }
  sql.close()
})
