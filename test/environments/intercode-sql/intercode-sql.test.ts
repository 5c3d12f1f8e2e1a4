import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createInterCodeSql } from '../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../../src/environments/intercode-sql/sql-data.ts'
import type { SqlState } from '../../../src/environments/intercode-sql/types.ts'
import { DUMP, engine, smallData, smallWorld, TASKS } from './shop.ts'

const world = smallWorld()
const [first, second] = world.tasks('train')
if (first === undefined || second === undefined) throw new Error('no tasks')

const block = (sql: string) => `Thought: look\nAction:\n\`\`\`sql\n${sql}\n\`\`\``
const after = (actions: readonly string[], task = first, env = world): SqlState =>
  actions.reduce((state, action) => env.step(state, action).state, env.reset(task))
const seen = (...actions: readonly string[]): string => world.observe(after(actions))

/** What MySQL 8 answers through Python, worked out by its rules. */
const ANSWERS: readonly (readonly [sql: string, answer: string])[] = [
  ['SHOW TABLES', "[('baker',), ('loaf',), ('twin',), ('void',)]"],
  ['DESC twin', "[('x', 'int', 'YES', '', None, ''), ('y', 'text', 'YES', '', None, '')]"],
  [
    'SHOW COLUMNS FROM tool IN yard',
    "[('id', 'int', 'NO', 'PRI', None, ''), ('rank_no', 'int', 'YES', '', None, ''), ('label', 'text', 'YES', '', None, '')]",
  ],
  [
    'SELECT * FROM baker',
    "[(1, 'Bo', 'ghent ', datetime.date(2020, 1, 31), Decimal('11.00')), (2, \"Cy O'Neil\", 'Liège', None, None), (3, 'ada', 'Ghent', datetime.date(2019, 4, 1), Decimal('12.50'))]",
  ],
  ["SELECT id FROM baker WHERE town = 'GHENT'", '[(1,), (3,)]'],
  ["SELECT id FROM baker WHERE town = 'liege '", '[(2,)]'],
  ["SELECT name FROM baker WHERE name LIKE 'B%' OR name LIKE '%o_neil'", "[('Bo',), (\"Cy O'Neil\",)]"],
  ['SELECT name FROM baker ORDER BY name', "[('ada',), ('Bo',), (\"Cy O'Neil\",)]"],
  ['SELECT sum(id), avg(id), count(*), max(name) FROM baker', "[(Decimal('6'), Decimal('2.0000'), 3, \"Cy O'Neil\")]"],
  ['SELECT avg(price), sum(price) FROM loaf', '[(2.3, 9.2)]'],
  ['SELECT avg(wage), sum(wage) FROM baker', "[(Decimal('11.750000'), Decimal('23.50'))]"],
  ['SELECT best FROM loaf', '[(None,), (2.5,), (78.4,), (1.0,)]'],
  [
    "SELECT sold_at FROM loaf WHERE sold_at > '2024-05-01 23:00'",
    '[(datetime.datetime(2024, 5, 3, 10, 0, 5),), (datetime.datetime(2024, 5, 2, 0, 0),)]',
  ],
  ["SELECT code FROM loaf WHERE sold_at = '2024-5-2'", "[('spel',)]"],
  [
    'SELECT 7 / 2, 7 DIV 2, 7 % 2, 1 / 0, 2 * 1.50, 1 + NULL',
    "[(Decimal('3.5000'), 3, 1, None, Decimal('3.00'), None)]",
  ],
  ["SELECT '12abc' + 1, '3' > 12, 'a' = 'A ', 1 = 1, NOT 0", '[(13.0, 0, 1, 1, 1)]'],
  ['SELECT count(DISTINCT y), count(DISTINCT x, y) FROM twin', '[(2, 2)]'],
  ['SELECT DISTINCT y FROM twin', "[('s',), ('t',)]"],
  ['SELECT y, count(*) FROM twin GROUP BY y', "[('s', 2), ('t', 1)]"],
  [
    "SELECT concat('a', 1, 2.50), concat_ws('-', 'a', NULL, 'b'), substring_index('a.b.c', '.', 2)",
    "[('a12.50', 'a-b', 'a.b')]",
  ],
  [
    "SELECT year('2024-05-03'), month('2024-05-03'), datediff('2024-05-03', '2024-04-30'), date_format('2024-05-03', '%W %D %M %Y')",
    "[(2024, 5, 3, 'Friday 3rd May 2024')]",
  ],
  ["SELECT DATE_ADD('2024-01-31', INTERVAL 1 MONTH), '2024-02-28' + INTERVAL 2 DAY", "[('2024-02-29', '2024-03-01')]"],
  ["SELECT if(1 > 2, 'x', 'y'), ifnull(NULL, 3), coalesce(NULL, NULL, 'z'), greatest(1, 5, 3)", "[('y', 3, 'z', 5)]"],
  [
    'SELECT round(2.5), round(-2.5), round(1.005, 2), truncate(1.999, 1), floor(-1.5), ceil(1.2)',
    "[(Decimal('3'), Decimal('-3'), Decimal('1.01'), Decimal('1.9'), -2, 2)]",
  ],
  ["SELECT 'it''s', \"a\\nb\", 'q\"q''q'", "[(\"it's\", 'a\\nb', 'q\"q\\'q')]"],
  ['SELECT label FROM yard.tool WHERE rank_no = 5 ORDER BY label', "[('rake',), ('Spade',)]"],
  [
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'yard' AND table_name = 'tool'",
    "[('id',), ('label',), ('rank_no',)]",
  ],
  [
    'SELECT table_name FROM information_schema.tables WHERE table_schema = database()',
    "[('baker',), ('loaf',), ('twin',), ('void',)]",
  ],
  ['SELECT name FROM baker b LEFT JOIN loaf l ON l.baker_id = b.id WHERE l.code IS NULL', '[("Cy O\'Neil",)]'],
  [
    'SELECT b.id, b.name, count(*) FROM baker b JOIN loaf l ON b.id = l.baker_id GROUP BY b.id ORDER BY count(*) DESC, b.id',
    "[(1, 'Bo', 2), (3, 'ada', 2)]",
  ],
  ['SELECT name FROM baker WHERE id = ANY (SELECT baker_id FROM loaf)', "[('Bo',), ('ada',)]"],
  ['SELECT x FROM twin UNION SELECT id FROM baker', '[(1,), (2,), (3,)]'],
  ['SELECT rank() OVER (ORDER BY x), y FROM twin', "[(1, 's'), (1, 'S'), (3, 't')]"],
  ["SELECT group_concat(y ORDER BY y DESC SEPARATOR '|') FROM twin WHERE x = 2", "[('t',)]"],
  ['SELECT a FROM void', '[]'],
]

