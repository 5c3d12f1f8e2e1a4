/** Functions over values (manual, Functions and Operators; its examples in other words). */
import { describe, expect, test } from 'vitest'
import { answersOf } from './answers.ts'

const answer = answersOf(
  'shed',
  `CREATE TABLE tool (id int NOT NULL, label varchar(20), price decimal(6,2), made date, PRIMARY KEY (id));
INSERT INTO tool VALUES (1,'saw',10.25,'2018-03-10'),(2,'axe, big',0.10,'2020-02-29'),(3,'saw',NULL,NULL);`,
)

/** What expressions give, as text. */
const TEXTS: Readonly<Record<string, readonly (readonly [expressions: string, texts: string])[]>> = {
  digests: [
    ["MD5('testing'); MD5('')", 'ae2b1fca515949e5d54fb22b8ed95575 d41d8cd98f00b204e9800998ecf8427e'],
    ["SHA1('abc'); SHA('abc') = SHA1('abc')", 'a9993e364706816aba3e25717850c26c9cd0d89d 1'],
    ["SHA2('abc', 224); SHA2('abc', 100)", '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7 NULL'],
    ["SHA2('abc', 0) = SHA2('abc', 256); LEFT(SHA2('abc', 384), 8); LEFT(SHA2('abc', 512), 8)", '1 cb00753f ddaf35a1'],
    ["CRC32('MySQL'); CRC32('mysql'); CRC32('')", '3259397556 2501908538 0'],
  ],
  codes: [
    [
      "HEX(255); HEX('abc'); HEX(-1); HEX(2.5); UNHEX('4D'); UNHEX('GG'); UNHEX('4D7953514C')",
      'FF 616263 FFFFFFFFFFFFFFFF 3 M NULL MySQL',
    ],
    [
      "CONV('a', 16, 2); CONV('6E', 18, 8); CONV(-17, 10, -18); CONV(255, 10, 16); CONV(1, 1, 10)",
      '1010 172 -H FF NULL',
    ],
    [
      "CHAR(77, 121, 83, 81, '76'); CHAR(65, NULL, 66); CHAR(77 USING utf8mb4); ORD('2'); ORD('é')",
      'MySQL AB M 50 50089',
    ],
    ["TO_BASE64('abc'); FROM_BASE64('YWJj'); FROM_BASE64('%%%')", 'YWJj abc NULL'],
    ["INET_ATON('10.0.5.9'); INET_NTOA(167773449); INET_ATON('x'); IS_IPV4('10.0.5.256')", '167773449 10.0.5.9 NULL 0'],
    [
      "EXPORT_SET(5, 'Y', 'N', ',', 4); MAKE_SET(1 | 4, 'hello', 'nice', 'world'); MAKE_SET(5, 'a', 'b', NULL)",
      'Y,N,Y,N hello,world a',
    ],
    [
      "FORMAT(12332.123456, 4); FORMAT(12332.2, 0); FORMAT(12332.2, 2, 'de_DE'); FORMAT(-1234567.895, 2)",
      '12,332.1235 12,332 12.332,20 -1,234,567.90',
    ],
    ["QUOTE('Don''t!'); QUOTE(NULL); BIT_COUNT(29); BIT_LENGTH('text')", "'Don\\'t!' NULL 4 32"],
  ],
  choices: [
    ['INTERVAL(23, 1, 15, 17, 30, 44, 200); INTERVAL(10, 1, 10, 100, 1000); INTERVAL(NULL, 1)', '3 2 -1'],
    ["GREATEST(34.0, 3, 5.0, 767.0); LEAST('B', 'A', 'C'); GREATEST(1, NULL)", '767.0 A NULL'],
    ["IFNULL(1/0, 'yes'); COALESCE(NULL, 1, 2.5); NULLIF(1, 1); IF(0, 1, 2.5)", 'yes 1.0 NULL 2.5'],
  ],
  'sounds and intervals': [
    ["SOUNDEX('treated'); SOUNDEX('é'); SOUNDEX('Quadratically'); CONV('', 16, 10)", 'T630 é000 Q36324 NULL'],
    ["2 + INTERVAL(10, 1, 10); '2018-03-10' + INTERVAL (1 + 1) DAY", '4 2018-03-12'],
  ],
  'counts in fractions': [
    ["INET_NTOA(2.5); MAKEDATE(2023, 2.5); MAKE_SET(1.5, 'a', 'b'); ROUND(1.25, 0.6)", '0.0.0.3 2023-01-03 b 1.3'],
    [
      "LEFT('abc', 1.5); SUBSTRING('abc', 2.5); REPEAT('a', 1.5); RIGHT('abc', '2x'); ELT(1.6, 'a', 'b')",
      'ab c aa bc b',
    ],
  ],
}

describe.each(Object.entries(TEXTS))('%s', (_name, table) => {
  test.each(table)('%s', (expressions, texts) => {
    const parts = expressions.split('; ').map((each) => `IFNULL(CONCAT(${each}), 'NULL')`)
    expect(answer(`SELECT CONCAT_WS(' ', ${parts.join(', ')}) = ${quoted(texts)}`)).toBe('[(1,)]')
  })
})

const quoted = (text: string): string => `'${text.replace(/['\\]/g, (c) => `\\${c}`)}' COLLATE utf8mb4_bin`

describe('rows and errors', () => {
  const table: readonly (readonly [sql: string, answer: string])[] = [
    ["SELECT GROUP_CONCAT(DISTINCT label ORDER BY label DESC SEPARATOR ' | ') FROM tool", "[('saw | axe, big',)]"],
    [
      'SELECT id, LEAD(price, 1, 0) OVER (ORDER BY id), NTH_VALUE(label, 2) OVER (ORDER BY id), CUME_DIST() OVER (ORDER BY id) FROM tool LIMIT 2',
      "[(1, Decimal('0.10'), None, 0.3333333333333333), (2, None, 'axe, big', 0.6666666666666666)]",
    ],
    ['SELECT id, STD(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM tool', '[(1, 0.0), (2, 0.5), (3, 0.5)]'],
    ['SELECT POW(10, 400)', "DOUBLE value is out of range in 'pow(10,400)'"],
    ['SELECT EXP(price * 1000) FROM tool', "DOUBLE value is out of range in 'exp((`shed`.`tool`.`price` * 1000))'"],
    ['SELECT COT(0)', "DOUBLE value is out of range in 'cot(0)'"],
    ["SELECT MD5('a', 'b')", "Incorrect parameter count in the call to native function 'MD5'"],
    ["SELECT MD6('a')", 'FUNCTION shed.MD6 does not exist'],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})
