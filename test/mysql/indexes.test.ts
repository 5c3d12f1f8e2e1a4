/** What a server answers at once by hash joins and indexes is answered here, too; counted, not timed. */
import { afterAll, expect, test } from 'vitest'
import { openSession, readDump, SQL_LIMITS, startSqlEngine } from '../../src/mysql/index.ts'

const ROWS = 4000
const rows = Array.from(
  { length: ROWS },
  (_, i) => `(${i + 1}, 'town ${(i * 7919) % ROWS}', 'area ${i % 90}', ${(i * 7919) % 99991})`,
)
const dump = readDump(
  'land.sql',
  `CREATE TABLE town (id int PRIMARY KEY, name text, area text, people int); INSERT INTO town VALUES ${rows.join(',')};
   CREATE TABLE tongue (area text, name text); INSERT INTO tongue VALUES ('area 1', 'Dutch'), ('area 2', NULL), ('area 3', 'Dutch');`,
)
if (!dump.ok) throw new Error(dump.failure.message)
const engine = await startSqlEngine()
/** Other tests of this process have their part in it. */
const workBefore = engine.meter.total()
const session = openSession(engine, dump.value)
afterAll(() => session.close())

const ask = (sql: string) => {
  const outcome = session.run({ database: 'land', writes: [] }, sql)
  return outcome.kind === 'rows' ? outcome.result.rows : outcome.kind === 'error' ? outcome.message : outcome.kind
}

test.each([
  ['pairs by inequality', 'SELECT COUNT(*) FROM town a, town b WHERE a.people > b.people', (ROWS * (ROWS - 1)) / 2],
  [
    'a text looked up for each row',
    'SELECT COUNT(*) FROM town a WHERE people = (SELECT MAX(people) FROM town b WHERE b.area = a.area)',
    90,
  ],
  [
    'none like it',
    'SELECT COUNT(*) FROM town a WHERE NOT EXISTS (SELECT 1 FROM town b WHERE b.name = a.name AND b.id <> a.id)',
    ROWS,
  ],
  [
    'a column of the outer row in IN',
    "SELECT COUNT(*) FROM town WHERE id IN (SELECT id FROM tongue WHERE tongue.name = 'Dutch')",
    ROWS,
  ],
  ['a join over texts', 'SELECT COUNT(*) FROM town a JOIN town b ON a.name = b.name', ROWS],
])('%s', (_name, sql, is) => {
  expect(ask(sql)).toEqual([[is]])
})

test.each([
  ['1 IN', 'SELECT t.id IN (SELECT t.id FROM tongue) FROM town t WHERE id = 1', 1],
  ['0 IN', 'SELECT t.name IN (SELECT tongue.name FROM tongue WHERE tongue.area = t.area) FROM town t WHERE id = 2', 0],
  [
    'NULL IN',
    'SELECT t.name IN (SELECT tongue.name FROM tongue WHERE tongue.area = t.area) FROM town t WHERE id = 3',
    null,
  ],
  [
    'NULL NOT IN',
    'SELECT t.name NOT IN (SELECT tongue.name FROM tongue WHERE tongue.area = t.area) FROM town t WHERE id = 3',
    null,
  ],
  [
    'nothing to be in',
    'SELECT t.name NOT IN (SELECT tongue.name FROM tongue WHERE tongue.area = t.name) FROM town t WHERE id = 3',
    1,
  ],
])('a query for each row is %s', (_name, sql, is) => {
  expect(ask(sql)).toEqual([[is]])
})

test('indexes are gone when the answer is there', () => {
  const before = ask('SELECT name FROM town LIMIT 3')
  ask('SELECT COUNT(*) FROM town a, town b WHERE a.people > b.people')
  expect(ask('SELECT name FROM town LIMIT 3')).toEqual(before)
  expect(engine.meter.total() - workBefore).toBeLessThan(20 * SQL_LIMITS.work)
})

test('where the databases are full there is no room for an index either, and that is an answer', () => {
  const narrow = openSession(engine, dump.value, { ...SQL_LIMITS, extraPages: 1 })
  const outcome = narrow.run(
    { database: 'land', writes: [] },
    'SELECT COUNT(*) FROM town a, town b WHERE a.people > b.people',
  )
  expect(outcome).toEqual({ kind: 'error', message: "The table 'tmp' is full" })
  expect(narrow.run({ database: 'land', writes: [] }, 'SELECT COUNT(*) FROM tongue')).toMatchObject({ kind: 'rows' })
  narrow.close()
})
