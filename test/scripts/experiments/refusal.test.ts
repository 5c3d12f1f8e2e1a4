import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { expect, test } from 'vitest'
import { Refusal, refusalOf } from '../../../src/scripts/experiments/refusal.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (thrown) {
    return thrown
  }
}

test('what somebody can put right is a sentence, and a mistake of the program is none', () => {
  expect(refusalOf(new Refusal('There is no study nope.'))).toBe('There is no study nope.')
  const unknown = thrownBy(() => parseArgs({ args: ['--nope'], options: {} }))
  expect(refusalOf(unknown)).toMatch(/^Unknown option '--nope'.*\. --help lists what there is\.$/)
  const missing = thrownBy(() => readFileSync('no-such-file'))
  expect(refusalOf(missing)).toMatch(/^A file could not be read or written \(ENOENT: .*no-such-file'\)\.$/)
  expect(refusalOf(new TypeError('x is undefined'))).toBeUndefined()
  expect(refusalOf('a text')).toBeUndefined()
})

test.each([
  [['--nope'], /^Unknown option '--nope'.*\n$/],
  [['--study', 'nope'], /^There is no study nope\. .*\n$/],
  [['--cells', 'no-such-folder/cells.jsonl'], /^There is no folder no-such-folder for the cells.*\n$/],
])('the command refuses %j with one line', (words, line) => {
  const file = fileURLToPath(new URL('../../../src/scripts/experiments/experiments.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', file, ...words], { encoding: 'utf8' })
  expect(stderr).toMatch(line)
  expect(status).toBe(2)
})
