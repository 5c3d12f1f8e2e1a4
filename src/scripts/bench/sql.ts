/** InterCode-SQL on one core in Node: statements, going back to clean data, exploration. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import { createInterCodeSql } from '../../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../environments/intercode-sql/sql-data.ts'
import { openSession, type SqlDatabase, type SqlEngine, startSqlEngine } from '../../mysql/index.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import { besideBareSqlite } from './bare-sqlite.ts'
import { median, repeated, rounded, timed } from './measure.ts'
import { slowestStatement } from './slowest-statement.ts'

const REPETITIONS = 5
const TASKS = 40
const BESIDE_ROUNDS = 11
/** The official questions and their databases, where they lie beside the repository; they are no part of it. */
const OFFICIAL = '../shared/data/intercode'
/** `npm run bench -- --hostile 20000` for more. */
const HOSTILE = Number(/--hostile[= ](\d+)/.exec(process.argv.join(' '))?.[1] ?? 500)
const CONFIG = { ...DEFAULT_CONFIG, environment: 'intercode-sql', tasks: TASKS } as const

export async function benchSql() {
  const engine = await startSqlEngine()
  const texts = unwrap(await diskLoader().files('intercode-sql'))
  const files = unwrap(readSqlFiles(texts.map(({ name, text }) => ({ name, content: text }))))
  const data = unwrap(loadSqlData(engine, files))
  const golds = data.tasks.map(({ database, gold }) => ({ database, gold }))

  /** Every gold query once, on an environment that remembers nothing yet. */
  const newQueries = await repeated(REPETITIONS, async () => {
    const session = openSession(engine, data.databases)
    const elapsedMs = await timed(() => {
      for (const { database, gold } of golds) session.run({ database, writes: [] }, gold)
    })
    session.close()
    return (1000 * golds.length) / elapsedMs
  })
  const session = openSession(engine, data.databases)
  const ask = (): void => {
    for (const { database, gold } of golds) session.run({ database, writes: [] }, gold)
  }
  ask()
  const knownQueries = await repeated(REPETITIONS, async () => (1000 * golds.length) / (await timed(ask)))
  session.close()

  const { bareMs, ...firstTime } = await besideBareSqlite(
    engine,
    data.databases,
    golds.map(({ database, gold }) => ({ database, sql: gold })),
    BESIDE_ROUNDS,
  )

  const world = unwrap(await loadShippedWorld(CONFIG))
  let seed = 0
  const tasksPerSecond = await repeated(REPETITIONS, async () => {
    const config = { ...CONFIG, seed: ++seed }
    const tasks = drawTasks(config, world.tasks('train'))
    const elapsedMs = await timed(async () => {
      for await (const _ of exploreRun({ header: runHeader(config, world.made), actor: world.actor, tasks }));
    })
    return (1000 * TASKS) / elapsedMs
  })
  const environment = createInterCodeSql(engine, data)
  const loadMs = median([await timed(() => loadSqlData(engine, files)), await timed(() => loadSqlData(engine, files))])
  environment.close()
  return {
    newQueriesPerSecond: rounded(newQueries),
    rememberedQueriesPerSecond: rounded(knownQueries),
    rememberedToNew: rounded(knownQueries / newQueries),
    restoreOf1MegabyteMs: rounded(await restoreTime(engine)),
    readDataMs: rounded(loadMs),
    firstTimeBesideBareSqlite: firstTime,
    officialBesideBareSqlite: await officialFirstTime(engine),
    rroTasksPerSecond: rounded(tasksPerSecond),
    rroTaskInBareStatements: rounded(1000 / tasksPerSecond / bareMs),
    hostileStatements: await slowestStatement(HOSTILE, console.error),
  }
}

/** The same for the official gold queries; undefined where they are not there. */
async function officialFirstTime(engine: SqlEngine) {
  const [dumpFile, tasksFile] = ['ic_spider_dbs.sql', 'ic_spider_dev.json'].map((name) => join(OFFICIAL, name))
  if (dumpFile === undefined || tasksFile === undefined || !existsSync(dumpFile) || !existsSync(tasksFile))
    return undefined
  const files = [dumpFile, tasksFile].map((name) => ({ name, content: readFileSync(name, 'utf8') }))
  const { databases, tasks } = unwrap(loadSqlData(engine, unwrap(readSqlFiles(files))))
  const asked = tasks.map(({ database, gold }) => ({ database, sql: gold }))
  const { bareMs: _, ...found } = await besideBareSqlite(engine, databases, asked, BESIDE_ROUNDS)
  return found
}

/** From a branch that has rewritten a row of a 1 MB database back to clean data, with the query that needs it. */
async function restoreTime(engine: SqlEngine): Promise<number> {
  const rows = 10_000
  const values = Array.from({ length: rows }, (_, i) => `(${i}, '${String(i).padStart(90, 'x')}')`)
  const dump = `CREATE DATABASE big; USE big; CREATE TABLE t (id int, filler varchar(100), PRIMARY KEY (id)); INSERT INTO t VALUES ${values.join(',')};`
  const tasks = JSON.stringify([{ db: 'big', gold: 'SELECT 1', query: 'One?' }])
  const files = unwrap(
    readSqlFiles([
      { name: 'dump.sql', content: dump },
      { name: 'tasks.json', content: tasks },
    ]),
  )
  const { databases }: { databases: readonly SqlDatabase[] } = unwrap(loadSqlData(engine, files))
  const session = openSession(engine, databases)
  const write = { database: 'big', sql: 'UPDATE t SET filler = 0 WHERE id = 5' }
  let asked = 0
  const time = await repeated(25, () => {
    session.run({ database: 'big', writes: [write] }, `SELECT filler FROM t WHERE id = ${++asked}`)
    return timed(() => session.run({ database: 'big', writes: [] }, `SELECT filler FROM t WHERE id = ${++asked}`))
  })
  session.close()
  return time
}
