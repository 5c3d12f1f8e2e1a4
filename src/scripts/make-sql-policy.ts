/**
 * Trains the embedded policy of InterCode-SQL on the demonstrations of an expert whose attempts the gold queries judge,
 * and writes public/data/intercode-sql/policy.json. Deterministic: the same data and code give the same file.
 * Run: npx tsx src/scripts/make-sql-policy.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stream } from '../core/random.ts'
import type { Environment } from '../environments/environment.ts'
import { startSqlEngine } from '../environments/intercode-sql/engine.ts'
import { createInterCodeSql } from '../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../environments/intercode-sql/sql-data.ts'
import type { SqlState, SqlTask } from '../environments/intercode-sql/types.ts'
import { createSqlActions } from '../policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { writeWeights } from '../policies/linear/weights.ts'
import { evaluate } from '../training/evaluation.ts'
import { fineTune, meanLogLikelihood } from '../training/sft.ts'
import { demonstrateSql, NO_SQL_SLIPS, tablesIn } from '../training/sql-demonstrations.ts'

const SEED = 2505
/** Demonstrations of each task. */
const ROUNDS = 4

const folder = process.env.SQL_DATA ?? fileURLToPath(new URL('../../public/data/intercode-sql/', import.meta.url))

function must<T>(result: { ok: true; value: T } | { ok: false; failure: { message: string } }): T {
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

const engine = await startSqlEngine()
const names = ['tasks.json', 'databases.sql']
const files = must(readSqlFiles(names.map((name) => ({ name, content: readFileSync(`${folder}/${name}`, 'utf8') }))))
const sql = createInterCodeSql(engine, must(loadSqlData(engine, files, 'RRO Lab databases')))
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
const decisions = shown.flatMap((demonstration) => demonstration.decisions)
const expert = shown.reduce((sum, { reward }) => sum + reward, 0) / shown.length

const zero = new Float64Array(space.features.length)
const fitted = fineTune(decisions, zero, random.child('sft'))
const weights = fitted.map((weight) => Math.round(weight * 1e4) / 1e4)

// Its id is not among core's settings yet; the actor does not read it.
const actor = createLinearActor(sql as unknown as Environment<SqlState>, space, weights)
const dev = sql.tasks('dev')
const options = { stepLimit: 10, episodesPerTask: 10 }
const sampled = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 1 })
const greedy = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 0, episodesPerTask: 1 })
const ceiling =
  dev.reduce((sum, task) => {
    const careful = { slips: NO_SQL_SLIPS, worth: Number.NEGATIVE_INFINITY }
    return sum + Math.max(0, demonstrateSql(sql, space, task, needed(task), random, careful)?.reward ?? 0)
  }, 0) / dev.length

const round = (value: number): number => Math.round(value * 1e4) / 1e4
const trained = {
  method: 'SFT on the best attempts of a searching expert',
  data: sql.data.fingerprint,
  seed: SEED,
  demonstrations: shown.length,
  decisions: decisions.length,
  expertReward: round(expert),
  logLikelihoodBefore: round(meanLogLikelihood(decisions, zero)),
  logLikelihood: round(meanLogLikelihood(decisions, weights)),
  devTasks: dev.length,
  devReward: round(sampled.mean),
  devRewardStandardError: round(sampled.standardError ?? 0),
  devGreedyReward: round(greedy.mean),
  devGreedyRewardStandardError: round(greedy.standardError ?? 0),
  devSteps: round(sampled.steps),
  devCeiling: round(ceiling),
}
const target = process.env.POLICY_FILE ?? `${folder}/policy.json`
writeFileSync(target, writeWeights(space.features, { weights, trained }))
console.log(trained)
console.table(space.features.map(({ name }, i) => ({ name, weight: weights[i] })))
sql.close()
