import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { GRADIENT_METHODS } from '../../../src/core/comparison/gradient-methods.ts'
import { dataAt } from '../../../src/scripts/experiments/brought-files.ts'
import { type CellsFile, openCells } from '../../../src/scripts/experiments/cells-file.ts'
import { keysOf } from '../../../src/scripts/experiments/job.ts'
import { createRunner } from '../../../src/scripts/experiments/jobs.ts'
import { report } from '../../../src/scripts/experiments/report.ts'
import { GRID, type Part, partsOf, QUICK, STUDY_NAMES } from '../../../src/scripts/experiments/studies.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

interface Said {
  readonly stdout: string
  readonly stderr: string
}

function experiments(...options: string[]): Promise<Said> {
  return promisify(execFile)('npm', ['run', '-s', 'experiments', '--', ...options], { cwd: ROOT })
}

/** The program of the command without npm, which takes as long to start. */
function program(...options: string[]): Promise<Said> {
  const words = ['--import', 'tsx', 'src/scripts/experiments/experiments.ts', ...options]
  return promisify(execFile)(process.execPath, words, { cwd: ROOT })
}

const BUDGETS = [100, 300]

interface Quick {
  readonly part: Part
  readonly cells: CellsFile
}

let quick: Promise<Quick> | undefined

/** The quick study, computed in this process, once for all who ask. */
function quickHere(): Promise<Quick> {
  quick ??= (async () => {
    const [part] = partsOf('main', { ...QUICK, budgets: BUDGETS })
    if (part === undefined) throw new Error('no part')
    const cells = openCells()
    const run = createRunner()
    for (const [arm] of part.comparison.arms.entries()) {
      for (const seed of [1, 2]) for (const record of await run({ ...part, arm, seed })) cells.add(record)
    }
    return { part, cells }
  })()
  return quick
}

/** Tables whose last column, the processor time, is gone. */
function timeless(markdown: string): string {
  return markdown.trim().replace(/^(\|.*)\| (CPU s|-+:|[\d.]+) \|$/gm, '$1|')
}

test('the command in its processes prints what this process finds, and does nothing twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'experiments-'))
  try {
    const file = join(folder, 'cells.jsonl')
    const options = ['--quick', '--budgets', BUDGETS.join(), '--cells', file, '--processes', '2']
    const document = join(folder, 'document.md')
    await writeFile(document, 'before\n<!-- main -->\nold\n<!-- /main -->\nafter\n')
    const { stdout } = await experiments(...options, '--into', document)
    const written = await readFile(document, 'utf8')
    expect(written).toBe(`before\n<!-- main -->\n${stdout.trimEnd()}\n<!-- /main -->\nafter\n`)
    const { part, cells } = await quickHere()
    expect(timeless(stdout)).toBe(timeless(report('main', [part], cells)))

    // Some records are lost, and one was cut short while it was written.
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(lines.length).toBe(part.comparison.arms.length * 2 * 2)
    await writeFile(file, `${lines.slice(2).join('\n')}\n${lines[0]?.slice(0, 99)}`)
    const resumed = await program(...options)
    expect(resumed.stderr.match(/ of /g)?.length).toBe(1)
    expect(timeless(resumed.stdout)).toBe(timeless(stdout))
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(lines.length)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a study tells differences to our variant, without it to the paper’s RRO, and nothing of worlds not yet met', async () => {
  const { part, cells } = await quickHere()
  const choice = { ...QUICK, starts: ['weak', 'sharp'], budgets: [300] }
  const told = (names: readonly string[], found = cells): string => {
    const arms = part.comparison.arms.filter(({ method }) => names.includes(method))
    return report('main', partsOf('main', { ...choice, arms }), found)
  }
  expect(told(['sft', 'rro'], openCells())).toBe('')
  expect(told(['sft', 'rro', 'rro-recycled'])).toMatch(/rro-recycled\S* minus \| 300 calls/)
  expect(told(['sft', 'rro'])).toContain('| rro minus | 300 calls')
  expect(told(['sft'])).not.toContain('minus')
  expect(told(['sft', 'rro'])).not.toContain('sharp')
})

test('files that somebody brought are another world of the same laws: our own, brought as files, give the cells of what ships', async () => {
  const files = ['tasks.json', 'databases.sql'].map((name) => join(ROOT, 'public/data/intercode-sql', name))
  const { environment, fingerprint } = await dataAt(files)
  const choice = { environments: [environment], starts: ['weak'], budgets: [100], seeds: 1, episodes: 1 }
  const [shipped] = partsOf('official', choice)
  const [brought] = partsOf('official', { ...choice, data: fingerprint })
  if (shipped === undefined || brought === undefined) throw new Error('no part')
  const arm = shipped.comparison.arms.findIndex(({ method }) => method === 'rro-recycled')
  const run = createRunner()
  const [here] = await run({ ...shipped, arm, seed: 1 })
  const [there] = await run({ ...brought, arm, seed: 1, files })
  expect(there?.cell).toEqual(here?.cell)
  expect(there?.key).not.toBe(here?.key)
  await expect(dataAt([join(ROOT, 'package.json')])).rejects.toThrow('package.json')
})

test('says what it does not know', async () => {
  await expect(program('--arms', 'nothing')).rejects.toThrow('There is no method')
  await expect(program('--study', 'official')).rejects.toThrow('--study official needs --data')
})

test('no two cells of a study have the same name', () => {
  for (const study of STUDY_NAMES) {
    const names = partsOf(study).flatMap((part) =>
      part.comparison.arms.flatMap((_, arm) => keysOf({ ...part, arm, seed: 1 })),
    )
    expect(new Set(names).size).toBe(names.length)
  }
})

test('tuning is on the dev tasks, with seeds that no other study has', () => {
  for (const { comparison, trainings } of partsOf('tuning')) {
    expect(comparison.split).toBe('dev')
    expect(trainings).toEqual(GRID)
    expect(comparison.firstSeed).toBeGreaterThan(100)
  }
  for (const { comparison } of partsOf('gradient-tuning')) {
    expect(comparison.split).toBe('dev')
    expect(comparison.firstSeed).toBeGreaterThan(100)
    for (const method of GRADIENT_METHODS)
      expect(comparison.arms.filter((arm) => arm.method === method)).toHaveLength(GRID.length)
  }
  for (const study of STUDY_NAMES.filter((name) => !name.endsWith('tuning'))) {
    for (const { comparison } of partsOf(study)) {
      expect(comparison.split).toBe('test')
      expect(comparison.firstSeed + comparison.seeds).toBeLessThan(100)
    }
  }
})
