import { expect, test } from 'vitest'
import { keyOf, readDump } from '../../../src/mysql/index.ts'

test('a dump becomes databases with typed cells, in the order of their primary keys', () => {
  const read = readDump(
    'folder/Yard.sql',
    `-- made by hand
    CREATE TABLE tool (id int, label varchar(9) DEFAULT 'none', born date, weight decimal(5,2), PRIMARY KEY (id), KEY (label));
    INSERT INTO tool VALUES (2,'hoe','2020-1-5','1.50'),(1,'rake',NULL,2);
    INSERT INTO tool (id) VALUES (3);
    LOCK TABLES tool WRITE;`,
  )
  if (!read.ok) throw new Error(read.failure.message)
  const [yard] = read.value
  const [tool] = yard?.tables ?? []
  expect(yard?.name).toBe('yard')
  expect(tool?.rows).toEqual([
    [1, 'rake', null, 2],
    [2, 'hoe', '2020-01-05', 1.5],
    [3, 'none', null, null],
  ])
  expect(tool?.columns.map(({ type }) => type)).toEqual(['int', 'varchar(9)', 'date', 'decimal(5,2)'])
  expect(['id', 'label', 'born'].map((column) => tool && keyOf(tool, column))).toEqual(['PRI', 'MUL', ''])
})

test.each([
  ['SELECT 1', 'x.sql has no CREATE TABLE; it is no MySQL dump, or an empty one.'],
  [
    'CREATE TABLE a (b int);\nINSERT INTO c VALUES (1)',
    'x.sql, line 2: rows for the table "c", which was not created before. Nothing of this file was read.',
  ],
  [
    'CREATE TABLE a (b int); INSERT INTO a (c) VALUES (1)',
    'x.sql, line 1: table a: it has no column "c". Nothing of this file was read.',
  ],
])('%s is refused in a sentence', (text, message) => {
  expect(readDump('x.sql', text)).toEqual({ ok: false, failure: { code: 'sql-dump', message } })
})
