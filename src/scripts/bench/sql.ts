/** InterCode-SQL on one core in Node: statements, going back to clean data, exploration. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import { readSqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData, type SqlData } from '../../environments/intercode-sql/sql-data.ts'
import { openSession, type SqlDatabase, type SqlEngine, startSqlEngine } from '../../mysql/index.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import { type Asked, besideBareSqlite } from './bare-sqlite.ts'
import { repeated, rounded, timed } from './measure.ts'
import { slowestStatement } from './slowest-statement.ts'

const REPETITIONS = 5
const TASKS = 40
const BESIDE_ROUNDS = 11
/** The official questions and their databases, where they lie beside the repository; they are no part of it. */
const OFFICIAL = '../shared/data/intercode'
const CONFIG = { ...DEFAULT_CONFIG, environment: 'intercode-sql', tasks: TASKS } as const

/** @param hostile statements */
export function sqlRows(hostile: number) {
  return {
    'sql.statements': statements,
    'sql.firstTimeBesideBareSqlite': async () => withoutMs(await shippedFirstTime(BESIDE_ROUNDS)),
    'sql.officialBesideBareSqlite': officialFirstTime,
    'sql.rro': rro,
    'sql.hostileStatements': () => slowestStatement(hostile, console.error),
  }
}

async function shippedData() {
  const engine = await startSqlEngine()
  const texts = unwrap(await diskLoader().files('intercode-sql'))
  const files = unwrap(readSqlFiles(texts.map(({ name, text }) => ({ name, content: text }))))
  return { engine, files, data: unwrap(loadSqlData(engine, files)) }
}

function goldsOf({ tasks }: SqlData): readonly Asked[] {
  return tasks.map(({ database, gold }) => ({ database, sql: gold }))
}

async function statements() {
  const { engine, files, data } = await shippedData()
  const golds = goldsOf(data)
  /** Every gold query once, on an environment that remembers nothing yet. */
  const newQueries = await repeated(REPETITIONS, async () => {
    const session = openSession(engine, data.databases)
    const elapsedMs = await timed(() => {
      for (const { database, sql } of golds) session.run({ database, writes: [] }, sql)
    })
    session.close()
    return (1000 * golds.length) / elapsedMs
  })
  const session = openSession(engine, data.databases)
  const ask = (): void => {
    for (const { database, sql } of golds) session.run({ database, writes: [] }, sql)
  }
  ask()
  const knownQueries = await repeated(REPETITIONS, async () => (1000 * golds.length) / (await timed(ask)))
  session.close()
  return {
    newQueriesPerSecond: newQueries,
    rememberedQueriesPerSecond: knownQueries,
    rememberedToNew: rounded(knownQueries.median / newQueries.median),
    restoreOf1MegabyteMs: await restoreTime(engine),
    readDataMs: await repeated(REPETITIONS, () => timed(() => loadSqlData(engine, files))),
  }
}

async function shippedFirstTime(rounds: number) {
  const { engine, data } = await shippedData()
  return besideBareSqlite(engine, data.databases, goldsOf(data), rounds)
}

/** What only other rows need. */
function withoutMs({ bareMs: _, ...found }: Awaited<ReturnType<typeof besideBareSqlite>>) {
  return found
}

async function rro() {
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
  const { bareMs } = await shippedFirstTime(REPETITIONS)
  return { tasksPerSecond, taskInBareStatements: rounded(1000 / tasksPerSecond.median / bareMs) }
}

/** The same for the official gold queries; undefined where they are not there. */
async function officialFirstTime() {
  const [dumpFile, tasksFile] = ['ic_spider_dbs.sql', 'ic_spider_dev.json'].map((name) => join(OFFICIAL, name))
  if (dumpFile === undefined || tasksFile === undefined || !existsSync(dumpFile) || !existsSync(tasksFile))
    return undefined
  const files = [dumpFile, tasksFile].map((name) => ({ name, content: readFileSync(name, 'utf8') }))
  const engine = await startSqlEngine()
  const data = unwrap(loadSqlData(engine, unwrap(readSqlFiles(files))))
  return withoutMs(await besideBareSqlite(engine, data.databases, goldsOf(data), BESIDE_ROUNDS))
}

/** From a branch that has rewritten a row of a 1 MB database back to clean data, with the query that needs it. */
async function restoreTime(engine: SqlEngine) {
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
