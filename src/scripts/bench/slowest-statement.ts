/** The slowest and the dearest of many hostile statements: what bounds them all is counted (src/mysql/README.md). */
import { openSession, readDump, type SqlEngine, startSqlEngine } from '../../mysql/index.ts'
import { type HostileTable, hostileStatement } from './hostile-statements.ts'
import { quantile, rounded } from './measure.ts'

const ROWS = 2000
const LONG_TEXT = 'lorem ipsum '.repeat(80)
const TABLES: readonly HostileTable[] = [
  { name: 'few', columns: ['id', 'word', 'price'] },
  { name: 'many', columns: ['id', 'word', 'price'] },
  { name: 'wide', columns: ['id', 'word', 'price'] },
]

export interface SlowestStatement {
  readonly statements: number
  readonly slowestMs: number
  readonly p99Ms: number
  /** Millions of units of work. */
  readonly dearest: number
  readonly statement: string
}

/** @param count statements, of the seeds 1, 2 ... */
export async function slowestStatement(
  count: number,
  tell: (line: string) => void = () => {},
): Promise<SlowestStatement> {
  const engine = await startSqlEngine()
  const session = openHostile(engine)
  const times: number[] = []
  let [slowestMs, dearest, statement] = [0, 0, '']
  for (let seed = 1; seed <= count; seed++) {
    const sql = hostileStatement(seed, TABLES)
    const before = engine.meter.total()
    const startedUs = process.cpuUsage().user
    const outcome = session.run({ database: 'hostile', writes: [] }, sql)
    const ms = (process.cpuUsage().user - startedUs) / 1000
    times.push(ms)
    const units = engine.meter.total() - before
    dearest = Math.max(dearest, units)
    if (ms > slowestMs) {
      ;[slowestMs, statement] = [ms, sql]
      tell(
        `${seed}: ${Math.round(ms)} ms, ${rounded(units / 1e6)} million units, ${sql.length} characters: ${sql.slice(0, 300)}`,
      )
    }
    if (outcome.kind === 'error' && /cannot be run in this environment/.test(outcome.message))
      tell(`${seed}: ${outcome.message}: ${sql.slice(0, 600)}`)
  }
  session.close()
  return {
    statements: count,
    slowestMs: rounded(slowestMs),
    p99Ms: rounded(quantile(times, 0.99)),
    dearest: rounded(dearest / 1e6),
    statement,
  }
}

function openHostile(engine: SqlEngine) {
  const rows = (n: number, word: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => `(${i}, '${word(i)}', ${(i * 7919) % 997}.25)`).join(',')
  const columns = '(id int PRIMARY KEY, word text, price decimal(10,2))'
  const dump = readDump(
    'hostile.sql',
    `CREATE TABLE few ${columns}; INSERT INTO few VALUES ${rows(12, (i) => `a${i % 3}`)};
     CREATE TABLE many ${columns}; INSERT INTO many VALUES ${rows(ROWS, (i) => `word ${i % 300}`)};
     CREATE TABLE wide ${columns}; INSERT INTO wide VALUES ${rows(60, (i) => LONG_TEXT + i)};`,
  )
  if (!dump.ok) throw new Error(dump.failure.message)
  return openSession(engine, dump.value)
}
