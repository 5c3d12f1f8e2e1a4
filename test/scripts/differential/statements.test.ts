import { describe, expect, test } from 'vitest'
import { readDump } from '../../../src/mysql/index.ts'
import { compared } from '../../../src/scripts/differential/comparison.ts'
import { statements } from '../../../src/scripts/differential/statements/statements.ts'

const dump = readDump(
  'yard.sql',
  `CREATE TABLE shed (id int NOT NULL, label varchar(9), PRIMARY KEY (id)); INSERT INTO shed VALUES (1,'a'),(2,NULL);
   CREATE TABLE tool (id int, shed_id int, born date, FOREIGN KEY (shed_id) REFERENCES shed (id)); INSERT INTO tool VALUES (1,1,'2020-02-29');`,
)
if (!dump.ok) throw new Error(dump.failure.message)

test('the same seed makes the same statements, all different and each on a line of its own', () => {
  const made = statements(dump.value, 300, 7)
  expect(statements(dump.value, 300, 7)).toEqual(made)
  expect(statements(dump.value, 300, 8)).not.toEqual(made)
  expect(new Set(made.map(({ sql }) => sql)).size).toBe(300)
  expect(made.filter(({ sql }) => sql.includes('\n'))).toEqual([])
  expect(made.filter(({ form }) => form === 'mistake').length).toBeGreaterThan(20)
})

describe('a verdict', () => {
  const statement = { sql: 'SELECT 1', database: 'yard', form: 'select', ordered: false }
  const text = { name: 'a', type: { kind: 'text' } } as const
  const ours = (...cells: readonly string[]) =>
    ({ kind: 'rows', result: { columns: [text], rows: cells.map((cell) => [cell]) } }) as const
  const theirs = (...cells: readonly string[]) => ({ kind: 'rows', rows: cells.map((cell) => [cell]) }) as const
  const error = { kind: 'error', message: 'no', code: 1064 } as const
  test('looks at errors, rows, and order where ORDER BY says it all', () => {
    expect(compared(statement, ours('x', 'y'), theirs('y', 'x'))).toBe('same')
    expect(compared({ ...statement, ordered: true }, ours('x', 'y'), theirs('y', 'x'))).toBe('order differs')
    expect(compared(statement, ours('x'), theirs('x', 'x'))).toBe('rows differ')
    expect(compared(statement, error, theirs())).toBe('only ours is an error')
    expect(compared(statement, ours(), error)).toBe('only theirs is an error')
    expect(compared(statement, error, error)).toBe('same')
  })
})
