import { expect, test } from 'vitest'
import { createOutcomeMemory, type Outcome } from '../../src/mysql/session/outcome-memory.ts'
import type { ResultSet } from '../../src/mysql/values/result-set.ts'

const PLACE = { database: 'd', writes: [] }

/** A memory that says what it had to run. */
function watched(limits?: { readonly outcomes: number; readonly values: number }) {
  const memory = createOutcomeMemory(limits)
  const ran: string[] = []
  const ask = (sql: string, values: number, value: number | string = 1): Outcome =>
    memory.remembered(PLACE, sql, () => {
      ran.push(sql)
      if (values < 0) return { kind: 'none', place: { database: sql, writes: [] } }
      return {
        kind: 'rows',
        result: { columns: [{}], rows: Array.from({ length: values }, () => [value]) } as unknown as ResultSet,
      }
    })
  return { ask, ran }
}

test('what was asked is not run again, unless it leads somewhere', () => {
  const { ask, ran } = watched()
  expect(ask('a', 3)).toBe(ask('a', 3))
  ask('use', -1)
  ask('use', -1)
  expect(ran).toEqual(['a', 'use', 'use'])
})

test('the oldest go when there are too many outcomes, or too many values in them', () => {
  const few = watched({ outcomes: 2, values: 1000 })
  for (const sql of ['a', 'b', 'c', 'b', 'a']) few.ask(sql, 1)
  expect(few.ran).toEqual(['a', 'b', 'c', 'a'])
  const small = watched({ outcomes: 100, values: 10 })
  for (const sql of ['a', 'b', 'c', 'b', 'c', 'a']) small.ask(sql, 4)
  expect(small.ran).toEqual(['a', 'b', 'c', 'a'])
  // What leads somewhere has no values; to note it again and again takes no room.
  for (let i = 0; i < 20; i++) small.ask('use', -1)
  small.ask('c', 4)
  expect(small.ran.at(-1)).toBe('use')
})

test('long texts take the room of many values', () => {
  const small = watched({ outcomes: 100, values: 1000 })
  const long = 'x'.repeat(30_000)
  for (const sql of ['a', 'b', 'c', 'c', 'b', 'a']) small.ask(sql, 1, long)
  expect(small.ran).toEqual(['a', 'b', 'c', 'a'])
})
