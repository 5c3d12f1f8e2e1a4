/** What Compare opens with: the files that ship with the page, and files that are none. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordedComparison, recordedId } from '../../../src/core/comparison/default-comparison.ts'
import { armResults } from '../../../src/core/comparison/results/arm-results.ts'
import { unwrap } from '../../../src/core/failure.ts'
import { ENVIRONMENT_NAMES } from '../../../src/core/settings/settings.ts'
import { readRecorded, writeRecorded } from '../../../src/worker/comparisons/recorded-comparison.ts'
import { createJobRunner } from '../../../src/worker/comparisons/study-jobs.ts'
import { recordedComparisonFile } from '../../../src/worker/machine/data-loader.ts'
import { openTestLab, SHIPPED } from '../labs.ts'
import { toyCells } from './toy-study.ts'

const shipped = (environment: (typeof ENVIRONMENT_NAMES)[number]): string =>
  readFileSync(`public/${recordedComparisonFile(environment)}`, 'utf8')

describe.each(ENVIRONMENT_NAMES)('the comparison that ships for %s', (environment) => {
  test('has every cell of what Compare begins with, and says when it was made', () => {
    const { record, cells } = readRecorded(shipped(environment), environment) ?? {}
    const comparison = recordedComparison(environment)
    expect(cells).toHaveLength(comparison.arms.length * comparison.budgets.length * comparison.seeds)
    expect(armResults(comparison, cells ?? []).every((result) => result.cells.length === comparison.seeds)).toBe(true)
    expect(record?.createdAtMs).toBeGreaterThan(Date.UTC(2026, 0))
    expect(record?.id).toBe(recordedId(environment))
  })
  test('has the cells that the program computes', async () => {
    const comparison = recordedComparison(environment)
    const arm = comparison.arms.findIndex(({ method }) => method === 'rro')
    const found: unknown[] = []
    const enough = new AbortController()
    const told = (cell: unknown): void => {
      found.push(cell)
      enough.abort() // the larger budgets go on with the same exploration
    }
    const job = { comparison, own: undefined, arm, seed: 1 }
    await expect(createJobRunner(SHIPPED).run(job, told, enough.signal)).rejects.toThrow('abort')
    const { cells } = readRecorded(shipped(environment), environment) ?? {}
    const [budget] = comparison.budgets
    expect(cells?.filter((cell) => cell.arm === arm && cell.seed === 1 && cell.budget === budget)).toEqual(found)
  })
  test('opens in the lab, with the runs behind its cells, and is never among the stored ones', async () => {
    const lab = openTestLab()
    const opened = unwrap(await lab.openComparison(recordedId(environment)))
    expect([opened.progress.status, opened.corrections]).toEqual(['finished', []])
    expect(opened.progress.info.comparison).toEqual(recordedComparison(environment))
    expect(await lab.comparisons()).toEqual([])
    const run = unwrap(await lab.openCell({ arm: 7, seed: 1, budget: 5000 }))
    expect(run.progress.info.config).toMatchObject({ environment, method: 'rro', rollouts: 1, seed: 1, model: 'weak' })
    expect(unwrap(await lab.agent('keepCell', { arm: 8, seed: 1, budget: 5000 }, 'ours')).environment).toBe(environment)
    expect((await lab.startComparison()).ok).toBe(false)
  })
})

describe('a file of a comparison', () => {
  const comparison = { ...recordedComparison('webshop'), budgets: [500, 1000], seeds: 2 }
  const text = writeRecorded('2026-11-28', comparison, toyCells(comparison))
  test('is read as it was written', () => {
    const read = readRecorded(text, 'webshop')
    expect(read?.cells).toHaveLength(toyCells(comparison).length)
    const lines = (file: string): unknown[] =>
      file
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    expect(lines(writeRecorded('2026-11-28', comparison, read?.cells ?? []))).toEqual(lines(text))
    expect(read?.record.createdAtMs).toBe(Date.UTC(2026, 10, 28))
  })
  test.each([
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['a list', '[1]\n[2]'],
    ['a missing cell', text.split('\n').slice(0, -2).join('\n')],
    ['no day', text.replace('2026-11-28', 'some day')],
    ['another environment', text.replaceAll('webshop', 'intercode-sql')],
  ])('is none with %s', (_, other) => expect(readRecorded(other, 'webshop')).toBeUndefined())
})
