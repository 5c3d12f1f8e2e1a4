/** Real cells of both environments, in Node: alone as among others, and as runs of the library. */
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import { parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { createTally } from '../../../src/training/study/tally.ts'
import { createJobRunner } from '../../../src/worker/comparisons/study-jobs.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import { eventually } from '../../eventually.ts'
import { openTestLab } from '../labs.ts'

const TRAINING = { episodes: 1, epochs: 1 }

/** All cells of a comparison. */
async function compared(lab: Lab, settings: Record<string, unknown>): Promise<readonly Cell[]> {
  const { id } = unwrap(await lab.compare({ ...settings, ...TRAINING })).progress.info
  const finished = async () => (await lab.comparisons()).find((info) => info.id === id)
  await eventually(async () => {
    const info = await finished()
    expect(info?.cells).toBe(info?.total)
  }, 20)
  return unwrap(await lab.openComparison(id)).cells
}

/** What a run's events cost and made before the call that exceeds the budget. */
function spent(events: readonly RunEvent[], budget: number) {
  const tally = createTally()
  for (const event of events) {
    if (tally.costWith(event) > budget) break
    tally.add(event)
  }
  return tally.numbers()
}

async function exploredIn(lab: Lab, tasks: number): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = []
  for (let task = 0; task < tasks; task++) {
    unwrap(await lab.advance('task'))
    events.push(...(await lab.taskEvents(task)))
  }
  return events
}

describe.each([
  ['webshop', 'rro;eto;ipr;fixed-size:candidates=2;uct:candidates=3;rro-recycled:rollouts=3:candidates=3', [300, 700]],
  ['intercode-sql', 'rro-recycled:rollouts=3:candidates=3', [250]],
] as const)('a comparison of %s', (environment, arms, budgets) => {
  test('has behind each cell a run that explores the same, event for event', async () => {
    const lab = openTestLab()
    const cells = await compared(lab, { environment, arms, budgets: budgets.join(), seeds: 1 })
    expect(cells).toHaveLength(arms.split(';').length * budgets.length)
    for (const cell of cells) {
      const { progress } = unwrap(await lab.openCell(cell))
      expect(progress).toMatchObject({ status: 'paused', blocked: undefined, info: { config: { tasks: cell.tasks } } })
      const events = await exploredIn(lab, cell.tasks)
      const { cost, tasks, steps, pairs, candidates } = cell
      expect(spent(events, cell.budget)).toEqual({ cost, tasks, steps, pairs, candidates })
      // The same run is found again, as far as it was explored.
      const again = unwrap(await lab.openCell(cell)).progress.info
      expect(again).toMatchObject({ id: progress.info.id, tasksFinished: cell.tasks })
    }
  })
})

test('a cell is the same alone as after those of smaller budgets, with rounds and without', async () => {
  const runner = createJobRunner(diskLoader())
  for (const rounds of [1, 2]) {
    const { comparison } = parseComparison({
      arms: 'uct:candidates=3;rro',
      budgets: '200,500',
      seeds: 1,
      rounds,
      ...TRAINING,
    })
    for (const arm of comparison.arms.keys()) {
      const cellsOf = async (budgets: readonly number[]): Promise<Cell[]> => {
        const cells: Cell[] = []
        const job = { comparison: { ...comparison, budgets }, own: undefined, arm, seed: 1 }
        unwrap(await runner.run(job, (cell) => cells.push(cell)))
        return cells
      }
      const [, last] = await cellsOf([200, 500])
      expect(await cellsOf([500])).toEqual([last])
    }
  }
})

test('a cell that no run is behind is refused with a sentence', async () => {
  const lab = openTestLab()
  const place = { arm: 0, seed: 1, budget: 200 }
  const refused = async (opening: Promise<Result<unknown>>) => {
    const opened = await opening
    return opened.ok ? undefined : opened.failure.code
  }
  expect(await refused(lab.openCell(place))).toBe('nothing-open')
  const settings = { budgets: '200', seeds: 1 }
  await compared(lab, { ...settings, arms: 'sft' })
  expect(await refused(lab.openCell(place))).toBe('cell-unexplored')
  expect(await refused(lab.openCell({ ...place, seed: 9 }))).toBe('cell-missing')
  await compared(lab, { ...settings, arms: 'rro', rounds: 2 })
  expect(await refused(lab.openCell(place))).toBe('cell-rounds')
  await compared(lab, { ...settings, arms: 'grpo:startRollouts=4:batch=1' })
  expect(await refused(lab.openCell(place))).toBe('cell-gradient')
  expect(await lab.runs()).toEqual([])
  // Its policy can be kept, and says how it came about.
  const kept = unwrap(await lab.agent('keepCell', place, 'Followed'))
  expect(kept.trained).toMatchObject({ pairs: 0, clip: 0.2, batch: 1 })
  expect(kept.trained).not.toHaveProperty('beta')
})
