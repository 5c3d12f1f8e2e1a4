/**
 * `npm run mariadb`: generated statements against MariaDB, where it is installed, and against ours. Prints how often both
 * answer with an error or both with rows, how often with the same rows, and the statements where they do not.
 * Options: --statements 4720, --seed 1, --show 40 (differences printed), --dump FILE (other databases).
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { unwrap } from '../../core/failure.ts'
import { readSqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { type Outcome, openSession, readDump, startSqlEngine } from '../../mysql/index.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { cellText, compared, type Verdict } from './comparison.ts'
import { KNOWN_DIFFERENCES } from './known-differences.ts'
import { type ServerAnswer, startMariaDb } from './mariadb-server.ts'
import type { Statement } from './statements/queries.ts'
import { statements } from './statements/statements.ts'

const { values: options } = parseArgs({
  options: {
    statements: { type: 'string', default: '4720' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '40' },
    dump: { type: 'string' },
  },
})

interface Compared {
  readonly statement: Statement
  readonly ours: Outcome
  readonly theirs: ServerAnswer
  readonly verdict: Verdict
  /** Why it is left out; undefined where it counts. */
  readonly known: string | undefined
}

const text = await dumpText()
const dump = readDump('databases.sql', text)
if (!dump.ok) throw new Error(dump.failure.message)
const session = openSession(await startSqlEngine(), dump.value)
const server = await startMariaDb()
try {
  server.load(text)
  const all = statements(dump.value, Number(options.statements), Number(options.seed))
  report(
    all.length,
    [...new Set(all.map(({ database }) => database))].flatMap((database) => compare(database, all)),
  )
} finally {
  session.close()
  await server.stop()
}

async function dumpText(): Promise<string> {
  if (options.dump !== undefined) return readFileSync(options.dump, 'utf8')
  const files = unwrap(await diskLoader().files('intercode-sql'))
  return unwrap(readSqlFiles(files.map(({ name, text: content }) => ({ name, content }))))
    .dumps.map((each) => each.text)
    .join('\n')
}

function compare(database: string, all: readonly Statement[]): Compared[] {
  const own = all.filter((statement) => statement.database === database)
  const answers = server.answers(
    database,
    own.map(({ sql }) => sql),
  )
  return own.flatMap((statement, i) => {
    const theirs = answers[i]
    if (theirs === undefined) return []
    const ours = session.run({ database, writes: [] }, statement.sql)
    const verdict = compared(statement, ours, theirs)
    const known =
      verdict === 'same'
        ? undefined
        : KNOWN_DIFFERENCES.find((difference) => difference.covers(statement.sql, verdict, ours, theirs))?.reason
    return [{ statement, ours, theirs, verdict, known }]
  })
}

function report(count: number, found: readonly Compared[]): void {
  const counted = found.filter(({ known }) => known === undefined)
  const status = counted.filter(({ verdict }) => !/error/.test(verdict))
  const rows = status.filter(({ ours, theirs }) => ours.kind === 'rows' && theirs.kind === 'rows')
  const same = rows.filter(({ verdict }) => verdict === 'same')
  console.log(`MariaDB ${server.version}; ${count} statements, seed ${options.seed}`)
  for (const { reason } of KNOWN_DIFFERENCES)
    console.log(`left out  ${found.filter(({ known }) => known === reason).length}  ${reason}`)
  console.log(`status    ${share(status.length, counted.length)}  both errors or both rows`)
  console.log(`rows      ${share(same.length, rows.length)}  the same, of those where both have rows`)
  for (const form of [...new Set(counted.map(({ statement }) => statement.form))].sort()) {
    const own = counted.filter(({ statement }) => statement.form === form)
    console.log(`  ${form.padEnd(10)} ${share(own.filter(({ verdict }) => verdict === 'same').length, own.length)}`)
  }
  const different = counted.filter(({ verdict }) => verdict !== 'same')
  for (const { statement, ours, theirs, verdict } of different.slice(0, Number(options.show)))
    console.log(
      `\n${verdict}: ${statement.database}> ${statement.sql}\n  ours   ${shown(ours)}\n  theirs ${shown(theirs)}`,
    )
}

function share(part: number, whole: number): string {
  return `${part}/${whole} ${whole === 0 ? '-' : ((100 * part) / whole).toFixed(2)} %`
}

function shown(answer: Outcome | ServerAnswer): string {
  if (answer.kind === 'error') return answer.message
  if (answer.kind === 'none') return 'nothing'
  const rows =
    'rows' in answer
      ? answer.rows
      : answer.result.rows.map((row) => row.map((cell, i) => cellText(cell, answer.result.columns[i])))
  return `${rows.length} rows ${JSON.stringify(rows).slice(0, 300)}`
}
