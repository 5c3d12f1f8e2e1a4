import { expect, test } from 'vitest'
import { cellKey, openCells } from '../../../src/scripts/experiments/cells-file.ts'
import { report } from '../../../src/scripts/experiments/report.ts'
import { partsOf } from '../../../src/scripts/experiments/studies.ts'
import { madeUpCell } from './made-up-cell.ts'

test('our variant over three rounds is told seed by seed against the cells of the policy gradients', () => {
  const parts = partsOf('gradient-rounds', { environments: ['webshop'], budgets: [5000], seeds: 3 })
  expect(parts.map(({ beside }) => beside)).toEqual(
    partsOf('gradient', { environments: ['webshop'], budgets: [5000], seeds: 3 }).map(({ comparison }) => comparison),
  )
  const [part] = parts
  if (part?.beside === undefined) throw new Error('no part')
  const { comparison, beside } = part
  const cells = openCells()
  const put = (key: string, rewards: readonly number[]) => {
    for (const [i, reward] of rewards.entries()) cells.add({ key, cell: madeUpCell(i + 1, 5000, reward), seconds: 0 })
  }
  expect(report('gradient-rounds', parts, cells)).toBe('')
  put(cellKey(beside, 0), [0.5, 0.6, 0.7])
  expect(report('gradient-rounds', parts, cells)).toBe('')
  put(cellKey(comparison, 0), [0.54, 0.65, 0.73]) // 0.04, 0.05 and 0.03 above: 0.04 ± 4.303 * 0.01 / sqrt(3)
  put(cellKey(beside, beside.arms.length - 1), [0.54, 0.65, 0.73])
  const told = report('gradient-rounds', parts, cells)
  expect(told).toMatch(/^### webshop, weak start, 3 rounds\n/)
  expect(told).toContain('| rro-recycled:rollouts=3:candidates=3, 3 rounds minus | 5000 calls |')
  expect(told).toMatch(/\| rloo:\S+ \| 0\.040 ± 0\.025 \|/)
  expect(told).toContain('| rro-recycled:rollouts=3:candidates=3 | 0.000 ± 0.000 |')
  expect(told).not.toContain('gigpo')
})