test.each(ANSWERS)('MySQL answers %s', (sql, answer) => {
  const state = after([block(sql)])
  const text =
    state.answer.kind === 'rows' ? `[${state.answer.result.tuples.join(', ')}]` : JSON.stringify(state.answer)
  expect(text).toBe(answer)
})

const ERRORS: readonly (readonly [sql: string, message: string])[] = [
  ['SELECT * FROM oven', "Table 'bakery.oven' doesn't exist"],
  ['SELECT * FROM mill.oven', "Unknown database 'mill'"],
  ['SELECT oven FROM baker', "Unknown column 'oven' in 'field list'"],
  ['SELECT id FROM baker WHERE b.x = 1', "Unknown column 'b.x' in 'where clause'"],
  ['SELECT id FROM baker ORDER BY heat', "Unknown column 'heat' in 'order clause'"],
  ['SELECT b.id FROM baker b JOIN loaf l ON b.id = l.oven', "Unknown column 'l.oven' in 'on clause'"],
  ['SELECT name FROM baker, baker', "Not unique table/alias: 'baker'"],
  ['SELECT id FROM baker a, baker b', "Column 'id' in field list is ambiguous"],
  [
    'SELECT name, count(*) FROM baker GROUP BY town',
    "Expression #1 of SELECT list is not in GROUP BY clause and contains nonaggregated column 'bakery.baker.name' which is not functionally dependent on columns in GROUP BY clause; this is incompatible with sql_mode=only_full_group_by",
  ],
  [
    'SELECT name, max(id) FROM baker',
    "In aggregated query without GROUP BY, expression #1 of SELECT list contains nonaggregated column 'bakery.baker.name'; this is incompatible with sql_mode=only_full_group_by",
  ],
  ['SELECT id FROM baker WHERE count(*) > 1', 'Invalid use of group function'],
  [
    'SELECT rank FROM baker',
    "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'FROM baker' at line 1",
  ],
  [
    'SELEC 1',
    "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1",
  ],
  ['SELECT id FROM (SELECT id FROM baker)', 'Every derived table must have its own alias'],
  ['SELECT id FROM baker WHERE id = (SELECT x FROM twin)', 'Subquery returns more than 1 row'],
  [
    'SELECT id FROM baker WHERE id IN (SELECT x FROM twin LIMIT 1)',
    "This version of MySQL doesn't yet support 'LIMIT & IN/ALL/ANY/SOME subquery'",
  ],
  ['SELECT bake(1)', 'FUNCTION bakery.bake does not exist'],
]

test.each(ERRORS)('MySQL refuses %s', (sql, message) => {
  expect(after([block(sql)]).answer).toEqual({ kind: 'error', message })
})

