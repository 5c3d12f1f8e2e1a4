/** Real cells of both environments, in Node: alone as among others, and as runs of the library. */
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import { parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { type Result, success, unwrap } from '../../../src/core/failure.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { createTally } from '../../../src/training/study/tally.ts'
import { createJobRunner } from '../../../src/worker/comparisons/study-jobs.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import { eventually } from '../../eventually.ts'
import { FEW_TO_JUDGE_BY } from '../few-to-judge-by.ts'
import { openTestLab, SHIPPED } from '../labs.ts'

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
    const lab = openTestLab({ loader: FEW_TO_JUDGE_BY })
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

const ROUNDS = {
  webshop: 'rro;eto;ipr:rollouts=2;uct:candidates=3;rro-recycled:rollouts=3:candidates=3',
  sql: 'rro:rollouts=2',
}
const GRADIENTS =
  'rloo:startRollouts=3;grpo:startRollouts=3:batch=2;gigpo:startRollouts=3:batch=2;vineppo:rollouts=1:batch=2'

describe.each([
  ['pairs, in rounds', { environment: 'webshop', arms: ROUNDS.webshop, rounds: 3, budgets: '600', start: 'weak' }],
  [
    'pairs, in rounds, of SQL',
    { environment: 'intercode-sql', arms: ROUNDS.sql, rounds: 2, budgets: '250', start: '' },
  ],
  ['the policy gradient', { environment: 'webshop', arms: GRADIENTS, rounds: 1, budgets: '300', start: 'weak' }],
  [
    'the policy gradient, in rounds',
    { environment: 'webshop', arms: 'grpo:startRollouts=3:batch=2', rounds: 2, budgets: '400', start: '' },
  ],
])('a cell of several policies: %s', (_name, settings) => {
  test('has behind each stretch a run by the policy that explored there, which spends and finds the same', async () => {
    const lab = openTestLab({ loader: FEW_TO_JUDGE_BY })
    const cells = await compared(lab, { ...settings, seeds: 1 })
    for (const cell of cells) {
      const stretches = unwrap(await lab.agent('cellStretches', cell))
      expect(stretches.length).toBeGreaterThan(1)
      expect(stretches.filter(({ score }) => score !== undefined).map(({ score }) => score)).toEqual(
        cell.rounds.map(({ score }) => score),
      )
      const ids = new Set<string>()
      for (const [number, stretch] of stretches.entries()) {
        const { progress } = unwrap(await lab.openCell(cell, number))
        const { info, blocked, status } = progress
        ids.add(info.id)
        const { tasks, firstTask } = stretch
        expect([status, blocked]).toEqual(['paused', undefined])
        expect(info.config).toMatchObject({ tasks, firstTask: firstTask + 1 })
        if (number === 0) expect(info.config.model).toBe(settings.start)
        const { cost, pairs } = spent(await exploredIn(lab, tasks), stretch.policyCalls)
        expect([cost.policyCalls, pairs]).toEqual([stretch.policyCalls, stretch.pairs])
        // It goes on with its own agent, which nobody has kept.
        const again = unwrap(await lab.openCell(cell, number)).progress
        expect([again.info.id, again.blocked, again.info.tasksFinished]).toEqual([info.id, undefined, tasks])
      }
      expect(ids.size).toBe(stretches.length)
      // What came of a stretch explores the one after; what came of the last is the cell's own.
      for (const [number, { round }] of stretches.entries()) {
        const kept = unwrap(await lab.agent('keepCell', cell, `After ${number + 1}`, number))
        expect(kept.trained).toMatchObject({ rounds: round + 1 })
        if (number + 1 === stretches.length) {
          const whole = unwrap(await lab.agent('keepCell', cell, 'Whole'))
          expect(whole.model).toBe(kept.model)
          expect(whole.trained.policyCalls).toBe(kept.trained.policyCalls)
          expect(whole.trained.testReward).toBe(kept.trained.testReward)
        } else {
          const next = unwrap(await lab.openCell(cell, number + 1)).progress.info
          expect(next.config.model).toBe(kept.model)
        }
      }
    }
  })
})

test('a cell that was computed otherwise is told of, and nothing is opened behind it', async () => {
  const store = createMemoryStore()
  const lab = openTestLab({ loader: FEW_TO_JUDGE_BY, openStore: async () => success(store) })
  const [cell] = await compared(lab, { arms: 'rro', rounds: 2, budgets: '200', seeds: 1 })
  if (cell === undefined) throw new Error('no cell')
  const { id } = unwrap(await lab.openComparison((await lab.comparisons())[0]?.id ?? '')).progress.info
  const comparisons = unwrap(await store.comparisons())
  const [first = 0, ...rest] = cell.weights
  unwrap(await comparisons.addCells(id, [{ ...cell, weights: [first + 1e-9, ...rest] }]))
  unwrap(await lab.openComparison(id))
  const failed = { ok: false, failure: { code: 'cell-differs' } }
  expect(await lab.agent('cellStretches', cell)).toMatchObject(failed)
  expect(await lab.openCell(cell, 0)).toMatchObject(failed)
  expect(await lab.runs()).toEqual([])
})

test('what is behind a cell is told as it comes, and broken off when nobody waits for it', async () => {
  const lab = openTestLab({ loader: FEW_TO_JUDGE_BY })
  const shares: number[] = []
  await lab.subscribe((update) => void (update.type === 'stretches' && shares.push(update.share)))
  const [cell] = await compared(lab, { arms: 'rro', rounds: 2, budgets: '2000', seeds: 1 })
  if (cell === undefined) throw new Error('no cell')
  const left = lab.agent('cellStretches', cell)
  await eventually(() => expect(shares.length).toBeGreaterThan(0), 1)
  const again = lab.agent('leaveStretches').then(() => lab.agent('cellStretches', cell))
  expect(await left).toMatchObject({ ok: false, failure: { code: 'cell-left' } })
  expect(unwrap(await again)).toHaveLength(2)
  expect(shares.every((share) => share > 0 && share <= 1)).toBe(true)
  expect(shares.at(-1)).toBeGreaterThan(0.9)
})

test('a cell is the same alone as after those of smaller budgets, with rounds and without', async () => {
  const runner = createJobRunner(SHIPPED)
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

test('a cell that no run is behind is refused with a sentence, and so is one without saying which of several', async () => {
  const lab = openTestLab({ loader: FEW_TO_JUDGE_BY })
  const place = { arm: 0, seed: 1, budget: 200 }
  const refused = async (opening: Promise<Result<unknown>>) => {
    const opened = await opening
    return opened.ok ? undefined : opened.failure.code
  }
  expect(await refused(lab.openCell(place))).toBe('nothing-open')
  const settings = { budgets: '200', seeds: 1 }
  await compared(lab, { ...settings, arms: 'sft' })
  expect(await refused(lab.openCell(place))).toBe('cell-unexplored')
  expect(await refused(lab.agent('cellStretches', place))).toBe('cell-unexplored')
  expect(await refused(lab.openCell({ ...place, seed: 9 }))).toBe('cell-missing')
  await compared(lab, { ...settings, arms: 'rro', rounds: 2 })
  for (const stretch of [undefined, 2, -1, 0.5])
    expect(await refused(lab.openCell(place, stretch))).toBe('cell-stretch')
  await compared(lab, { ...settings, arms: 'grpo:startRollouts=4:batch=1' })
  expect(await refused(lab.openCell(place))).toBe('cell-stretch')
  expect(await lab.runs()).toEqual([])
  // Its policy can be kept, and says how it came about.
  const kept = unwrap(await lab.agent('keepCell', place, 'Followed'))
  expect(kept.trained).toMatchObject({ pairs: 0, clip: 0.2, batch: 1 })
  expect(kept.trained).not.toHaveProperty('beta')
})
