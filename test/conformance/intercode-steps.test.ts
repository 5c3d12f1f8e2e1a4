import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'vitest'
import { pythonList, pythonRows } from '../../src/environments/intercode-sql/python-text.ts'
import { openSession, readDump, startSqlEngine } from '../../src/mysql/index.ts'
import { type Comparison, conformanceDirectory, readCases, tally } from './conformance.ts'

/** `obs` is Python's text of MySQL's answer; long ones are kept as length and hash. */
interface Step {
  readonly db: string
  readonly sql: string
  readonly obs?: string
  readonly obs_len?: number
  readonly obs_sha1?: string
  readonly obs_head?: string
}

const cases = 'intercode-steps.json.gz'
const dump = ['../data/intercode', '../../../shared/data/intercode']
  .map((folder) => resolve(conformanceDirectory, folder, 'ic_spider_dbs.sql'))
  .concat(resolve('../shared/data/intercode/ic_spider_dbs.sql'))
  .find(existsSync)
const present = existsSync(resolve(conformanceDirectory, cases)) && dump !== undefined

/** The tuples of a printed list, as texts, sorted. */
function tuples(list: string): string[] {
  const found: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let i = 1; i < list.length - 1; i++) {
    const c = list.charAt(i)
    if (quote !== '') {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if (c === '(' && depth++ === 0) start = i
    else if (c === ')' && --depth === 0) found.push(list.slice(start, i + 1))
  }
  return found.sort()
}

/** DESCRIBE and SHOW answer with bytes or text, depending on the connector's version. */
function withoutBytes({ sql }: Step, observation: string): string {
  return /^\s*(DESC|SHOW)/i.test(sql) ? observation.replace(/\bb'([^']*)'/g, "'$1'") : observation
}

function sameOrder(step: Step, ours: string): boolean {
  if (step.obs !== undefined) return withoutBytes(step, step.obs) === ours
  return createHash('sha1').update(ours).digest('hex') === step.obs_sha1
}

/** Of an answer that is kept as a hash, another order of the same rows shows in its length only. */
function sameRows(step: Step, ours: string): boolean {
  if (sameOrder(step, ours)) return true
  if (step.obs === undefined) return [...ours].length === step.obs_len
  return tuples(withoutBytes(step, step.obs)).join('\n') === tuples(ours).join('\n')
}

test.skipIf(!present)(
  `intercode-steps agree with what MySQL answered${present ? '' : ` (${cases} or its databases are absent)`}`,
  async () => {
    const { steps } = readCases<{ readonly steps: readonly Step[] }>(cases)
    const databases = readDump('ic_spider_dbs.sql', readFileSync(dump ?? '', 'utf8'))
    if (!databases.ok) throw new Error(databases.failure.message)
    const session = openSession(await startSqlEngine(), databases.value)
    const status: Comparison[] = []
    const rows: Comparison[] = []
    const order: Comparison[] = []
    for (const step of steps) {
      const outcome = session.run({ database: step.db.toLowerCase(), writes: [] }, step.sql)
      const failed = step.obs?.startsWith('Error executing query') ?? false
      const ours =
        outcome.kind === 'rows'
          ? pythonList(pythonRows(outcome.result).tuples)
          : outcome.kind === 'none'
            ? 'None'
            : outcome.message
      const describe = () =>
        `${step.db}: ${step.sql}\n  ${(step.obs ?? step.obs_head ?? '').slice(0, 200)}\n  ${ours.slice(0, 200)}`
      status.push({ agrees: failed === (outcome.kind === 'error'), describe })
      if (failed || outcome.kind === 'error') continue
      rows.push({ agrees: sameRows(step, ours), describe })
      order.push({ agrees: sameOrder(step, ours), describe })
    }
    session.close()
    await tally('intercode-steps status', 0.99, status)
    await tally('intercode-steps rows', 0.98, rows)
    await tally('intercode-steps order', 0.92, order)
  },
)
