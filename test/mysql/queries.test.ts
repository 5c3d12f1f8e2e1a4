import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

const upTo = (last: number) => `WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < ${last})`
const ABORTED =
  'Recursive query aborted after 1001 iterations. Try increasing @@cte_max_recursion_depth to a larger value.'

test.each([
  [`${upTo(1000)} SELECT COUNT(*) FROM n`, '[(1000,)]'],
  [`${upTo(1001)} SELECT COUNT(*) FROM n`, ABORTED],
  ['WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT MAX(x) FROM n', ABORTED],
  ['WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n LIMIT 1001) SELECT MAX(x) FROM n', '[(1001,)]'],
  // Iterations, not rows: each gives two.
  [
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n, (SELECT 1 UNION SELECT 2) t WHERE x < 9) SELECT COUNT(*) FROM n',
    '[(511,)]',
  ],
  [
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 2 UNION ALL SELECT x + 5 FROM n WHERE x < 3) SELECT * FROM n',
    '[(1,), (10,), (2,), (6,), (7,)]',
  ],
  ['WITH RECURSIVE n AS (SELECT 1 AS x UNION SELECT x % 3 + 1 FROM n) SELECT * FROM n', '[(1,), (2,), (3,)]'],
  [
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT MAX(x) FROM n) SELECT * FROM n',
    "Recursive Common Table Expression 'n' can contain neither aggregation nor window functions in recursive query block",
  ],
  [
    'WITH RECURSIVE n AS (SELECT x FROM n) SELECT * FROM n',
    "Recursive Common Table Expression 'n' should have one or more non-recursive query blocks followed by one or more recursive ones",
  ],
  ['WITH t AS (SELECT 1), t AS (SELECT 2) SELECT * FROM t', "Not unique table/alias: 't'"],
  [
    'WITH t(a) AS (SELECT 1, 2) SELECT * FROM t',
    'In definition of view, derived table or common table expression, SELECT list and column names list have different column counts',
  ],
])('WITH tables: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test('the depth of recursion is a variable', () => {
  expect(answer('SET SESSION cte_max_recursion_depth = 2000', `${upTo(1500)} SELECT COUNT(*) FROM n`)).toBe('[(1500,)]')
})

test.each([
  ['SELECT (1, NULL) <=> (1, NULL), (1, 2) <> (1, 3), (1, 2) < (1, 3), (1, NULL) = (1, 2)', '[(1, 1, 1, None)]'],
  ["SELECT no FROM tree WHERE (kind, age) = (SELECT 'PEAR', 9)", '[(2,)]'],
  ['SELECT no FROM tree WHERE (kind, age) = (SELECT kind, age FROM tree)', 'Subquery returns more than 1 row'],
  ['SELECT no FROM tree WHERE (kind, age) = (SELECT kind FROM tree)', 'Operand should contain 2 column(s)'],
  ['SELECT name FROM grower WHERE id <> ALL (SELECT grower_id FROM tree)', '[]'],
  ['SELECT name FROM grower WHERE id <> ALL (SELECT grower_id FROM tree WHERE no < 5)', "[('Cleo',)]"],
  ['(SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2) EXCEPT ALL SELECT 1', '[(1,), (2,)]'],
  ['(SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2) INTERSECT ALL (SELECT 1 UNION ALL SELECT 1)', '[(1,), (1,)]'],
  ['SELECT no FROM tree USE INDEX (by_grower) WHERE no = 1', '[(1,)]'],
  ['SELECT no FROM tree t FORCE INDEX FOR ORDER BY (nosuch)', "Key 'nosuch' doesn't exist in table 't'"],
  ['SELECT /*!80000 1 + */ 1, /*!99999 1 + */ 1', '[(2, 1)]'],
  [
    'SELECT name, ROW_NUMBER() OVER (ORDER BY id) AS r FROM grower HAVING r = 1',
    "You cannot use the alias 'r' of an expression containing a window function in this context.'",
  ],
])('%s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  ['SELECT a.name, b.name FROM grower a JOIN grower b ON a.id = b.id ORDER BY name', 'order clause'],
  ['SELECT a.name, b.name FROM grower a JOIN grower b ON a.id = b.id GROUP BY name', 'group statement'],
  ['SELECT a.name, b.name FROM grower a JOIN grower b ON a.id = b.id HAVING name > ""', 'having clause'],
  ['SELECT * FROM grower a JOIN grower b ON a.id = b.id ORDER BY name', 'order clause'],
])('a name that stands for two columns of the select list: %s', (sql, clause) => {
  expect(answer(sql)).toBe(`Column 'name' in ${clause} is ambiguous`)
})

test.each([
  [
    'SELECT name FROM grower UNION SELECT kind FROM tree ORDER BY LENGTH(name) DESC, name LIMIT 2',
    "[('apple',), ('Cleo',)]",
  ],
  [
    'SELECT name FROM grower UNION SELECT kind FROM tree ORDER BY name = "plum" DESC, name LIMIT 2',
    "[('plum',), ('Ana',)]",
  ],
  [
    'SELECT name FROM grower UNION SELECT kind FROM tree ORDER BY COUNT(*)',
    'Expression #1 of ORDER BY contains aggregate function and applies to a UNION, EXCEPT or INTERSECT',
  ],
  ['SELECT name FROM grower UNION SELECT kind FROM tree ORDER BY 2', "Unknown column '2' in 'order clause'"],
  ['(SELECT name FROM grower) ORDER BY id DESC LIMIT 1', "[('Cleo',)]"],
  ['(SELECT name FROM grower ORDER BY id LIMIT 2) ORDER BY name DESC LIMIT 1', "[('ben',)]"],
])('ORDER BY of several SELECTs, and behind parentheses: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  ['SELECT name, name FROM grower ORDER BY name LIMIT 1', "[('Ana', 'Ana')]"],
  ['SELECT UPPER(name) AS n, town AS n FROM grower ORDER BY n LIMIT 1', "[('ANA', 'Ypres')]"],
])('a name that stands for one: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  ['SELECT DISTINCT (0 AND no) FROM tree', '[(0,)]'],
  ['SELECT COUNT(*) FROM tree GROUP BY (0 AND no)', /^\[\(\d+,\)\]$/],
  ['SELECT 1 FROM tree ORDER BY (0 AND no) LIMIT 1', '[(1,)]'],
])('a condition is no place of a column: %s', (sql, is) => {
  expect(answer(sql)).toMatch(is)
})
