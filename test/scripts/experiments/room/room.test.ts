import { expect, test } from 'vitest'
import { formatArm } from '../../../../src/core/comparison/arm-address.ts'
import { openCells } from '../../../../src/scripts/experiments/cells-file.ts'
import { keysOf } from '../../../../src/scripts/experiments/job.ts'
import { createRunner } from '../../../../src/scripts/experiments/jobs.ts'
import { report } from '../../../../src/scripts/experiments/report.ts'
import { armOf } from '../../../../src/scripts/experiments/room/ways.ts'
import { partsOf } from '../../../../src/scripts/experiments/studies.ts'
import { GRADIENT_TUNED } from '../../../../src/scripts/experiments/tuned-gradient.ts'
import { FEW_TO_JUDGE_BY } from '../../../worker/few-to-judge-by.ts'

const CHOICE = { starts: ['weak'], episodes: 1 } as const

test.each([
  ['webshop', [1, 2], [300, 1000], /\| rloo:\S* \| -?\d\.\d+ ± /],
  ['intercode-sql', [1], [300], /\| rloo:\S* \|/],
] as const)(
  '%s: ways spend no more than they are given, and are told beside the arms',
  async (environment, seeds, budgets, difference) => {
    const [part] = partsOf('room', { ...CHOICE, environments: [environment], seeds: seeds.length, budgets })
    if (part?.ways === undefined) throw new Error('no part')
    const { comparison } = part
    const unpriced = part.ways.filter(({ price }) => price === undefined)
    const ways = unpriced.map((way) => (way.reach === undefined ? way : { ...way, reach: 2 * Math.max(...budgets) }))
    const cells = openCells()
    const run = createRunner(FEW_TO_JUDGE_BY)
    const within = { ...part, ways }
    for (const seed of seeds) {
      for (const [i, way] of ways.entries()) {
        const arm = comparison.arms.length + i
        const records = await run({ ...within, arm, seed })
        expect(records.map(({ cell }) => cell.budget)).toEqual(comparison.budgets)
        for (const { key, cell } of records) {
          expect(key).toBe(keysOf({ ...within, arm, seed })[0])
          expect(cell.cost.policyCalls).toBeLessThanOrEqual(way.reach ?? cell.budget)
          expect(cell.cost.policyCalls).toBeGreaterThan(0.9 * (way.reach ?? cell.budget)) // an episode has ten steps at most
          cells.add({ key, cell, seconds: 0 })
        }
        if (seed === 1)
          expect(await run({ ...within, arm, seed })).toMatchObject(records.map(({ key, cell }) => ({ key, cell })))
      }
      const usual = comparison.arms.findIndex(({ method }) => method === 'rloo')
      for (const record of await run({ ...within, arm: usual, seed })) cells.add(record)
    }
    const told = report('room', [within], cells)
    for (const { name } of ways) expect(told).toContain(`| ${name} |`)
    expect(told).toContain('| exact values, 1 episode a task minus |')
    expect(told).toMatch(difference)
    expect(told).not.toContain('400,000 calls minus')
  },
)

test('a value that costs rollouts leaves fewer episodes, and is paid for before it is learnt from', async () => {
  const [part] = partsOf('room', { ...CHOICE, environments: ['webshop'], seeds: 1, budgets: [1500] })
  if (part?.ways === undefined) throw new Error('no part')
  const batch = 5
  const exact = part.ways.find(({ values, episodes }) => values === 'exact' && episodes === 1)
  if (exact === undefined) throw new Error('no way')
  const ways = [{}, { price: 1 }, { price: 3 }, { price: 1000 }].map((price) => {
    return { ...exact, ...price, training: { ...exact.training, batch } }
  })
  const run = createRunner(FEW_TO_JUDGE_BY)
  const cells = []
  for (const i of ways.keys())
    cells.push(...(await run({ ...part, ways, arm: part.comparison.arms.length + i, seed: 1 })))
  const [free, one, three, unpayable] = cells.map(({ cell }) => cell)
  if (!free || !one || !three || !unpayable) throw new Error('no cell')
  expect(free.tasks).toBeGreaterThan(2 * one.tasks)
  expect(one.tasks).toBeGreaterThan(1.5 * three.tasks)
  // What is drawn costs as much as ever; what is bought comes on top, to the budget and no further.
  for (const { tasks, cost, weights } of [one, three]) {
    expect(cost.policyCalls / tasks).toBeGreaterThan((1.5 * free.cost.policyCalls) / free.tasks)
    expect(cost.policyCalls).toBeLessThanOrEqual(1500)
    expect(weights).not.toEqual(unpayable.weights)
  }
  expect(unpayable.tasks).toBe(batch)
})

test('each setting has what suits GRPO there', () => {
  const places = partsOf('room').map(({ comparison: { environment, start, arms, seeds, budgets }, ways = [] }) => {
    const tuned = GRADIENT_TUNED[`${environment} ${start}`]
    expect(arms.slice(0, -1).map((arm) => [formatArm({ ...arm, training: {} }), arm.training])).toEqual(
      Object.entries(tuned ?? {}),
    )
    expect(ways.every(({ reach, training }) => reach !== undefined || training.epochs === tuned?.grpo?.epochs)).toBe(
      true,
    )
    expect([seeds, budgets]).toEqual([20, [5000, 10_000, 20_000]])
    return `${environment} ${start}`
  })
  expect(places).toEqual(Object.keys(GRADIENT_TUNED))
})

test('ways differ in their values and groups, and no more: as many episodes an update as the tuned GRPO has', () => {
  for (const { comparison, ways = [] } of partsOf('room')) {
    const grpo = comparison.arms.find(({ method }) => method === 'grpo')?.training
    for (const way of ways.filter(({ reach }) => reach === undefined)) {
      const { settings, training = {} } = armOf(way)
      expect((training.batch as number) * (settings.startRollouts as number)).toBeLessThanOrEqual(
        10 * (grpo?.batch as number),
      )
      expect({ ...training, batch: grpo?.batch }).toEqual(grpo)
    }
  }
})
