import { expect, test } from 'vitest'
import { openSession, type Place, readDump, startSqlEngine } from '../../src/mysql/index.ts'

const read = readDump(
  'yard.sql',
  'CREATE TABLE tool (id int PRIMARY KEY, label text); INSERT INTO tool VALUES (1, "rake")',
)
if (!read.ok) throw new Error(read.failure.message)
const session = openSession(await startSqlEngine(), read.value)
const clean: Place = { database: 'yard', writes: [] }

test.each([
  'DELETE FROM tool WHERE id IN (SELECT id FROM shed)',
  'UPDATE tool SET label = "x" WHERE id IN (SELECT id FROM shed)',
  'UPDATE tool SET label = (SELECT max(label) FROM shed)',
  'INSERT INTO tool VALUES (2, (SELECT max(label) FROM shed))',
])('a write that reads a table which is not there is refused: %s', (sql) => {
  expect(session.run(clean, sql)).toEqual({ kind: 'error', message: "Table 'yard.shed' doesn't exist" })
})

test('a write may read its own table where the rows come from a derived one', () => {
  const added = session.run(clean, 'INSERT INTO tool SELECT max(id) + 1, "hoe" FROM tool')
  if (added.kind !== 'none') throw new Error(JSON.stringify(added))
  const rows = session.run(added.place, 'SELECT * FROM tool')
  expect(rows.kind === 'rows' && rows.result.rows).toEqual([
    [1, 'rake'],
    [2, 'hoe'],
  ])
  expect(session.run(clean, 'SELECT count(*) FROM tool')).toMatchObject({ result: { rows: [[1]] } })
})