test('the wrapper reads the first line, cuts at 350 characters and explains itself', () => {
  expect(seen(block('SELECT 1\nFROM nowhere'))).toBe('[(1,)]')
  const long = seen(block("SELECT REPEAT('x', 400)"))
  expect([long.length, long.endsWith('...')]).toEqual([353, true])
  expect(seen(block('SELECT nothing'))).toBe("Error executing query: Unknown column 'nothing' in 'field list'\n")
  expect(seen('I would look at the tables')).toMatch(/not understood/)
  expect(seen(block('USE yard'))).toMatch(/not understood/)
  expect(seen(block('USE yard'), block('SHOW TABLES'))).toBe("[('tool',)]")
  expect(seen()).toBe(first.instruction)
})

test('a submit grades the last result, and only the view after it shows gold', () => {
  const asked = after([block('SELECT name FROM baker ORDER BY wage')])
  expect(world.view(asked).comparison).toBeUndefined()
  const right = world.step(asked, 'Action: submit')
  expect([right.reward, right.done]).toEqual([1, true])
  expect(world.view(right.state).comparison).toMatchObject({ matching: 3, missing: 0, extra: 0, tau: 1, goldTotal: 3 })
  const reversed = after([block('SELECT name FROM baker ORDER BY wage DESC'), 'submit'])
  expect(reversed.reward).toBeLessThan(1)
  const plain = smallWorld({ reward: 'iou' })
  expect(after([block('SELECT name FROM baker ORDER BY wage DESC'), 'submit'], first, plain).reward).toBe(1)
  expect(after(['submit']).reward).toBe(0)
  expect(JSON.stringify(after([block('SHOW TABLES')]))).not.toContain('ORDER BY wage')
  plain.close()
})

test('skip ends with 0, and so does the tenth action', () => {
  expect(world.step(world.reset(first), 'skip')).toMatchObject({ reward: 0, done: true })
  const ten = Array.from({ length: 10 }, () => 'SELECT 1')
  expect(after(ten)).toMatchObject({ done: true, reward: 0, submitted: false })
})

