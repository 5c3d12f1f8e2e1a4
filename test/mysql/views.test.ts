import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

const tall = 'CREATE VIEW tall AS SELECT no, kind, height * 2 AS twice FROM tree WHERE height > 1.9'

test.each([
  ['SELECT kind, twice FROM tall ORDER BY no LIMIT 2', "[('apple', Decimal('7.0')), ('pear', Decimal('4.0'))]"],
  ['SELECT t.kind, g.name FROM tall t JOIN grower g ON g.id = t.no WHERE t.no = 1', "[('apple', 'Ana')]"],
  ['SELECT no FROM tall WHERE nosuch = 1', "Unknown column 'nosuch' in 'where clause'"],
  ["SHOW FULL TABLES WHERE Table_type = 'VIEW'", "[('tall', 'VIEW')]"],
  ['SELECT table_type FROM information_schema.tables WHERE table_name = "tall"', "[('VIEW',)]"],
  ['DROP TABLE tall', "Unknown table 'orchard.tall'"],
  ['DROP VIEW tree', "'orchard.tree' is not VIEW"],
  ['DROP VIEW short', "Unknown table 'orchard.short'"],
  [tall, "Table 'tall' already exists"],
  ['CREATE OR REPLACE VIEW tree AS SELECT 1', "'orchard.tree' is not VIEW"],
  ['CREATE OR REPLACE VIEW tall AS SELECT * FROM tall', "Table 'orchard.tall' doesn't exist"],
  ['DELETE FROM tall', "'tall' is a view, and views are only read here"],
  ['CREATE TABLE tall (a int)', "Table 'tall' already exists"],
])('with a view: %s', (sql, wanted) => {
  expect(answer(tall, sql)).toBe(wanted)
})

test('a view reads what is there when it is read', () => {
  const view = 'CREATE VIEW kinds (k, n) AS SELECT kind, COUNT(*) FROM tree GROUP BY kind'
  const gone =
    "View 'orchard.kinds' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights to use them"
  expect(answer(view, "DELETE FROM tree WHERE kind <> 'plum'", 'SELECT * FROM kinds')).toBe("[('plum', 1)]")
  expect(answer(view, 'DROP TABLE tree', 'SELECT * FROM kinds')).toBe(gone)
  expect(answer(view, 'CREATE OR REPLACE VIEW kinds AS SELECT 1 AS one', 'SELECT * FROM kinds')).toBe('[(1,)]')
  expect(answer(view, 'DROP VIEW kinds', 'SELECT * FROM kinds')).toBe("Table 'orchard.kinds' doesn't exist")
})
