import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createInterCodeSql } from '../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../src/environments/intercode-sql/official-files.ts'
import { SQL_REWARDS } from '../../../src/environments/intercode-sql/reward.ts'
import { loadSqlData } from '../../../src/environments/intercode-sql/sql-data.ts'
import { startSqlEngine } from '../../../src/mysql/index.ts'
import { HARDNESS_LEVELS, hardnessOf, normalised } from '../../../src/scripts/make/databases/hardness.ts'
import { SPLITS, type Task } from '../../../src/scripts/make/databases/tasks.ts'
import { DATABASES_SEED, makeDatabases } from '../../../src/scripts/make/databases.ts'

const folder = new URL('../../../public/data/intercode-sql/', import.meta.url)
const shipped = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const tasks = JSON.parse(shipped('tasks.json')) as Task[] // the script that wrote it is checked below
const dump = shipped('databases.sql')

/** Table and column names of every database, read from the dump. */
function schemasOf(sql: string): Record<string, Record<string, string[]>> {
  const schemas: Record<string, Record<string, string[]>> = {}
  let tables: Record<string, string[]> = {}
  let columns: string[] = []
  for (const line of sql.split('\n')) {
    const [, use, create, column] = /^USE `(\w+)`|^CREATE TABLE `(\w+)`|^ {2}`(\w+)`/.exec(line) ?? []
    if (use !== undefined) schemas[use] = tables = {}
    if (create !== undefined) tables[create] = columns = []
    if (column !== undefined) columns.push(column)
  }
  return schemas
}

describe('the shipped databases', () => {
  test('are what the script makes, to the byte', () => {
    const made = makeDatabases(DATABASES_SEED)
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(Object.keys(made)))
    for (const [name, content] of Object.entries(made)) expect(shipped(name) === content, name).toBe(true)
  })

  test('take less than 700 kB', () => {
    const names = readdirSync(folder).filter((name) => name !== 'demonstrations.jsonl') // fetched by whoever trains
    const sizes = names.map((name) => Buffer.byteLength(shipped(name)))
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(700_000)
  })

  test('are at least ten, of three to seven tables each', () => {
    const schemas = schemasOf(dump)
    expect(Object.keys(schemas).length).toBeGreaterThanOrEqual(10)
    for (const tables of Object.values(schemas)) {
      expect(Object.keys(tables).length).toBeGreaterThanOrEqual(3)
      expect(Object.keys(tables).length).toBeLessThanOrEqual(7)
    }
  })
})

describe('the shipped questions', () => {
  test('name the tables and columns of their database as the dump has them', () => {
    const schemas = schemasOf(dump)
    for (const task of tasks) expect(task.db_tables).toEqual(schemas[task.db])
  })

  test('are at least 400, no two alike, with every slot filled', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(400)
    expect(new Set(tasks.map((task) => `${task.db}: ${task.query}`)).size).toBe(tasks.length)
    expect(tasks.filter((task) => /[{}]/.test(task.query + task.gold))).toEqual([])
  })

  test('lie on every level of hardness with at least 15 %', () => {
    for (const level of HARDNESS_LEVELS) {
      const share = tasks.filter((task) => task.hardness === level).length / tasks.length
      expect(share, level).toBeGreaterThanOrEqual(0.15)
    }
  })

  test('are split about 60, 20 and 20 in a hundred, on every level', () => {
    for (const level of HARDNESS_LEVELS) {
      const all = tasks.filter((task) => task.hardness === level)
      const [train = 0, dev = 0, test = 0] = SPLITS.map(
        (split) => all.filter((task) => task.split === split).length / all.length,
      )
      expect(Math.abs(train - 0.6), level).toBeLessThan(0.03)
      expect(Math.abs(dev - 0.2), level).toBeLessThan(0.03)
      expect(Math.abs(test - 0.2), level).toBeLessThan(0.03)
    }
  })

  test('ask every database in every split', () => {
    for (const db of Object.keys(schemasOf(dump)))
      for (const split of SPLITS)
        expect(tasks.filter((task) => task.db === db && task.split === split).length).toBeGreaterThan(4)
  })

  test('share no gold query between two splits, not even with another value in it', () => {
    const splits = new Map<string, Set<string>>()
    for (const { db, gold, split } of tasks) {
      const group = `${db}: ${normalised(gold, true)}`
      splits.set(group, (splits.get(group) ?? new Set()).add(split))
    }
    expect([...splits].filter(([, found]) => found.size > 1)).toEqual([])
  })
})

