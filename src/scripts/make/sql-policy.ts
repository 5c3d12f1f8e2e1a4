/**
 * Has an expert whose attempts the gold queries judge demonstrate InterCode-SQL, trains the embedded policy's starts on
 * that, and writes both into public/data/intercode-sql/ (see write-starts.ts). Deterministic: the same data and code give
 * the same files. Run: npx tsx src/scripts/make/sql-policy.ts
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../../core/failure.ts'
import { createInterCodeSql } from '../../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../environments/intercode-sql/sql-data.ts'
import type { SqlTask } from '../../environments/intercode-sql/types.ts'
import { startSqlEngine } from '../../mysql/index.ts'
import { createSqlActions } from '../../policies/linear/intercode-sql/sql-actions.ts'
import { demonstrateSql, NO_SQL_SLIPS, tablesIn } from '../../training/sql-demonstrations.ts'
import { fourDecimals, warmStartStream } from '../../training/warm-start.ts'
import { writeStarts } from './write-starts.ts'

/** Demonstrations of each task. */
const ROUNDS = 4

const folder = process.env.SQL_DATA ?? fileURLToPath(new URL('../../../public/data/intercode-sql/', import.meta.url))

const engine = await startSqlEngine()
const names = ['tasks.json', 'databases.sql']
const files = unwrap(readSqlFiles(names.map((name) => ({ name, content: readFileSync(`${folder}/${name}`, 'utf8') }))))
const sql = createInterCodeSql(engine, unwrap(loadSqlData(engine, files, 'RRO Lab databases')))
const space = createSqlActions(sql.observe)
const random = warmStartStream('intercode-sql')

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

const dev = sql.tasks('dev')
const ceiling =
  dev.reduce((sum, task) => {
    const careful = { slips: NO_SQL_SLIPS, worth: Number.NEGATIVE_INFINITY }
    return sum + Math.max(0, demonstrateSql(sql, space, task, needed(task), random, careful)?.reward ?? 0)
  }, 0) / dev.length

await writeStarts(sql, space, shown, folder, {
  expert: 'An expert who tries what the policy could do and is told what it would earn; slips are taken, not imitated',
  method: 'SFT on the best attempts of a searching expert',
  more: { devCeiling: fourDecimals(ceiling) },
})
sql.close()
