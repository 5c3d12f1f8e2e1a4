/** Numbers as MySQL counts them (manual: Precision Math, Arithmetic Operators, Bit Functions and Operators). */
import { describe, expect, test } from 'vitest'
import { answersOf } from './answers.ts'

const answer = answersOf(
  'lab',
  `CREATE TABLE jar (id int NOT NULL, mass float, heat double, price decimal(8,2), code varchar(9), grains bigint, PRIMARY KEY (id));
INSERT INTO jar VALUES (1,5.3,2.5,10.25,'12x',9223372036854775807),(2,1.1,3.5,0.10,'abc',5),(3,NULL,NULL,NULL,NULL,NULL);`,
)

type Table = readonly (readonly [sql: string, answer: string])[]

describe('decimals are exact', () => {
  const table: Table = [
    ['SELECT 0.1 + 0.2 = 0.3, 0.1e0 + 0.2e0 = 0.3e0, 1 - 0.9 = 0.1', '[(1, 0, 1)]'],
    ['SELECT ROUND(3 * 1.005, 2), 1.10 + 1, 1.1 * 1.1', "[(Decimal('3.02'), Decimal('2.10'), Decimal('1.21'))]"],
    ['SELECT 99999999999999999999 + 1', "[(Decimal('100000000000000000000'),)]"],
    ['SELECT 99999999999999999999 * 99999999999999999999', "[(Decimal('9999999999999999999800000000000000000001'),)]"],
    ['SELECT 99999999999999999999 = 99999999999999999998, 1 < 99999999999999999999', '[(0, 1)]'],
    // A quotient has four more digits than what is divided, and nine or more on the way.
    [
      'SELECT 1 / 3, 1.0 / 3, 2 / 3, 1 / 3 * 3',
      "[(Decimal('0.3333'), Decimal('0.33333'), Decimal('0.6667'), Decimal('1.0000'))]",
    ],
    ['SELECT 100000000000000000000 / 3', "[(Decimal('33333333333333333333.3333'),)]"],
    [
      'SELECT 7 DIV 2, 0.3 DIV 0.1, -7 % 3, 5.5 % 2, MOD(34.5, 3), 7 / 0, 7 % 0',
      "[(3, 3, -1, Decimal('1.5'), Decimal('1.5'), None, None)]",
    ],
    [`SELECT ${'9'.repeat(65)} * 10`, `DECIMAL value is out of range in '(${'9'.repeat(65)} * 10)'`],
    [
      'SELECT SUM(price), AVG(price), SUM(grains), SUM(id) * 1.0 / COUNT(*) FROM jar',
      "[(Decimal('10.35'), Decimal('5.175000'), Decimal('9223372036854775812'), Decimal('2.00000'))]",
    ],
    [
      'SELECT SUM(x), AVG(x), SUM(DISTINCT x) FROM (SELECT 0.1 AS x UNION ALL SELECT 0.0000000001 UNION ALL SELECT 99999999999999.5 UNION ALL SELECT 0.1) d',
      "[(Decimal('99999999999999.7000000001'), Decimal('24999999999999.92500000002500'), Decimal('99999999999999.6000000001'))]",
    ],
    [
      'SELECT SUM(price) OVER (ORDER BY id ROWS CURRENT ROW) FROM jar LIMIT 2',
      "[(Decimal('10.25'),), (Decimal('0.10'),)]",
    ],
    ['SELECT id, SUM(price) OVER (ORDER BY id) FROM jar LIMIT 2', "[(1, Decimal('10.25')), (2, Decimal('10.35'))]"],
    ['SELECT 1 UNION SELECT 99999999999999999999 ORDER BY 1', "[(Decimal('1'),), (Decimal('99999999999999999999'),)]"],
    // A derived table that is stored has columns of their scale.
    [
      'SELECT n * 3, (SELECT n * 3 FROM (SELECT id / 3 AS n FROM jar WHERE id = 1) m) FROM (SELECT SUM(1) / 9 AS n FROM jar) d',
      "[(Decimal('0.9999'), Decimal('1.0000'))]",
    ],
    ['SELECT id FROM jar ORDER BY price * 1.00000000000000000001 DESC', '[(1,), (2,), (3,)]'],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})

test('Python writes a decimal below a millionth with an exponent', () => {
  expect(answer('SELECT 0.000000, 0.0000000, 0.0000012, 0.00000120, -0.00000012, 12.00000000')).toBe(
    "[(Decimal('0.000000'), Decimal('0E-7'), Decimal('0.0000012'), Decimal('0.00000120'), Decimal('-1.2E-7'), Decimal('12.00000000'))]",
  )
})

describe('rounding', () => {
  const table: Table = [
    // Decimals go away from zero, doubles to the even neighbour.
    ['SELECT ROUND(2.5), ROUND(-2.5), ROUND(25E-1), ROUND(-3.5E0)', "[(Decimal('3'), Decimal('-3'), 2.0, -4.0)]"],
    ['SELECT ROUND(1.298, 1), ROUND(23.298, -1), ROUND(150, -2)', "[(Decimal('1.3'), Decimal('20'), 200)]"],
    ['SELECT TRUNCATE(1.999, 1), TRUNCATE(-1.999, 1), TRUNCATE(122, -2)', "[(Decimal('1.9'), Decimal('-1.9'), 100)]"],
    [
      'SELECT FLOOR(-1.23), CEILING(1.23), FLOOR(-99999999999999999999.5)',
      "[(-2, 2, Decimal('-100000000000000000000'))]",
    ],
    [
      "SELECT CAST('12.567' AS DECIMAL(5,2)), CAST(1234.5 AS DECIMAL(3,1)), CAST(1 AS DECIMAL(66,0))",
      "Too-big precision 66 specified for ''. Maximum is 65.",
    ],
    [
      "SELECT CAST('12.567' AS DECIMAL(5,2)), CAST(1234.5 AS DECIMAL(3,1)), CAST('x' AS DECIMAL)",
      "[(Decimal('12.57'), Decimal('99.9'), Decimal('0'))]",
    ],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})

describe('integers have 64 bits', () => {
  const table: Table = [
    ['SELECT 9223372036854775807 + 1', "BIGINT value is out of range in '(9223372036854775807 + 1)'"],
    ['SELECT grains * 2 FROM jar', "BIGINT value is out of range in '(`lab`.`jar`.`grains` * 2)'"],
    ['SELECT 18446744073709551615 + 1', "BIGINT UNSIGNED value is out of range in '(18446744073709551615 + 1)'"],
    ['SELECT -9223372036854775808, 18446744073709551615', '[(-9223372036854775808, 18446744073709551615)]'],
    ['SELECT grains FROM jar WHERE grains > 5', '[(9223372036854775807,)]'],
    [
      'WITH RECURSIVE f AS (SELECT 1 AS n, 1 AS x UNION ALL SELECT n + 1, x * (n + 1) FROM f WHERE n < 25) SELECT x FROM f',
      "BIGINT value is out of range in '(`f`.`x` * (`f`.`n` + 1))'",
    ],
    [
      "SELECT CAST(-1 AS UNSIGNED), CAST('12abc' AS UNSIGNED), CAST(2.5 AS SIGNED), CAST(1e300 AS SIGNED)",
      '[(18446744073709551615, 12, 3, 9223372036854775807)]',
    ],
    [
      'SELECT 29 & 15, 29 | 15, 11 ^ 3, 1 << 2, 4 >> 2, ~0, 1 << 64, -1 & 255',
      '[(13, 31, 8, 4, 1, 18446744073709551615, 0, 255)]',
    ],
    ["SELECT '5' | 2, 2.5 | 0, 1e300 & 1, NULL & 1", '[(7, 3, 1, None)]'],
    ['SELECT BIT_XOR(1e300), BIT_OR(code), BIT_AND(id), BIT_XOR(id) FROM jar', '[(9223372036854775807, 12, 0, 0)]'],
    ['SELECT BIT_AND(id) FROM jar WHERE id > 9', '[(18446744073709551615,)]'],
    ['SELECT id, BIT_OR(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM jar', '[(1, 1), (2, 3), (3, 3)]'],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})

describe('doubles and floats', () => {
  const table: Table = [
    ['SELECT -mass, -heat FROM jar WHERE id < 3', '[(-5.3, -2.5), (-1.1, -3.5)]'],
    ['SELECT 1e308 * 10', "DOUBLE value is out of range in '(1e308 * 10)'"],
    [
      "SELECT CONCAT_WS(' ', 1e14, 1e15, 1e-5, 1e-15, 1.5e-16, 0.1e0 + 0.2e0, ROUND(25E-1, 2)), CONCAT(mass) FROM jar WHERE id = 1",
      "[('100000000000000 1e15 0.00001 0.000000000000001 1.5e-16 0.30000000000000004 2.50', '5.3')]",
    ],
    ["SELECT CAST(1.23456789 AS FLOAT), CAST('1.5e1x' AS DOUBLE), '5.5' * 2, 'x' + 1", '[(1.23457, 15.0, 11.0, 1.0)]'],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})

test('a float of so many digits is compared to within half of the last one', () => {
  const fixed = answersOf(
    'mill',
    'CREATE TABLE sack (share float(4,1), load_kg double(6,2)); INSERT INTO sack VALUES (5.3, 0.07), (9.5, 1.1);',
  )
  expect(fixed('SELECT share FROM sack WHERE share = 5.3')).toBe('[(5.3,)]')
  expect(fixed('SELECT -share FROM sack WHERE share >= 5.3 AND share < 9.5')).toBe('[(-5.3,)]')
  expect(fixed('SELECT load_kg FROM sack WHERE load_kg <> 1.1')).toBe('[(0.07,)]')
  expect(fixed('SELECT share FROM sack WHERE share = 5.3e0')).toBe('[]')
})