test('branches do not see each other’s writes, and every episode starts clean', () => {
  const start = world.reset(first)
  const one = world.step(start, block("INSERT INTO void VALUES (1, 'one')")).state
  const two = world.step(start, block("INSERT INTO void VALUES (2, 'two'), (3, NULL)")).state
  const both = world.step(one, block('DELETE FROM loaf WHERE grams > 100')).state
  const count = (state: SqlState, sql: string) => world.observe(world.step(state, block(sql)).state)
  expect(count(one, 'SELECT a FROM void')).toBe('[(1,)]')
  expect(count(two, 'SELECT a FROM void')).toBe('[(2,), (3,)]')
  expect(count(both, 'SELECT (SELECT count(*) FROM void), (SELECT count(*) FROM loaf)')).toBe('[(1, 1)]')
  expect(count(start, 'SELECT count(*) FROM void, loaf')).toBe('[(0,)]')
  const made = world.step(start, block('CREATE TABLE extra AS SELECT id, name FROM baker')).state
  const altered = world.step(made, block('ALTER TABLE extra ADD COLUMN age int')).state
  expect(count(altered, 'SELECT * FROM extra WHERE id = 3')).toBe("[(3, 'ada', None)]")
  expect(count(made, 'DESC extra')).not.toContain('age')
  expect(count(start, 'SELECT * FROM extra')).toMatch(/doesn't exist/)
  const dropped = world.step(made, block('DROP TABLE baker')).state
  expect(count(dropped, 'SELECT * FROM baker')).toMatch(/doesn't exist/)
  expect(count(made, 'UPDATE extra SET name = upper(name)')).toMatch(/not understood/)
  // The gold query runs on clean databases, whatever the agent wrote.
  const gone = after([block('DELETE FROM baker'), block('SELECT name FROM baker'), 'submit'])
  expect(gone.reward).toBe(0)
})

test('a dump is one world; damaged files are sentences', () => {
  expect(smallData().data.fingerprint).toBe(smallData().data.fingerprint)
  const load = (tasks: unknown, dump = DUMP) => {
    const files = readSqlFiles([
      { name: 't.json', content: JSON.stringify(tasks) },
      { name: 'd.sql', content: dump },
    ])
    const data = files.ok ? loadSqlData(engine, files.value) : files
    return data.ok ? 'ok' : data.failure.message
  }
  expect(load([{ ...TASKS[0], gold: 3 }])).toMatch(/t\.json, record 1, field gold/)
  expect(load([TASKS[0], { ...TASKS[1], db: 'mill' }])).toMatch(/record 2, field db: no file holds the database "mill"/)
  expect(load(TASKS, `${DUMP}\nCREATE TABLE (;`)).toMatch(/d\.sql, line \d+/)
  expect(load(TASKS, DUMP.replace("'rake')", "'rake'"))).toMatch(/d\.sql, line/)
  expect(load(TASKS, 'hello')).toMatch(/d\.sql is none of InterCode's files/)
  expect(load(TASKS)).toBe('ok')
  const broken = readSqlFiles([
    { name: 't.json', content: JSON.stringify(TASKS) },
    { name: 'bakery.sqlite', content: new TextEncoder().encode('SQLite format 3\0 and then nothing that makes sense') },
  ])
  const read = broken.ok ? loadSqlData(engine, broken.value) : broken
  expect(read.ok ? 'ok' : read.failure.message).toMatch(/bakery\.sqlite could not be read as a SQLite database/)
})

test('a .sqlite file becomes the same kind of tables', () => {
  const { oo1, capi } = engine.sqlite
  const db = new oo1.DB(':memory:')
  db.exec(`CREATE TABLE Farm (Id INTEGER PRIMARY KEY, Name VARCHAR(20), Size REAL, Since DATETIME);
    CREATE TABLE Cow (Tag TEXT PRIMARY KEY, Farm_Id INT, FOREIGN KEY (Farm_Id) REFERENCES Farm (Id));
    INSERT INTO Farm VALUES (2, 'West', 1.5, '2020-01-02 03:04:05'), (1, 'East', 2, NULL);
    INSERT INTO Cow VALUES ('b', 1), ('a', 1), ('c', 2);`)
  const bytes = capi.sqlite3_js_db_export(db)
  db.close()
  const files = readSqlFiles([
    { name: 't.json', content: JSON.stringify([{ db: 'Farms', gold: 'SELECT 1', query: 'One?', hardness: 'easy' }]) },
    { name: 'farms.sqlite', content: bytes },
  ])
  if (!files.ok) throw new Error(files.failure.message)
  const data = loadSqlData(engine, files.value)
  if (!data.ok) throw new Error(data.failure.message)
  const farms = smallestWorld(data.value)
  expect(farms('SELECT * FROM farm')).toBe(
    "[(1, 'East', 2.0, None), (2, 'West', 1.5, datetime.datetime(2020, 1, 2, 3, 4, 5))]",
  )
  expect(farms('SELECT tag FROM cow')).toContain("('a',), ('b',)")
  expect(farms('DESC cow')).toBe("[('Tag', 'text', 'NO', 'PRI', None, ''), ('Farm_Id', 'int', 'YES', 'MUL', None, '')]")
})

function smallestWorld(data: ReturnType<typeof smallData>) {
  const env = createInterCodeSql(engine, data)
  return (sql: string): string => {
    const [task] = [...env.tasks('train'), ...env.tasks('dev'), ...env.tasks('test')]
    return task === undefined ? '' : env.observe(env.step(env.reset(task), block(sql)).state)
  }
}

const words = fc.constantFrom(
  ...'SELECT FROM WHERE GROUP BY ORDER HAVING LIMIT JOIN ON AND OR NOT IN ( ) , * = < > + - / . ; baker loaf twin void id name price code count sum ( DISTINCT AS a b 1 2.5 \'x\' "y" `z` NULL CASE WHEN THEN END UNION INSERT INTO VALUES UPDATE SET DELETE DROP TABLE CREATE int text WITH RECURSIVE EXISTS BETWEEN LIKE IS INTERVAL DAY OVER PARTITION SHOW TABLES DESC USE yard'.split(
    ' ',
  ),
)

test('no text makes a step throw, and the same text gives the same answer', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(words, { maxLength: 25 }).map((list) => `\`\`\`sql\n${list.join(' ')}\n\`\`\``),
    fc.array(words, { maxLength: 12 }).map((list) => `SELECT ${list.join(' ')}`),
  )
  const again = smallWorld()
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (actions) => {
      const list = [...actions, 'submit']
      const one = after(list)
      const two = after(list, first, again)
      expect(world.observe(one)).toBe(again.observe(two))
      expect(one.reward).toBe(two.reward)
      expect(Math.abs(one.reward ?? 0)).toBeLessThanOrEqual(1)
      JSON.stringify(world.view(one))
    }),
    { numRuns: 400 },
  )
  again.close()
})

test('what is no statement, and what fails, is told apart from what runs', () => {
  const why = (action: string, before: readonly string[] = []) => world.idle(after(before), action)
  expect(why('what is there?')).toBe('no statement: nothing was run')
  expect(why(block('SELECT nothing FROM nowhere'))).toBe('the statement failed: the agent reads the error')
  expect(why('SELECT 1', ['submit'])).toBe('the episode is over: nothing was run')
  for (const action of ['SHOW TABLES', block('SELECT 1'), 'submit', 'skip']) expect(why(action), action).toBeUndefined()
})
