import { describe, expect, test } from 'vitest'
import { pythonList, pythonRows } from '../../src/environments/intercode-sql/python-text.ts'
import { openSession, readDump } from '../../src/mysql/index.ts'
import { engine } from '../environments/intercode-sql/shop.ts'

const stalls = Array.from({ length: 24 }, (_, i) => `(${i + 1},'${i % 3 === 0 ? 'north' : 'south'}',${(i * 7) % 24})`)
const dump = `CREATE DATABASE market; USE market;
CREATE TABLE stall (id int NOT NULL AUTO_INCREMENT, side varchar(9), fee int, PRIMARY KEY (id));
INSERT INTO stall VALUES ${stalls.join(',')};
CREATE TABLE holder (id int NOT NULL, name text, PRIMARY KEY (id));
INSERT INTO holder VALUES ${Array.from({ length: 30 }, (_, i) => `(${i + 1},'h${i + 1}')`).join(',')};
CREATE TABLE pot (code int NOT NULL AUTO_INCREMENT, weight float(5,2), height double(8,3), plain float, glaze varchar(20), born date, tall decimal(6,2), PRIMARY KEY (code));
INSERT INTO pot VALUES (4,1.5,2.25,0.1,'blue','2020-02-29',10.00),(9,20.25,1,3,'Red ','2021-12-31',7.50),(7,NULL,NULL,NULL,NULL,NULL,NULL);
`
const databases = readDump('market.sql', dump)
if (!databases.ok) throw new Error(databases.failure.message)
const session = openSession(engine, databases.value)
function answer(sql: string): string {
  const outcome = session.run({ database: 'market', writes: [] }, sql)
  return outcome.kind === 'rows'
    ? pythonList(pythonRows(outcome.result).tuples)
    : outcome.kind === 'none'
      ? 'None'
      : outcome.message
}

describe('what information_schema says', () => {
  test('FLOAT(M,D) and DOUBLE(M,D) have the precision M', () => {
    expect(
      answer(
        "SELECT column_name, numeric_precision, numeric_scale FROM information_schema.columns WHERE table_name = 'pot' AND data_type IN ('float', 'double', 'decimal')",
      ),
    ).toBe("[('height', 8, 3), ('plain', 12, None), ('tall', 6, 2), ('weight', 5, 2)]")
  })
  test('AUTO_INCREMENT follows the largest value', () => {
    expect(answer("SELECT auto_increment FROM information_schema.tables WHERE table_name = 'pot'")).toBe('[(10,)]')
  })
})

test('SHOW INDEX has 15 columns and counts different values', () => {
  expect(answer('SHOW INDEX FROM stall')).toBe(
    "[('stall', 0, 'PRIMARY', 1, 'id', 'A', 24, None, None, '', 'BTREE', '', '', 'YES', None)]",
  )
})

describe('the order of rows', () => {
  test('INTERSECT and EXCEPT keep the order of their left side', () => {
    const left = 'SELECT side FROM stall WHERE id IN (2, 3, 4)'
    expect(answer(`${left} INTERSECT SELECT side FROM stall`)).toBe("[('south',), ('north',)]")
    expect(answer(`${left} EXCEPT SELECT 'none'`)).toBe("[('south',), ('north',)]")
    expect(answer(`${left} EXCEPT SELECT 'SOUTH '`)).toBe("[('north',)]")
    expect(answer('SELECT NULL INTERSECT SELECT NULL')).toBe('[(None,)]')
    expect(answer('SELECT NULL EXCEPT SELECT NULL')).toBe('[]')
  })
  test('the first table of a join is sorted before the others are joined, and LIMIT does not bound that', () => {
    const alone = answer('SELECT id FROM stall ORDER BY side')
    const joined = 'SELECT s.id FROM stall s JOIN holder h ON h.id = s.id ORDER BY s.side'
    expect(answer(joined)).toBe(alone)
    expect(answer(`${joined} LIMIT 3`)).toBe(`${alone.split(', (').slice(0, 3).join(', (')}]`)
    expect(answer(`${joined} LIMIT 2, 2`)).toBe(`[(${alone.split(', (').slice(2, 4).join(', (')}]`)
  })
})

describe('collation', () => {
  test('blanks at the end do not tell literals apart in UNION, and the sharp s is an s', () => {
    expect(answer("SELECT 'a' UNION SELECT 'a ' UNION SELECT 'A'")).toBe("[('a',)]")
    expect(answer("SELECT '\u00df' = 's', 'stra\u00dfe' LIKE 'STRASE'")).toBe('[(1, 1)]')
  })
})

describe('functions of the manual', () => {
  const answers: readonly (readonly [sql: string, answer: string])[] = [
    ["SELECT INSERT('Quadratic', 3, 4, 'What'), INSERT('Quadratic', -1, 4, 'What')", "[('QuWhattic', 'Quadratic')]"],
    ["SELECT INSERT('Quadratic', 3, 100, 'What')", "[('QuWhat',)]"],
    ['SELECT BIN(12), OCT(12), BIN(-1) = repeat(1, 64)', "[('1100', '14', 1)]"],
    ['SELECT BIN(1e308 * 10)', "DOUBLE value is out of range in '(1e308 * 10)'"],
    ['SELECT SIN(0), COS(0), DEGREES(PI()), ATAN2(0, 1)', '[(0.0, 1.0, 180.0, 0.0)]'],
    ["SELECT TIME_TO_SEC('22:23:00'), SEC_TO_TIME(2378)", '[(80580, datetime.timedelta(seconds=2378))]'],
    [
      'SELECT MAKEDATE(2011, 31), MAKEDATE(2011, 32), MAKEDATE(2011, 0)',
      '[(datetime.date(2011, 1, 31), datetime.date(2011, 2, 1), None)]',
    ],
    [
      'SELECT IFNULL(NULL, 2.50), COALESCE(NULL, 1, 2.5), CASE WHEN 1 THEN 1 ELSE 2.5 END',
      "[(Decimal('2.50'), Decimal('1.0'), Decimal('1.0'))]",
    ],
    ['SELECT 1 UNION SELECT 2.5', "[(Decimal('1.0'),), (Decimal('2.5'),)]"],
    [
      'SELECT round(avg(fee)), round(avg(fee), 1), avg(fee) + 0.0 FROM stall',
      "[(Decimal('12'), Decimal('11.5'), Decimal('11.5000'))]",
    ],
    ['SELECT * FROM holder RIGHT JOIN stall USING (id) LIMIT 1', "[(1, 'north', 0, 'h1')]"],
  ]
  test.each(answers)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})
