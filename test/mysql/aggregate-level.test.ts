import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

const MIXED =
  "In aggregated query without GROUP BY, expression #1 of SELECT list contains nonaggregated column 'orchard.grower.name'; this is incompatible with sql_mode=only_full_group_by"

test.each([
  // Only the outer query has the column, and WHERE has no place for an aggregate: it is the subquery's.
  ['SELECT name FROM grower WHERE name = (SELECT MIN(name) FROM tree)', "[('Ana',), ('ben',), ('Cleo',)]"],
  ['SELECT name FROM grower WHERE name = (SELECT MIN(name) FROM empty_shed)', '[]'],
  ['SELECT name FROM grower WHERE id = (SELECT MAX(id)) AND id > 1', "[('ben',), ('Cleo',)]"],
  ['SELECT name FROM grower WHERE id * 5 = (SELECT SUM(grower.id) FROM tree)', "[('Ana',), ('ben',), ('Cleo',)]"],
  // The select list has one: it is the outer query's, which is grouped by it.
  ['SELECT name, (SELECT COUNT(town) FROM tree LIMIT 1) FROM grower', MIXED],
  ['SELECT (SELECT COUNT(town) FROM tree LIMIT 1) FROM grower', '[(3,)]'],
  ['SELECT (SELECT COUNT(town) FROM tree) FROM grower', 'Subquery returns more than 1 row'],
  ['SELECT (SELECT SUM(g.id)) FROM grower g', "[(Decimal('6'),)]"],
  ['SELECT (SELECT c FROM (SELECT COUNT(g.id) AS c) d) FROM grower g', '[(3,)]'],
  // In WHERE of a subquery, of a query that has a place for it.
  [
    'SELECT grower_id FROM tree GROUP BY grower_id HAVING EXISTS (SELECT 1 FROM grower WHERE id = COUNT(tree.no)) ORDER BY 1',
    '[(None,), (1,), (2,)]',
  ],
  [
    'SELECT grower_id FROM tree GROUP BY grower_id HAVING EXISTS (SELECT 1 FROM grower WHERE COUNT(*) > 1) ORDER BY 1',
    '[(1,), (2,)]',
  ],
  ['SELECT SUM((SELECT COUNT(*) FROM tree)) FROM grower', "[(Decimal('15'),)]"],
  ['SELECT SUM((SELECT COUNT(town) FROM tree)) FROM grower', 'Invalid use of group function'],
  ['SELECT MAX(COUNT(*)) FROM tree', 'Invalid use of group function'],
  ['SELECT kind FROM tree WHERE age = MAX(age)', 'Invalid use of group function'],
  ['SELECT ANY_VALUE(kind), kind FROM tree LIMIT 1', "[('apple', 'apple')]"],
])('an aggregate belongs to one query: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  [
    'SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind HAVING n = (SELECT MAX(n) FROM grower)',
    "Reference 'n' not supported (reference to group function)",
  ],
  ['SELECT COUNT(*) AS n, (SELECT n) FROM tree', "Reference 'n' not supported (reference to group function)"],
  ['SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind HAVING n = MIN(n)', 'Invalid use of group function'],
  ['SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind ORDER BY MAX(n)', 'Invalid use of group function'],
  ['SELECT kind AS k, COUNT(*) AS n FROM tree GROUP BY k HAVING MIN(k) < "b"', "[('apple', 3)]"],
  ['SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind HAVING n = (SELECT MAX(id) FROM grower)', "[('apple', 3)]"],
  ['SELECT kind, COUNT(*) AS n FROM tree GROUP BY kind ORDER BY n + 0 DESC LIMIT 1', "[('apple', 3)]"],
  ['SELECT no AS t, (SELECT name FROM grower WHERE id = t) FROM tree ORDER BY no LIMIT 1', "[(1, 'Ana')]"],
  ['SELECT no AS t FROM tree WHERE EXISTS (SELECT 1 FROM grower WHERE id = t)', "Unknown column 't' in 'where clause'"],
])('what may name a select item: %s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})
