import { expect, test } from 'vitest'
import { answer } from './orchard.ts'

const letters = "(SELECT 'a' AS x UNION ALL SELECT 'A' UNION ALL SELECT 'a ') t"

test.each([
  ["SELECT COUNT(*) FROM grower WHERE BINARY name = 'ana'", '[(0,)]'],
  ["SELECT COUNT(*) FROM grower WHERE name = BINARY 'Ana'", '[(1,)]'],
  ["SELECT COUNT(*) FROM grower WHERE name COLLATE utf8mb4_bin = 'ana'", '[(0,)]'],
  ["SELECT COUNT(*) FROM grower WHERE town COLLATE utf8mb4_general_ci = 'YPRES '", '[(2,)]'],
  ["SELECT COUNT(*) FROM grower WHERE town COLLATE utf8mb4_0900_ai_ci = 'YPRES '", '[(0,)]'],
  ["SELECT COUNT(*) FROM grower WHERE town COLLATE utf8mb4_0900_ai_ci = 'YPRES'", '[(2,)]'],
  ["SELECT COUNT(*) FROM grower WHERE town LIKE 'y%' COLLATE utf8mb4_bin", '[(1,)]'],
  ["SELECT COUNT(*) FROM grower WHERE town LIKE BINARY 'y%'", '[(1,)]'],
  ["SELECT 'a' = 'A' COLLATE utf8mb4_bin, CONVERT('a' USING binary) = 'A', _binary'a' = 'A'", '[(0, 0, 0)]'],
  ["SELECT 'abc' IN ('ABC' COLLATE utf8mb4_bin), 'b' BETWEEN BINARY 'B' AND 'c'", '[(0, 1)]'],
  ["SELECT CASE BINARY 'a' WHEN 'A' THEN 1 ELSE 0 END", '[(0,)]'],
  // A _bin collation forgets blanks at the end, bytes do not.
  [
    `SELECT COUNT(DISTINCT x), COUNT(DISTINCT x COLLATE utf8mb4_bin), COUNT(DISTINCT BINARY x) FROM ${letters}`,
    '[(1, 2, 3)]',
  ],
  [`SELECT COUNT(*) FROM ${letters} GROUP BY x COLLATE utf8mb4_bin ORDER BY 1`, '[(1,), (2,)]'],
  ["SELECT MAX(x), MAX(x COLLATE utf8mb4_bin) FROM (SELECT 'a' AS x UNION ALL SELECT 'B') t", "[('B', 'a')]"],
  ['SELECT name FROM grower ORDER BY BINARY name DESC', "[('ben',), ('Cleo',), ('Ana',)]"],
  ["SELECT 'a' COLLATE NOCASE", "Unknown collation: 'NOCASE'"],
  ["SELECT 'a' COLLATE latin1_swedish_ci", "COLLATION 'latin1_swedish_ci' is not valid for CHARACTER SET 'utf8mb4'"],
  ["SELECT CAST('a' AS BINARY) COLLATE utf8mb4_bin", "COLLATION 'utf8mb4_bin' is not valid for CHARACTER SET 'binary'"],
  [
    "SELECT 'a' COLLATE utf8mb4_bin = 'A' COLLATE utf8mb4_general_ci",
    "Illegal mix of collations (utf8mb4_bin,EXPLICIT) and (utf8mb4_general_ci,EXPLICIT) for operation '='",
  ],
  ["SELECT CONVERT('a' USING runes)", "Unknown character set: 'runes'"],
])('%s', (sql, wanted) => {
  expect(answer(sql)).toBe(wanted)
})

test.each([
  ['varchar(9) COLLATE utf8mb4_bin', '', 2],
  ['varchar(9)', 'COLLATE=utf8mb4_0900_ai_ci', 2],
  ['varchar(9) COLLATE utf8mb4_general_ci', 'COLLATE utf8mb4_bin', 3],
  ['varbinary(9)', '', 1],
  ['varchar(9)', '', 3],
])('what a column of %s in a table of %s calls equal', (type, options, equal) => {
  const made = `CREATE TABLE label (x ${type}) ${options}`
  expect(
    answer(made, "INSERT INTO label VALUES ('a'), ('A'), ('a ')", "SELECT COUNT(*) FROM label WHERE x = 'a'"),
  ).toBe(`[(${equal},)]`)
})
