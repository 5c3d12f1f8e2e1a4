/** InterCode-SQL on one core in Node: statements, going back to clean data, exploration. */
import { unwrap } from '../../core/failure.ts'
import { readSqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../environments/intercode-sql/sql-data.ts'
import { openSession, type SqlDatabase, type SqlEngine } from '../../mysql/index.ts'
import type { BenchOptions } from './arguments.ts'
import { asBuilt } from './as-built.ts'
import { bareSqlite } from './bare-sqlite.ts'
import { beside, withoutMs } from './beside.ts'
import { firstAndLater, type Speeds } from './explored.ts'
import { shippedSql, shippedStatements } from './gold-statements.ts'
import { repeated, rounded, timed } from './measure.ts'
import { slowestStatement } from './slowest-statement.ts'

const REPETITIONS = 5
const TASKS = 40
/** The first dozens are of a process that is still being compiled. */
const BESIDE_ROUNDS = 101
/** Explorations until nearly all train tasks were met, and of the same process later. */
const FIRST = 20
const LATER = 20

export function sqlRows({ hostile, official }: Pick<BenchOptions, 'hostile' | 'official'>) {
  return {
    'sql.statements': statements,
    'sql.firstTimeBesideBareSqlite': () => firstTime(),
    'sql.officialBesideBareSqlite': () => firstTime(official),
    'sql.rro': rro,
    'sql.hostileStatements': () => slowestStatement(hostile, console.error),
  }
}

async function statements() {
  const { engine, files, data } = await shippedSql()
  const golds = data.tasks.map(({ database, gold }) => ({ database, sql: gold }))
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

/** @param official folder of the official files; the shipped statements without. Undefined where they are not there. */
async function firstTime(official?: string) {
  const words = [String(BESIDE_ROUNDS), ...(official === undefined ? [] : [official])]
  const found = (await asBuilt('first-time.ts', words)) as Awaited<ReturnType<typeof beside>> | null
  return found === null ? undefined : withoutMs(found)
}

async function rro() {
  const words = ['intercode-sql', `${TASKS}`, `${FIRST + LATER}`]
  const { tasksPerSecond } = (await asBuilt('speeds.ts', words)) as Speeds
  const speeds = firstAndLater(tasksPerSecond, FIRST)
  const golds = await shippedStatements()
  const { theirMs } = await beside(await bareSqlite(golds.databases), golds, REPETITIONS)
  return { tasksPerSecond: speeds, laterTaskInBareStatements: rounded(1000 / speeds.later.median / theirMs) }
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
