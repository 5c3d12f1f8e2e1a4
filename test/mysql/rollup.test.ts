import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

test.each([
  ['SELECT kind, COUNT(*) FROM tree GROUP BY kind WITH ROLLUP', "[('apple', 3), ('pear', 1), ('plum', 1), (None, 5)]"],
  [
    'SELECT kind, age, COUNT(*) FROM tree GROUP BY kind, age WITH ROLLUP',
    "[('apple', 4, 2), ('apple', 12, 1), ('apple', None, 3), ('pear', 9, 1), ('pear', None, 1), ('plum', 2, 1), ('plum', None, 1), (None, None, 5)]",
  ],
  // NULL that is there comes first, NULL that stands for all last.
  [
    'SELECT grower_id, GROUPING(grower_id), COUNT(*) FROM tree GROUP BY grower_id WITH ROLLUP',
    '[(None, 0, 1), (1, 0, 2), (2, 0, 2), (None, 1, 5)]',
  ],
  [
    "SELECT IF(GROUPING(kind), 'all', kind) AS k, SUM(age) AS s FROM tree GROUP BY kind WITH ROLLUP HAVING s > 8 ORDER BY s DESC",
    "[('all', Decimal('31')), ('apple', Decimal('20')), ('pear', Decimal('9'))]",
  ],
  [
    'SELECT kind, age FROM tree GROUP BY kind, age WITH ROLLUP HAVING GROUPING(kind, age) = 1',
    "[('apple', None), ('pear', None), ('plum', None)]",
  ],
  [
    'SELECT age + 1, age + SUM(no) FROM tree WHERE age < 5 GROUP BY age WITH ROLLUP',
    "[(3, Decimal('7')), (5, Decimal('8')), (None, None)]",
  ],
  ['SELECT UPPER(kind) AS k, MAX(age) FROM tree GROUP BY k WITH ROLLUP LIMIT 2, 9', "[('PLUM', 2), (None, 12)]"],
  ['SELECT DISTINCT COUNT(*) FROM tree GROUP BY kind WITH ROLLUP', '[(3,), (1,), (5,)]'],
  ['SELECT kind, COUNT(*) FROM tree WHERE no > 9 GROUP BY kind WITH ROLLUP', '[(None, 0)]'],
  [
    'SELECT kind, (SELECT COUNT(*) FROM tree t WHERE t.kind = tree.kind) FROM tree GROUP BY kind WITH ROLLUP',
    "[('apple', 3), ('pear', 1), ('plum', 1), (None, 0)]",
  ],
  ['SELECT n FROM (SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind WITH ROLLUP) t WHERE kind IS NULL', '[(5,)]'],
  ['SELECT GROUPING(kind) FROM tree GROUP BY kind', 'Invalid use of group function'],
  ['SELECT GROUPING(age) FROM tree GROUP BY kind WITH ROLLUP', 'Argument #1 of GROUPING function is not in GROUP BY'],
])('%s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})
