/** The way to a cell is computed again: it has to come to the very cell, by steps that are the rounds it tells of. */
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import type { Arm, Comparison } from '../../../src/core/comparison/comparison.ts'
import { GRADIENT_METHODS, isGradientMethod } from '../../../src/core/comparison/gradient-methods.ts'
import { gradientOf } from '../../../src/core/comparison/gradient-numbers.ts'
import { judgeOf } from '../../../src/training/study/judge.ts'
import { retrace, type Stretch } from '../../../src/training/study/retrace.ts'
import { runArm } from '../../../src/training/study/study.ts'
import { ARMS, SMALL, smallWorld } from './small-study.ts'

const world = await smallWorld()
/** The same data, loaded once more: with nothing of the first one in memory. */
const again = await smallWorld()

const EVERY: readonly Arm[] = [
  ...ARMS.filter(({ method }) => method !== 'sft'),
  ...GRADIENT_METHODS.map((method) => ({
    ...{ method, settings: method === 'vineppo' ? { rollouts: 1 } : { startRollouts: 3 } },
    training: { batch: 2 },
  })),
]
const SEED = 2
const places = EVERY.flatMap((arm, index) => [1, 3].map((rounds) => ({ method: arm.method, index, rounds })))

const sum = (stretches: readonly Stretch[], of: 'policyCalls' | 'pairs' | 'tasks'): number =>
  stretches.reduce((all, stretch) => all + stretch[of], 0)

async function cellsOf(comparison: Comparison, arm: number): Promise<Cell[]> {
  const cells: Cell[] = []
  for await (const cell of runArm(world, comparison, arm, SEED)) cells.push(cell)
  return cells
}

describe.each(places)('the way of $method in $rounds rounds', ({ index, rounds }) => {
  const comparison: Comparison = { ...SMALL, arms: EVERY, rounds }
  const arm = EVERY[index] as Arm

  test('comes to the cell, and says of each round what the cell says', async () => {
    const cells = await cellsOf(comparison, index)
    expect(cells).toHaveLength(comparison.budgets.length)
    for (const { budget, cost, tasks, pairs, weights, rounds: told } of cells) {
      const stretches = await retrace(again, comparison, index, { seed: SEED, budget })
      expect([...(stretches.at(-1)?.after ?? [])]).toEqual(weights)
      expect(stretches[0]?.before).toEqual(world.actor.parameters)
      expect([sum(stretches, 'policyCalls'), sum(stretches, 'pairs')]).toEqual([cost.policyCalls, pairs])
      let next = 0
      for (const [i, { firstTask, before }] of stretches.entries()) {
        expect(firstTask).toBeGreaterThanOrEqual(next)
        next = firstTask + (stretches[i]?.tasks ?? 0)
        if (i > 0) expect(before).toBe(stretches[i - 1]?.after)
      }
      expect(next).toBeLessThanOrEqual(tasks)
      const judge = judgeOf(again, comparison, arm, SEED)
      let spent = 0
      for (const [round, { policyCalls, score }] of told.entries()) {
        const own = stretches.filter((stretch) => stretch.round === round)
        spent += sum(own, 'policyCalls')
        expect(spent).toBe(policyCalls)
        expect(await judge.score(own.at(-1)?.after ?? new Float64Array())).toEqual(score)
        expect(own.map(({ update }) => update)).toEqual(
          isGradientMethod(arm.method) ? own.map((_, update) => update) : [undefined],
        )
      }
    }
  })
})

test('an update learns from whole batches, and what a budget cuts short teaches nothing', async () => {
  for (const [index, arm] of EVERY.entries()) {
    if (!isGradientMethod(arm.method)) continue
    const comparison = { ...SMALL, arms: EVERY, budgets: [400] }
    const stretches = await retrace(world, comparison, index, { seed: SEED, budget: 400 })
    expect(stretches.length).toBeGreaterThan(2)
    // Where the budget ended with a batch, the next one was begun, and nothing of it was paid for.
    const [cell] = await cellsOf(comparison, index)
    const cut = sum(stretches, 'tasks') === cell?.tasks ? [stretches.at(-1)] : []
    for (const stretch of stretches) {
      const { tasks, before, after } = stretch
      if (cut.includes(stretch)) {
        expect(after).toEqual(before)
        continue
      }
      expect(tasks).toBe(gradientOf(arm).batch)
      expect(after).not.toEqual(before)
    }
  }
})

test('who explores nothing has come no way; who is told to stop says so', async () => {
  const comparison = { ...SMALL, arms: ARMS, rounds: 2 }
  expect(await retrace(world, comparison, 0, { seed: 1, budget: 150 })).toEqual([])
  const stop = new AbortController()
  const going = retrace(world, comparison, 5, { seed: 1, budget: 400 }, { signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(going).rejects.toThrow('enough')
})
