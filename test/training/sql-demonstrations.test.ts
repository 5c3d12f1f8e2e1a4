import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { createSqlActions } from '../../src/policies/linear/intercode-sql/sql-actions.ts'
import { demonstrateSql, NO_SQL_SLIPS, tablesIn } from '../../src/training/sql-demonstrations.ts'
import { createSmallSql } from '../policies/small-sql.ts'

const sql = await createSmallSql()
const space = createSqlActions(sql.observe)
const tasks = [...sql.tasks('train'), ...sql.tasks('dev')]
const needed = (id: string) => tablesIn(sql.grading.goldQuery(id) ?? '', ['author', 'book', 'loan'])

test('a careful expert answers every question of the small library', () => {
  for (const task of tasks) {
    const shown = demonstrateSql(sql, space, task, needed(task.id), stream(1), { slips: NO_SQL_SLIPS })
    expect(shown?.reward, task.instruction).toBe(1)
    expect(shown?.actions[0]).toBe('SHOW TABLES')
    expect(shown?.actions.at(-1)).toBe('submit')
  }
})

test('what is shown is what the policy can do, and pays', () => {
  for (const task of tasks)
    for (let i = 0; i < 10; i++) {
      const shown = demonstrateSql(sql, space, task, needed(task.id), stream(2).child(task.id, i))
      if (shown === undefined) continue
      expect(shown.reward).toBeGreaterThanOrEqual(0.5)
      expect(shown.actions.length).toBeLessThanOrEqual(10)
      for (const { rows, count, chosen } of shown.decisions) {
        expect(rows.length).toBe(count * space.features.length)
        expect(chosen).toBeGreaterThanOrEqual(0)
        expect(chosen).toBeLessThan(count)
      }
    }
})

test('the same stream gives the same demonstration', () => {
  const [task] = tasks
  if (task === undefined) throw new Error('no task')
  const once = () => demonstrateSql(sql, space, task, needed(task.id), stream(3).child('again'))
  expect(once()).toEqual(once())
})

test('tables in a query are words of it, outside of texts', () => {
  expect([...tablesIn("SELECT a FROM Book AS T1 WHERE x = 'author'", ['author', 'book', 'boo'])]).toEqual(['book'])
})
