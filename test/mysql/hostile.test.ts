/** What hostile statements become. Each must come back as an observation, quickly, and leave the environment usable. */
import { expect, test } from 'vitest'
import { smallWorld } from '../environments/intercode-sql/shop.ts'

const world = smallWorld({ wrapper: { submitAnywhere: false, firstLineOnly: false } })
const task = world.tasks('train')[0]
if (task === undefined) throw new Error('no task')

const twins = (count: number) => Array.from({ length: count }, (_, i) => `loaf t${i}`).join(', ')

const TABLE: readonly (readonly [name: string, sql: string, becomes: RegExp])[] = [
  [
    'an endless recursive WITH',
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n',
    /aborted after 1001 iterations/,
  ],
  [
    'an endless recursive WITH of different rows',
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION SELECT x + 1 FROM n) SELECT count(*) FROM n',
    /step limit/,
  ],
  [
    'an endless recursive WITH that keeps its rows',
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT * FROM n',
    /aborted after 1001 iterations/,
  ],
  [
    'an endless recursive WITH that doubles a text',
    "WITH RECURSIVE n AS (SELECT 'xxxxxxxx' AS x UNION ALL SELECT CONCAT(x, x) FROM n) SELECT LENGTH(x) FROM n",
    /max_allowed_packet|step limit|memory|\.\.\.|limit/,
  ],
  ['a cross join of 4^14 rows', `SELECT count(*) FROM ${twins(14)}`, /step limit/],
  [
    'a cross join of 4^14 rows, sorted',
    `SELECT t0.code FROM ${twins(14)} ORDER BY t1.price, t2.price`,
    /step limit|memory/,
  ],
  ['a result of 65,536 rows', `SELECT t0.code FROM ${twins(8)}`, /more than 20000 rows/],
  ['GROUP_CONCAT over a cross join', `SELECT GROUP_CONCAT(t0.code) FROM ${twins(14)}`, /step limit|max_allowed_packet/],
  ['REPEAT of a gigabyte', "SELECT REPEAT('a', 1000000000)", /\[\(None,\)\]/],
  ['REPEAT in REPEAT', "SELECT REPEAT(REPEAT('a', 99999), 99999)", /\[\(None,\)\]/],
  ['LPAD to a gigabyte', "SELECT LPAD('a', 1000000000, 'b')", /\[\(None,\)\]/],
  [
    'REPLACE that grows',
    `SELECT LENGTH(REPLACE(REPLACE(REPEAT('a', 90000), 'a', REPEAT('b', 90000)), 'b', REPEAT('c', 90000)))`,
    /max_allowed_packet|too big/,
  ],
  ['zeroblob', 'SELECT zeroblob(1000000000)', /FUNCTION bakery.zeroblob does not exist/],
  ['randomblob', 'SELECT LENGTH(randomblob(1000000000))', /FUNCTION bakery.randomblob does not exist/],
  ['printf with a width', "SELECT printf('%1000000000d', 1)", /FUNCTION bakery.printf does not exist/],
  ['load_extension', "SELECT load_extension('/tmp/x.so')", /FUNCTION bakery.load_extension does not exist/],
  ['a function of the runtime', 'SELECT my_fail(1242)', /FUNCTION bakery.my_fail does not exist/],
  ['SLEEP', 'SELECT SLEEP(100000)', /FUNCTION bakery.SLEEP does not exist/],
  ['BENCHMARK', 'SELECT BENCHMARK(1000000000, 1)', /FUNCTION bakery.BENCHMARK does not exist/],
  ['LOAD_FILE', "SELECT LOAD_FILE('/etc/passwd')", /FUNCTION bakery.LOAD_FILE does not exist/],
  ['INTO OUTFILE', "SELECT 1 INTO OUTFILE '/tmp/x'", /not run here/],
  ['ATTACH', "ATTACH DATABASE '/tmp/x.db' AS x", /error in your SQL syntax/],
  ['DETACH', 'DETACH DATABASE main', /error in your SQL syntax/],
  ['PRAGMA', 'PRAGMA writable_schema = ON', /error in your SQL syntax/],
  ['a table-valued pragma', "SELECT * FROM pragma_table_info('x')", /error in your SQL syntax|doesn't exist/],
  ['VACUUM INTO', "VACUUM INTO '/tmp/x.db'", /error in your SQL syntax/],
  ["SQLite's own schema", 'SELECT * FROM sqlite_schema', /Table 'bakery.sqlite_schema' doesn't exist/],
  ['a closing quote in a name', 'SELECT * FROM `x"; DROP TABLE "bakery.baker`', /doesn't exist/],
  ['a second statement', 'SELECT 1; DROP TABLE baker', /multi=True/],
  ['deep parentheses', `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`, /over the limit|nested/],
  ['deep parentheses, short', `SELECT ${'('.repeat(900)}1${')'.repeat(900)}`, /nested/],
  ['deep NOT', `SELECT ${'NOT '.repeat(2000)}1`, /nested/],
  ['deep minus', `SELECT ${'- '.repeat(4000)}1`, /nested/],
  ['deep subqueries', `SELECT ${'(SELECT '.repeat(900)}1${')'.repeat(900)}`, /nested/],
  [
    'a long chain of OR',
    `SELECT 1 WHERE ${Array.from({ length: 900 }, (_, i) => `1=${i}`).join(' OR ')}`,
    /too complex/,
  ],
  ['a long UNION', Array.from({ length: 300 }, () => 'SELECT 1').join(' UNION ALL '), /^\[\(1,\), \(1,\)/],
  [
    'WITH tables that double each other',
    `WITH ${Array.from({ length: 30 }, (_, i) => `w${i + 1} AS (SELECT a.c FROM w${i} a, w${i} b)`)
      .join(', ')
      .replace('w0 a, w0 b', '(SELECT code AS c FROM loaf) a, (SELECT 1) b')} SELECT count(*) FROM w30`,
    /step limit|too complex|memory/,
  ],
  ['a statement of a megabyte', `SELECT '${'x'.repeat(1_000_000)}'`, /longer than 10000 characters/],
  ['a pattern that backtracks', "SELECT REPEAT('a', 5000) REGEXP '(a+)+$b'", /\[\(0,\)\]/],
  ['alternatives that backtrack', "SELECT REPEAT('a', 90) REGEXP '(a|aa?)+b'", /\[\(0,\)\]/],
  ['stars in a row', "SELECT REPEAT('a', 9000) REGEXP 'a*a*a*a*a*a*a*b'", /\[\(0,\)\]/],
  ['a replacement that backtracks', "SELECT REGEXP_REPLACE(REPEAT('a', 80), '((a+))+b', 'x')", /\[\('a{80}',\)\]/],
  [
    'an expression of thousands of places',
    "SELECT REPEAT('a', 90000) REGEXP '(a?){900}(a?){900}b'",
    /step limit|\[\(0,\)\]/,
  ],
  ['a LIKE of two long texts', "SELECT REPEAT('a', 90000) LIKE CONCAT('%', REPEAT('a', 45000), 'b%')", /\[\(0,\)\]/],
  [
    'blanks without an end',
    "SELECT CONCAT(REPEAT(' ', 99990), 'é') = CONCAT(REPEAT(' ', 99990), 'ê')",
    /\[\(0,\)\]|\[\(1,\)\]/,
  ],
  [
    'a LIKE that never comes to its second mark',
    "SELECT 'a' LIKE CONCAT('%', REPEAT('_%', 20000), REPEAT('_', 50000), 'b')",
    /\[\(0,\)\]|step limit/,
  ],
  ['the same with any letter', "SELECT REPEAT('a', 90000) LIKE CONCAT('%', REPEAT('_', 45000), 'b%')", /step limit/],
  [
    'one long text looked for in another',
    "SELECT INSTR(REPEAT('a', 90000), CONCAT('b', REPEAT('a', 45000)))",
    /step limit|\[\(0,\)\]/,
  ],
  [
    'long texts, many times',
    `SELECT SUM(LENGTH(REVERSE(REPEAT('a', 99990 - t0.grams % 9)))) FROM ${twins(9)}`,
    /step limit/,
  ],
  [
    'long texts, sorted',
    `SELECT REPEAT('a', 99000 + t0.grams % 9) AS s FROM ${twins(9)} ORDER BY s`,
    /step limit|memory/,
  ],
  [
    'long texts, grouped',
    `SELECT REPEAT(t0.code, 9000) AS s, COUNT(*) FROM ${twins(9)} GROUP BY s`,
    /step limit|memory/,
  ],
  [
    'long texts, told apart',
    `SELECT COUNT(DISTINCT REPEAT(t0.code, 9000), REPEAT(t1.code, 9000)) FROM ${twins(9)}`,
    /step limit|memory/,
  ],
  [
    'many rows, sorted',
    `SELECT t0.code FROM ${twins(11)} ORDER BY t10.sold_at, t9.price, t8.best`,
    /step limit|memory/,
  ],
  ['bits of a number that is too large', 'SELECT BIT_XOR(1e300)', /\[\(\d+,\)\]/],
  ['a LIKE that backtracks', "SELECT REPEAT('a', 5000) LIKE '%a%a%a%a%a%a%a%a%a%a%a%b'", /\[\(0,\)\]/],
  [
    'nested LIKE over a cross join',
    `SELECT count(*) FROM ${twins(12)} WHERE CONCAT(t0.code, t1.code, t2.code) LIKE '%r%s%b%o%'`,
    /step limit/,
  ],
  ['a number of 400 digits', `SELECT ${'9'.repeat(400)}`, /Decimal|Illegal|too complex|cannot be run/],
  ['FORMAT of 100,000 digits', "SELECT LENGTH(FORMAT(REPEAT('9', 99999), 2))", /\[\(89,\)\]/],
  ['a decimal of 100,000 digits', "SELECT CAST(REPEAT('9', 99999) AS DECIMAL(5,2))", /999\.99/],
  ['HEX of HEX of HEX', "SELECT HEX(HEX(HEX(HEX(REPEAT('a', 99999)))))", /max_allowed_packet|too big/],
  ['EXPORT_SET of long words', "SELECT LENGTH(EXPORT_SET(5, REPEAT('a', 99999), 'b', '', 64))", /\[\(200060,\)\]/],
  [
    'a product that grows',
    `SELECT ${Array.from({ length: 40 }, () => '9.99999999999999999999').join(' * ')}`,
    /Decimal/,
  ],
  ['an exponent out of range', 'SELECT 1e999', /Illegal double/],
  ['a NUL in a text', "SELECT 'a\u0000b'", /\[\('a/],
  ['an open string', "SELECT 'abc", /error in your SQL syntax/],
  ['an open comment', 'SELECT 1 /* abc', /\[\(1,\)\]/],
  ['GRANT', "GRANT ALL ON *.* TO 'x'@'%'", /not run here/],
  ['CREATE TRIGGER', 'CREATE TRIGGER t AFTER INSERT ON baker FOR EACH ROW DELETE FROM loaf', /not run here/],
  ['DROP DATABASE', 'DROP DATABASE bakery', /not run here/],
  ['writing to information_schema', 'DELETE FROM information_schema.tables', /Access denied/],
  ['INSERT of a cross join', `INSERT INTO void SELECT 1, t0.code FROM ${twins(14)}`, /step limit|is full|memory/],
  [
    'an INSERT of big texts',
    `INSERT INTO void SELECT 1, REPEAT('x', 60000) FROM ${twins(6)}`,
    /is full|step limit|memory/,
  ],
]

test.each(TABLE)('%s becomes an observation', (_name, sql, becomes) => {
  const start = world.reset(task)
  const { state, done } = world.step(start, `\`\`\`sql\n${sql}\n\`\`\``)
  expect(done).toBe(false)
  const text = state.answer.kind === 'error' ? `Error executing query: ${state.answer.message}` : world.observe(state)
  expect(text).toMatch(becomes)
  const next = world.step(world.reset(task), 'SELECT count(*) FROM baker')
  expect(world.observe(next.state)).toBe('[(3,)]')
})

test('an episode cannot write without end', () => {
  const many = smallWorld({ stepLimit: 1000 })
  const first = many.tasks('train')[0]
  if (first === undefined) throw new Error('no task')
  let state = many.reset(first)
  for (let i = 0; i < 60; i++) state = many.step(state, `INSERT INTO void VALUES (${i}, 'x')`).state
  expect(many.observe(state)).toMatch(/may write 50 times/)
  expect(many.observe(many.step(state, 'SELECT count(*) FROM void').state)).toBe('[(50,)]')
  many.close()
})
