import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

test.each([
  ['ALTER TABLE grower ADD COLUMN age int DEFAULT 5 AFTER id, DROP COLUMN since', "[(1, 5, 'Ana', 'Ypres')]"],
  [
    'ALTER TABLE grower ADD b int FIRST, RENAME COLUMN name TO title',
    "[(None, 1, 'Ana', 'Ypres', datetime.date(2001, 5, 6))]",
  ],
  [
    'ALTER TABLE grower CHANGE name title varchar(30), MODIFY id bigint',
    "[(1, 'Ana', 'Ypres', datetime.date(2001, 5, 6))]",
  ],
])('%s', (sql, wanted) => {
  expect(answer(sql, 'SELECT * FROM grower LIMIT 1')).toBe(wanted)
})

test('a table and its rows go on under another name', () => {
  expect(answer('RENAME TABLE grower TO owner', 'SELECT COUNT(*) FROM owner')).toBe('[(3,)]')
  expect(answer('ALTER TABLE grower RENAME TO owner', 'SELECT COUNT(*) FROM grower')).toBe(
    "Table 'orchard.grower' doesn't exist",
  )
})

test.each([
  [['CREATE INDEX by_kind ON tree (kind)', "SHOW KEYS FROM tree WHERE Key_name = 'by_kind'"], /'by_kind', 1, 'kind'/],
  [['CREATE INDEX by_kind ON tree (kind)', 'CREATE INDEX by_kind ON tree (age)'], /^Duplicate key name 'by_kind'$/],
  [['CREATE INDEX by_kind ON tree (nosuch)'], /^Key column 'nosuch' doesn't exist in table$/],
  [['CREATE UNIQUE INDEX u ON tree (kind)'], /^Duplicate entry/],
  [['ALTER TABLE tree ADD UNIQUE KEY u (no, kind)', 'CREATE INDEX u ON tree (age)'], /^Duplicate key name 'u'$/],
  [['DROP INDEX by_grower ON tree', 'DROP INDEX by_grower ON tree'], /^Can't DROP 'by_grower'/],
  [['ALTER TABLE tree ADD PRIMARY KEY (age)'], /^Multiple primary key defined$/],
  [['ALTER TABLE tree DROP COLUMN nosuch'], /^Unknown column 'nosuch' in 'tree'$/],
] as const)('%s', (statements, wanted) => {
  expect(answer(...statements)).toMatch(wanted)
})
