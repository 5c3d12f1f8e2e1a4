/** `npm run test:slow [-- FILE …]`: the browser tests throttled, as they are, and on a busy machine, each twice; prints which held. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TIMES = 2

/** By name, with what `test/pace.ts` reads. */
const PACES: readonly (readonly [string, Record<string, string>])[] = [
  ['slow', { RRO_SLOW: '6', RRO_BUSY: '0' }],
  ['fast', { RRO_SLOW: '1', RRO_BUSY: '0' }],
  ['busy', { RRO_SLOW: '1', RRO_BUSY: '2' }],
]

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** Names of what did not hold. Empty if all did. */
function faults(pace: Record<string, string>, report: string): readonly string[] {
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'browser', ...process.argv.slice(2)]
  const env = { ...process.env, ...pace, RRO_TEST_REPORT: report }
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' })
  if (status === 0) return []
  const found = failed(report)
  return found.length > 0 ? found : [`the tests ended with ${status}`]
}

function failed(report: string): readonly string[] {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report // vitest's own
    return testResults.flatMap(({ name, status, assertionResults }) => {
      const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName)
      return tests.length === 0 && status === 'failed' ? [name] : tests
    })
  } catch {
    return []
  }
}

const folder = mkdtempSync(join(tmpdir(), 'slow-tests-'))
const lines: string[] = []
try {
  for (let time = 1; time <= TIMES; time++) {
    for (const [name, pace] of PACES) {
      const startedMs = performance.now()
      const broken = faults(pace, join(folder, `${name}-${time}.json`))
      const seconds = Math.round((performance.now() - startedMs) / 1000)
      lines.push(`${name}, time ${time}: ${broken.length === 0 ? 'held' : 'did not hold'} (${seconds} s)`)
      lines.push(...broken.map((test) => `  ${test}`))
      if (broken.length > 0) process.exitCode = 1
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.log(`\n${lines.join('\n')}`)