describe('in the environment, the shipped gold queries', async () => {
  const engine = await startSqlEngine()
  const files = readSqlFiles(['databases.sql', 'tasks.json'].map((name) => ({ name, content: shipped(name) })))
  if (!files.ok) throw new Error(files.failure.message)
  const loaded = loadSqlData(engine, files.value)
  if (!loaded.ok) throw new Error(loaded.failure.message)
  const { value: data } = loaded

  test('are read with their splits and levels, in the order of the file', () => {
    expect(data.tasks.map(({ split, hardness, gold }) => ({ split, hardness, gold }))).toEqual(
      tasks.map(({ split, hardness, gold }) => ({ split, hardness, gold })),
    )
  })

  test.each(SQL_REWARDS)('return rows, and score 1 against themselves by the reward %s', (reward) => {
    const environment = createInterCodeSql(engine, data, { reward })
    const poor: string[] = []
    for (const { id, database, gold } of data.tasks) {
      const rows = environment.grading.gold(id)?.tuples ?? []
      const known = environment.task(id)
      if (known === undefined) throw new Error(`no task ${id}`)
      const asked = environment.step(environment.reset(known), `Action: \n\`\`\`sql\n${gold}\n\`\`\``)
      const submitted = environment.step(asked.state, 'Action: submit')
      if (rows.length === 0 || !submitted.done || submitted.reward !== 1)
        poor.push(`${database}, ${rows.length} rows, reward ${submitted.reward}: ${gold}`)
    }
    environment.close()
    expect(poor).toEqual([])
  })
})

describe("Spider's hardness", () => {
  // by its definition: the parts WHERE, GROUP BY, ORDER BY, LIMIT, JOIN, OR, LIKE; nested queries; then aggregates,
  // columns, conditions and group columns beyond the first
  test.each([
    ['easy', 'SELECT name FROM hut'],
    ['easy', 'SELECT max(beds) FROM hut WHERE valley = "a and b or c"'],
    ['easy', 'SELECT name FROM hut WHERE beds BETWEEN 3 AND 9'],
    ['medium', 'SELECT name, beds FROM hut'],
    ['medium', 'SELECT name FROM hut WHERE beds > 3 AND price < 9'],
    ['medium', "SELECT name FROM hut WHERE name LIKE '%x%'"],
    ['medium', 'SELECT name FROM hut ORDER BY beds LIMIT 1'],
    ['medium', 'SELECT min(beds), max(beds) FROM hut'],
    ['hard', 'SELECT T1.name FROM hut AS T1 JOIN booking AS T2 ON T1.id = T2.id WHERE T2.nights > 2 ORDER BY T1.name'],
    ['hard', 'SELECT name FROM hut WHERE id NOT IN (SELECT id FROM booking WHERE nights > 1 AND guests > 1)'],
    ['hard', 'SELECT name FROM hut UNION SELECT name FROM warden'],
    ['extra', 'SELECT name, beds FROM hut WHERE beds > (SELECT avg(beds) FROM hut)'],
    ['extra', 'SELECT T1.name FROM hut AS T1 JOIN b AS T2 ON T1.id = T2.id GROUP BY T1.name ORDER BY count(*) LIMIT 1'],
  ])('%s: %s', (level, sql) => {
    expect(hardnessOf(sql)).toBe(level)
  })
})
