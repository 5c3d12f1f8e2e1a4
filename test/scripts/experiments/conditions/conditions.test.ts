import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Arm } from '../../../../src/core/comparison/comparison.ts'
import {
  CONDITION_ARMS,
  type Condition,
  FIXED,
  OURS,
  READINGS,
  STUDY,
  TREE_SEARCH,
} from '../../../../src/scripts/experiments/conditions/conditions.ts'
import { conditionsStudy } from '../../../../src/scripts/experiments/conditions/conditions-report.ts'
import { configUnder, type Lesson, lessonsOf } from '../../../../src/scripts/experiments/conditions/lessons.ts'
import type { RunConditions } from '../../../../src/scripts/experiments/conditions/run-setting.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const PROGRAM = 'src/scripts/experiments/experiments.ts'

function experiments(...options: string[]): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, ['--import', 'tsx', PROGRAM, ...options], { cwd: ROOT })
}

const base = (scoring: Condition['scoring']): Condition => {
  const found = STUDY.conditions.find((condition) => condition.words === '' && condition.scoring === scoring)
  if (found === undefined) throw new Error(`No base with ${scoring}`)
  return found
}

function lessonsAt(condition: Condition, arm: Arm, seed: number, budgets: readonly number[]): Promise<Lesson[]> {
  return lessonsOf({ condition, arm, seed, budgets, adamSteps: undefined })
}

test('the command prints the study and puts it into the document', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conditions-'))
  try {
    const document = join(folder, 'document.md')
    await writeFile(document, 'before\n<!-- conditions -->\nold\n<!-- /conditions -->\nafter\n')
    const { stdout } = await experiments('--study', 'conditions', '--quick', '--processes', '2', '--into', document)
    const here: RunConditions = async (jobs, found) => {
      for (const job of jobs) found(job, await lessonsOf(job))
    }
    const tables = await conditionsStudy({ quick: true, seeds: undefined }, here)
    expect(stdout.trimEnd()).toBe(tables)
    expect(await readFile(document, 'utf8')).toBe(
      `before\n<!-- conditions -->\n${tables}\n<!-- /conditions -->\nafter\n`,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the command takes nothing that the study would not heed', async () => {
  await expect(experiments('--study', 'conditions', '--arms', 'rro')).rejects.toThrow('takes no --arms')
})

test('every arm stays within its budget, and a budget gives the same alone as among others', async () => {
  for (const scoring of ['rollouts', 'exact, one call'] as const) {
    for (const arm of CONDITION_ARMS) {
      const both = await lessonsAt(base(scoring), arm, 1, [200, 600])
      const [less = 0, more = 0] = both.map(({ cost }) => cost.policyCalls)
      expect(less).toBeGreaterThan(100)
      expect(less).toBeLessThanOrEqual(200)
      expect(more).toBeGreaterThan(500)
      expect(more).toBeLessThanOrEqual(600)
      expect(await lessonsAt(base(scoring), arm, 1, [600])).toEqual(both.slice(1))
    }
  }
})

test('every arm learns, and all the more from exact values that cost one call', async () => {
  for (const arm of [...FIXED, ...TREE_SEARCH, ...READINGS]) {
    const [dear] = await lessonsAt(base('exact'), arm, 2, [1000])
    const [cheap] = await lessonsAt(base('exact, one call'), arm, 2, [1000])
    expect(dear?.before).toBeCloseTo(0.5, 12)
    expect(dear?.after).toBeGreaterThan(0.5)
    expect(cheap?.after).toBeGreaterThan(dear?.after ?? 1)
  }
})

test('exact values never turn a pair round; few noisy rollouts of long episodes do', async () => {
  const long = { ...base('rollouts'), length: 16, rollouts: 1 }
  const [arm] = READINGS
  if (arm === undefined) throw new Error('no reading')
  const [noisy] = await lessonsAt(long, arm, 1, [5000])
  const [exact] = await lessonsAt({ ...long, scoring: 'exact' }, arm, 1, [5000])
  expect(noisy?.reversed).toBeGreaterThan(0)
  expect(exact?.reversed).toBe(0)
  expect(exact?.pairs).toBe(exact?.ordered)
})

test('the rollouts of a condition are those of the methods that score candidates, not of ours or tree search', () => {
  const condition = { ...base('rollouts'), rollouts: 20, length: 32 }
  const of = (arms: typeof FIXED) => arms.map((arm) => configUnder(condition, arm, 1).rollouts)
  expect([...of(FIXED), ...of(READINGS)]).toEqual([20, 20, 20, 20, 20, 20, 20])
  expect([...of(TREE_SEARCH), ...of(OURS)]).toEqual([5, 3])
  for (const arm of CONDITION_ARMS) expect(configUnder(condition, arm, 1).stepLimit).toBe(32)
})

test('no two conditions are the same', () => {
  const names = STUDY.conditions.map(({ words, scoring }) => `${words}, ${scoring}`)
  expect(new Set(names).size).toBe(names.length)
  const settings = STUDY.conditions.map(({ words: _, ...rest }) => JSON.stringify(rest))
  expect(new Set(settings).size).toBe(settings.length)
})
