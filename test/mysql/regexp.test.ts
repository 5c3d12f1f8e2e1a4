/** Regular expressions as the manual of MySQL 8 tells them (14.8.2), and what no linear time allows. */
import { afterAll, expect, test } from 'vitest'
import { openSession, readDump, startSqlEngine } from '../../src/mysql/index.ts'

const dump = readDump(
  'huts.sql',
  "CREATE TABLE hut (name varchar(40)); INSERT INTO hut VALUES ('Alpine Rest'), (NULL);",
)
if (!dump.ok) throw new Error(dump.failure.message)
const session = openSession(await startSqlEngine(), dump.value)
afterAll(() => session.close())

const ask = (sql: string) => {
  const outcome = session.run({ database: 'huts', writes: [] }, sql)
  return outcome.kind === 'rows' ? outcome.result.rows : outcome.kind === 'error' ? outcome.message : outcome.kind
}

test.each([
  ["'Michael!' REGEXP '.*'", 1],
  ["'new*\\n*line' REGEXP 'new\\\\*.\\\\*line'", 0],
  ["'a' REGEXP '^[a-d]'", 1],
  ["'fo\\nfo' REGEXP '^fo$'", 0],
  ["'fofo' REGEXP '^f.*$'", 1],
  ["'pix' REGEXP '^(pi|apa)$'", 0],
  ["'pi' REGEXP '^(pi)*$'", 1],
  ["'abcde' REGEXP 'a[bcd]{3}e'", 1],
  ["'justalnums' REGEXP '[[:alnum:]]+'", 1],
  ["'!!' REGEXP '[[:alnum:]]+'", 0],
  ["'Grand Republic' REGEXP '(?i)republic'", 1],
  ["'Grand Republic' REGEXP '(?-i)republic'", 0],
  ["REGEXP_LIKE('abc', 'ABC')", 1],
  ["REGEXP_LIKE('abc', 'ABC', 'c')", 0],
  ["REGEXP_LIKE('a\\nb', 'a.b', 'n')", 1],
  ["REGEXP_LIKE('fo\\nfo', '^fo$', 'm')", 1],
  ["'abc' REGEXP BINARY 'ABC'", 0],
  ["'abc' NOT REGEXP 'b'", 0],
  ["REGEXP_INSTR('dog cat dog', 'dog')", 1],
  ["REGEXP_INSTR('dog cat dog', 'dog', 2)", 9],
  ["REGEXP_INSTR('dog cat dog', 'dog', 1, 2, 1)", 12],
  ["REGEXP_INSTR('aa aaa aaaa', 'a{4}')", 8],
  ["REGEXP_REPLACE('a b c', 'b', 'X')", 'a X c'],
  ["REGEXP_REPLACE('abc def ghi', '[a-z]+', 'X', 1, 3)", 'abc def X'],
  ["REGEXP_REPLACE('2024-05', '(\\\\d+)-(\\\\d+)', '$2/$1')", '05/2024'],
  ["REGEXP_SUBSTR('abc def ghi', '[a-z]+')", 'abc'],
  ["REGEXP_SUBSTR('abc def ghi', '[a-z]+', 1, 3)", 'ghi'],
  ["REGEXP_SUBSTR('abc', 'z')", null],
  ["'č' REGEXP '^[[:alpha:]]$'", 1],
  ["'Žluť 7' REGEXP '^[[:upper:]][[:lower:]]+[[:space:]][[:digit:]]$'", 1],
  ["'č7_' REGEXP '^\\\\w+$'", 1],
  ["'č7' REGEXP '[^\\\\w]'", 0],
  ["'a-b' REGEXP '\\\\W'", 1],
  ["'a^b' REGEXP '[[:punct:]]'", 1],
  ["'a]' REGEXP '[]]'", 1],
  ["'{' REGEXP '^[{]$'", 1],
  ["'č' REGEXP '^\\\\p{L}$'", 1],
  ["'A' REGEXP '^[\\\\x{41}]{1,2}$'", 1],
  ["'{' REGEXP '\\\\{'", 1],
  ["NULL REGEXP 'a'", null],
])('%s', (sql, is) => {
  expect(ask(`SELECT ${sql}`)).toEqual([[is]])
})

test.each([
  ["'a' REGEXP ''", 'Illegal argument to a regular expression.'],
  ["'a' REGEXP '(a'", 'Mismatched parenthesis in regular expression.'],
  ["'a' REGEXP '[a'", 'The regular expression contains an unclosed bracket expression.'],
  ["'a' REGEXP '[b-a]'", 'The regular expression contains an [x-y] character range where x comes after y.'],
  ["'a{' REGEXP 'a{'", 'Incorrect description of a {min,max} interval.'],
  ["'a' REGEXP 'a{1,'", 'Incorrect description of a {min,max} interval.'],
  ["'a' REGEXP 'a{3,1}'", 'The maximum is less than the minumum in a {min,max} interval.'],
  ["'a' LIKE 'a' ESCAPE 'xy'", 'Incorrect arguments to ESCAPE'],
  ["'a' REGEXP '*'", 'Syntax error in regular expression on line 1, character 1.'],
  ["'a' REGEXP 'a(?=b)'", 'The regular expression contains a feature that is not implemented in this library version.'],
  [
    "'aa' REGEXP '(a)\\\\1'",
    'The regular expression contains a feature that is not implemented in this library version.',
  ],
  ["REGEXP_LIKE('a', 'a', 'x')", 'Invalid match mode flag in regular expression.'],
  ["REGEXP_INSTR('a', 'a', 9)", 'Index out of bounds in regular expression search.'],
])('%s is refused in MySQL’s words', (sql, words) => {
  expect(ask(`SELECT ${sql}`)).toBe(words)
})
