/**
 * Trains the embedded policy of InterCode-SQL on the demonstrations of an expert whose attempts the gold queries judge,
 * and writes public/data/intercode-sql/policy.json. Deterministic: the same data and code give the same file.
 * Run: npx tsx src/scripts/make-sql-policy.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../core/failure.ts'
import { stream } from '../core/random.ts'
import { startSqlEngine } from '../environments/intercode-sql/engine.ts'
import { createInterCodeSql } from '../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../environments/intercode-sql/sql-data.ts'
import type { SqlTask } from '../environments/intercode-sql/types.ts'
import { createSqlActions } from '../policies/linear/intercode-sql/sql-actions.ts'
import { writeWeights } from '../policies/linear/weights.ts'
import { demonstrateSql, NO_SQL_SLIPS, tablesIn } from '../training/sql-demonstrations.ts'
import { fourDecimals, warmStart } from '../training/warm-start.ts'

const SEED = 2505
/** Demonstrations of each task. */
const ROUNDS = 4

const folder = process.env.SQL_DATA ?? fileURLToPath(new URL('../../public/data/intercode-sql/', import.meta.url))

const engine = await startSqlEngine()
const names = ['tasks.json', 'databases.sql']
const files = unwrap(readSqlFiles(names.map((name) => ({ name, content: readFileSync(`${folder}/${name}`, 'utf8') }))))
const sql = createInterCodeSql(engine, unwrap(loadSqlData(engine, files, 'RRO Lab databases')))
const space = createSqlActions(sql.observe)
const random = stream(SEED).child('make-sql-policy')

const needed = (task: SqlTask) =>
  tablesIn(
    sql.grading.goldQuery(task.id) ?? '',
    sql.schema(sql.reset(task)).map(({ name }) => name),
  )

const train = sql.tasks('train')
const shown = Array.from({ length: ROUNDS }, (_, round) =>
  train.map((task) => demonstrateSql(sql, space, task, needed(task), random.child('demonstration', task.id, round))),
)
  .flat()
  .filter((demonstration) => demonstration !== undefined)
const { weights, trained } = await warmStart(sql, space, shown, random)

const dev = sql.tasks('dev')
const ceiling =
  dev.reduce((sum, task) => {
    const careful = { slips: NO_SQL_SLIPS, worth: Number.NEGATIVE_INFINITY }
    return sum + Math.max(0, demonstrateSql(sql, space, task, needed(task), random, careful)?.reward ?? 0)
  }, 0) / dev.length

const method = 'SFT on the best attempts of a searching expert'
const report = { method, seed: SEED, ...trained, devCeiling: fourDecimals(ceiling) }
const target = process.env.POLICY_FILE ?? `${folder}/policy.json`
writeFileSync(target, writeWeights(space.features, { weights, trained: report }))
console.log(report)
console.table(space.features.map(({ name }, i) => ({ name, weight: weights[i] })))
sql.close()
