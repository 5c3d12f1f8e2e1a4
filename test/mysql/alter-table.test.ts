import { describe, expect, test } from 'vitest'
import { answer as inYard } from './dictionary/yard.ts'
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
  [['ALTER TABLE tree DROP COLUMN nosuch'], /^Can't DROP 'nosuch'; check that column\/key exists$/],
] as const)('%s', (statements, wanted) => {
  expect(answer(...statements)).toMatch(wanted)
})

describe('all changes', () => {
  const answers: readonly (readonly [statements: readonly string[], answer: string])[] = [
    [
      ["ALTER TABLE shed ADD note varchar(5) DEFAULT 'x' AFTER id, ADD COLUMN rank_no int FIRST", 'SELECT * FROM shed'],
      "[(None, 1, 'x', 'north'), (None, 4, 'x', 'south')]",
    ],
    [['ALTER TABLE shed DROP COLUMN label', 'SELECT * FROM shed'], '[(1,), (4,)]'],
    [['ALTER TABLE tool MODIFY price int', 'SELECT price FROM tool'], '[(3,), (3,), (1,)]'],
    [
      ['ALTER TABLE tool CHANGE price cost decimal(6,1) NOT NULL', "SHOW COLUMNS FROM tool LIKE 'cost'"],
      "[('cost', 'decimal(6,1)', 'NO', '', None, '')]",
    ],
    [['ALTER TABLE tool ADD UNIQUE KEY by_shed (shed_id)'], 'Duplicate'],
    [
      ['ALTER TABLE tool ADD KEY by_price (price)', "SHOW INDEX FROM tool WHERE Key_name = 'by_price'"],
      "[('tool', 1, 'by_price', 1, 'price', 'A', None, None, None, '', 'BTREE', '', '', 'YES', None)]",
    ],
    [
      [
        'CREATE INDEX by_price ON tool (price)',
        'DROP INDEX by_price ON tool',
        "SHOW INDEX FROM tool WHERE Key_name = 'by_price'",
      ],
      '[]',
    ],
    [
      [
        'ALTER TABLE tool DROP PRIMARY KEY',
        'INSERT INTO tool VALUES (1, 1, 9)',
        'SELECT COUNT(*) FROM tool WHERE id = 1',
      ],
      '[(2,)]',
    ],
    [
      ['ALTER TABLE tool RENAME COLUMN price TO cost, RENAME TO thing', 'SELECT MAX(cost) FROM thing'],
      "[(Decimal('3.00'),)]",
    ],
    [
      [
        'RENAME TABLE tool TO thing',
        'CREATE TABLE tool (id int PRIMARY KEY)',
        'ALTER TABLE tool ADD a int',
        'SELECT COUNT(*) FROM thing',
      ],
      '[(3,)]',
    ],
    [
      [
        "ALTER TABLE tool ALTER price SET DEFAULT '4.00'",
        'INSERT INTO tool (id) VALUES (9)',
        'SELECT price FROM tool WHERE id = 9',
      ],
      "[(Decimal('4.00'),)]",
    ],
    [['ALTER TABLE tool DROP COLUMN nothing'], "Can't DROP 'nothing'; check that column/key exists"],
    [['ALTER TABLE tool ADD id int'], "Duplicate column name 'id'"],
    [['ALTER TABLE tool ADD PRIMARY KEY (price)'], 'Multiple primary key defined'],
    [['ALTER TABLE tool ADD KEY (nothing)'], "Key column 'nothing' doesn't exist in table"],
    [["ALTER TABLE tool ENGINE=MyISAM, COMMENT='x', DISABLE KEYS", 'SELECT COUNT(*) FROM tool'], '[(3,)]'],
  ]
  test.each(answers)('%j', (statements, wanted) => {
    expect(inYard(...statements)).toContain(wanted)
  })
})
