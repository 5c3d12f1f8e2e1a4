import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { createInterCodeSql } from '../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../src/environments/intercode-sql/sql-data.ts'
import { startSqlEngine } from '../../src/mysql/index.ts'
import { createSqlActions } from '../../src/policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { parseWeights } from '../../src/policies/linear/weights.ts'
import { evaluate } from '../../src/training/evaluation.ts'

const folder = new URL('../../public/data/intercode-sql/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

test('the shipped SQL policy belongs to the shipped databases, and leaves something to learn', async () => {
  const engine = await startSqlEngine()
  const files = readSqlFiles(['tasks.json', 'databases.sql'].map((name) => ({ name, content: read(name) })))
  const data = files.ok ? loadSqlData(engine, files.value) : files
  if (!data.ok) throw new Error(data.failure.message)
  const sql = createInterCodeSql(engine, data.value)
  const space = createSqlActions(sql.observe)
  const policy = parseWeights(JSON.parse(read('policy.json')), space.features)
  if (!policy.ok) throw new Error(policy.failure.message)
  const { weights, trained } = policy.value
  expect(trained.data, 'run npx tsx src/scripts/make/sql-policy.ts').toBe(sql.data.fingerprint)

  // Its id is not among core's settings yet; the actor does not read it.
  const actor = createLinearActor(sql, space, weights)
  const random = stream(Number(trained.seed)).child('make-sql-policy', 'dev')
  const settings = { stepLimit: 10, episodesPerTask: 10, temperature: 1 }
  const { mean, steps } = await evaluate(actor, sql.tasks('dev'), random, settings)
  expect(mean, 'run npx tsx src/scripts/make/sql-policy.ts').toBeCloseTo(Number(trained.devReward), 3)
  expect(mean).toBeGreaterThan(0.4)
  expect(mean).toBeLessThan(0.6)
  expect(Number(trained.devCeiling)).toBeGreaterThan(mean + 0.2)
  expect(steps).toBeGreaterThan(4)
  expect(steps).toBeLessThan(7)
  sql.close()
})
