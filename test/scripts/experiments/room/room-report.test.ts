import { expect, test } from 'vitest'
import { cellKey, openCells, wayKey } from '../../../../src/scripts/experiments/cells-file.ts'
import { report } from '../../../../src/scripts/experiments/report.ts'
import { partsOf } from '../../../../src/scripts/experiments/studies.ts'
import { madeUpCell } from '../made-up-cell.ts'

const [part] = partsOf('room', { environments: ['intercode-sql'], starts: ['sharp'], budgets: [5000], seeds: 3 })
if (part?.ways === undefined) throw new Error('no part')
const { comparison, ways } = part

/** A cell of seed 1, 2 and 3 for each reward. */
function cellsOf(rewards: Readonly<Record<string, readonly number[]>>) {
  const cells = openCells()
  const keys = [
    ...comparison.arms.map(({ method }, arm) => [method, cellKey(comparison, arm)] as const),
    ...ways.map((way) => [way.name, wayKey(comparison, way)] as const),
  ]
  for (const [name, key] of keys) {
    for (const [i, reward] of (rewards[name] ?? []).entries()) {
      cells.add({ key, cell: madeUpCell(i + 1, 5000, reward), seconds: 0 })
    }
  }
  return cells
}

const EXACT = 'exact values, 1 episode a task'

test('a place is judged by the best gradient and by every arm, seed by seed', () => {
  const cells = cellsOf({
    [EXACT]: [0.6, 0.62, 0.64],
    grpo: [0.56, 0.57, 0.61], // 0.04, 0.05 and 0.03 below: 0.04 ± 4.303 * 0.01 / sqrt(3)
    gigpo: [0.5, 0.58, 0.42], // 0.1, 0.04 and 0.22
    'rro-recycled': [0.5, 0.52, 0.54],
  })
  const [row, ...others] = report('room', [part], cells).match(/^\| intercode-sql, sharp start, .*$/gm) ?? []
  expect(row).toBe(
    '| intercode-sql, sharp start, 5000 calls | 0.620 | grpo 0.580 | 0.040 ± 0.025 | 0.065 | all but rloo, gigpo, vineppo | 0.100 ± 0.000 |',
  )
  expect(others).toEqual(['| intercode-sql, sharp start, 5000 calls | grpo 0.580 | 0.040 ± 0.025 |  |  |'])
})

test('at each price the better of its ways is held against the best gradient', () => {
  const cells = cellsOf({
    'exact values at a rollout each': [0.58, 0.6, 0.62],
    'exact values at a rollout each, 4 times the updates': [0.5, 0.52, 0.54],
    'exact values at 3 rollouts each': [0.4, 0.42, 0.44],
    'exact values at 3 rollouts each, 4 times the updates': [0.5, 0.52, 0.54],
    grpo: [0.56, 0.57, 0.61], // 0.02, 0.03 and 0.01 below the one, 0.06, 0.05 and 0.07 above the other
    gigpo: [0.5, 0.58, 0.42],
  })
  const told = report('room', [part], cells)
  expect(told).toMatch(/^### What a score may cost/)
  expect(told.match(/^\| intercode-sql, sharp start, .*$/gm)).toEqual([
    '| intercode-sql, sharp start, 5000 calls | grpo 0.580 |  | 0.020 ± 0.025 | -0.060 ± 0.025 |',
  ])
})

test('averaging alone stands beside the arms; what is not there yet is left out', () => {
  const told = report('room', [part], cellsOf({ [EXACT]: [0.6, 0.62, 0.64], 'grpo, averaged': [0.59, 0.61, 0.63] }))
  expect(told).toMatch(/^### intercode-sql, sharp start/)
  expect(told).toContain('| grpo, averaged | 0.010 ± 0.000 |')
  expect(report('room', [part], openCells())).toBe('')
})
