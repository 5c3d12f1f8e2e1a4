import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

const made =
  "CREATE TABLE pot (id int PRIMARY KEY AUTO_INCREMENT, label varchar(3) NOT NULL, n tinyint unsigned DEFAULT 7, price decimal(4,1), made date, glaze enum('blue','Red'), size year, weight float)"

test.each([
  ["UPDATE tree SET age = 'old'", "Incorrect integer value: 'old' for column 'age' at row 1"],
  ["UPDATE tree SET age = '9 years'", "Data truncated for column 'age' at row 1"],
  ['UPDATE tree SET age = 128', "Out of range value for column 'age' at row 1"],
  ['UPDATE tree SET height = 12345', "Out of range value for column 'height' at row 1"],
  ["UPDATE tree SET height = 'tall'", "Incorrect decimal value: 'tall' for column 'height' at row 1"],
  ["UPDATE tree SET kind = 'crab apple'", "Data too long for column 'kind' at row 1"],
  ['UPDATE tree SET kind = NULL', "Column 'kind' cannot be null"],
  ["UPDATE grower SET since = '2020-02-30'", "Incorrect date value: '2020-02-30' for column 'since' at row 1"],
  ['INSERT INTO grower (name) VALUES ("Dia")', "Field 'id' doesn't have a default value"],
  ['INSERT INTO grower (id, id) VALUES (4, 5)', "Column 'id' specified twice"],
  [
    "INSERT INTO grower VALUES (4, 'a', NULL, NULL), (5, 'a', NULL, 'soon')",
    "Incorrect date value: 'soon' for column 'since' at row 2",
  ],
  [
    "INSERT INTO grower SELECT no, kind, NULL, 'soon' FROM tree WHERE no > 3",
    "Incorrect date value: 'soon' for column 'since' at row 1",
  ],
  [
    "INSERT INTO grower VALUES (4, 'a', NULL, NULL), (3, 'b', NULL, NULL)",
    "Duplicate entry '3' for key 'grower.PRIMARY'",
  ],
  [
    "INSERT INTO grower VALUES (4, 'a', NULL, NULL), (4, 'b', NULL, NULL)",
    "Duplicate entry '4' for key 'grower.PRIMARY'",
  ],
  ['UPDATE grower SET id = DEFAULT', "Field 'id' doesn't have a default value"],
  ['INSERT INTO tree (age) VALUES (COUNT(*))', 'Invalid use of group function'],
])('strict mode: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  ["'a', -1, NULL, NULL, NULL, NULL, NULL", "Out of range value for column 'n' at row 1"],
  [
    "'abc  ', '12', 3.25, 20200229, 'RED', 79, 78.4",
    "[(1, 'abc', 12, Decimal('3.3'), datetime.date(2020, 2, 29), 'Red', 1979, 78.4)]",
  ],
  ["'a', DEFAULT, NULL, NULL, 'green', NULL, NULL", "Data truncated for column 'glaze' at row 1"],
  ["'a', DEFAULT, NULL, NULL, NULL, 1850, NULL", "Out of range value for column 'size' at row 1"],
  ["'a', DEFAULT, NULL, NULL, NULL, NULL, 'x'", "Data truncated for column 'weight' at row 1"],
])('what columns keep: %s', (row, wanted) => {
  const added = answer(made, `INSERT INTO pot VALUES (NULL, ${row})`)
  expect(added === 'None' ? answer(made, `INSERT INTO pot VALUES (NULL, ${row})`, 'SELECT * FROM pot') : added).toBe(
    wanted,
  )
})

test('IGNORE, and a mode without STRICT, take the nearest value', () => {
  const insert = "INTO pot (label, n, made) VALUES ('abcdef', 999, 'soon')"
  const looking = 'SELECT label, n FROM pot'
  expect(answer(made, `INSERT IGNORE ${insert}`, looking)).toBe("[('abc', 255)]")
  expect(answer(made, "SET sql_mode = ''", `INSERT ${insert}`, looking)).toBe("[('abc', 255)]")
})

test.each([
  ['UPDATE tree SET age = 0 ORDER BY age DESC LIMIT 2', 'SELECT no FROM tree WHERE age = 0', '[(2,), (4,)]'],
  [
    'UPDATE tree SET age = age + 1, grower_id = age WHERE no = 1',
    'SELECT age, grower_id FROM tree WHERE no = 1',
    '[(5, 5)]',
  ],
  ['DELETE FROM tree ORDER BY no DESC LIMIT 3', 'SELECT no FROM tree ORDER BY no', '[(1,), (2,)]'],
  [
    "UPDATE tree t JOIN grower g ON g.id = t.grower_id SET t.age = g.id + 50 WHERE g.name = 'Ana'",
    'SELECT no FROM tree WHERE age = 51',
    '[(1,), (2,)]',
  ],
  ['DELETE t FROM tree t JOIN grower g ON g.id = t.grower_id', 'SELECT no FROM tree', '[(5,)]'],
  [
    'DELETE FROM g USING grower g LEFT JOIN tree t ON t.grower_id = g.id WHERE t.no IS NULL',
    'SELECT id FROM grower',
    '[(1,), (2,)]',
  ],
  ['DELETE FROM tree WHERE no IN (SELECT * FROM (SELECT MAX(no) FROM tree) t)', 'SELECT COUNT(*) FROM tree', '[(4,)]'],
  [
    "INSERT INTO tree (no, kind) VALUES (1, 'fig') ON DUPLICATE KEY UPDATE kind = VALUES(kind), age = age + 1",
    'SELECT kind, age FROM tree WHERE no = 1',
    "[('fig', 5)]",
  ],
  [
    "INSERT INTO tree (no, kind) VALUES (1, 'fig') AS new ON DUPLICATE KEY UPDATE kind = new.kind",
    'SELECT kind, age FROM tree WHERE no = 1',
    "[('fig', 4)]",
  ],
  ["REPLACE INTO tree (no, kind) VALUES (1, 'fig')", 'SELECT kind, age FROM tree WHERE no = 1', "[('fig', None)]"],
  ["INSERT INTO tree SET kind = 'fig', age = DEFAULT", 'SELECT no, kind FROM tree WHERE no > 5', "[(6, 'fig')]"],
  ['INSERT INTO tree () VALUES ()', 'SELECT no, kind FROM tree WHERE no > 5', "[(6, 'apple')]"],
])('%s', (sql, looking, wanted) => {
  expect(answer(sql, looking)).toBe(wanted)
})

test.each([
  'UPDATE tree SET age = (SELECT MAX(age) FROM tree)',
  'DELETE FROM tree WHERE no IN (SELECT no FROM tree)',
  'INSERT INTO tree (age) VALUES ((SELECT MAX(age) FROM tree))',
])('a write does not read its own table: %s', (sql) => {
  expect(answer(sql)).toBe("You can't specify target table 'tree' for update in FROM clause")
})
