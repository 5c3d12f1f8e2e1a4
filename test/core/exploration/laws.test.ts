import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processReward } from '../../../src/core/exploration/process-reward.ts'
import { rises } from '../../../src/core/exploration/rise.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { foldRun } from '../../../src/core/log/fold-run.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { anyConfig, anyStepwiseConfig } from '../arbitraries.ts'
import { collect, positionAfter, toyConfig, toyRun, treeActor } from '../toy.ts'

const runs = { numRuns: 150 }

function tasksOf(log: readonly RunEvent[]): RunEvent[][] {
  const tasks: RunEvent[][] = []
  for (const event of log) {
    if (event.type === 'task-started') tasks.push([])
    if ('task' in event) tasks.at(-1)?.push(event)
  }
  return tasks
}

describe('laws of every run', () => {
  test('the same seed gives the same log', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        expect(await collect(toyRun(treeActor(), config))).toEqual(await collect(toyRun(treeActor(), config)))
      }),
      runs,
    )
  })

  test('another seed gives another log', async () => {
    const first = await collect(toyRun(treeActor(), toyConfig({ seed: 1 })))
    const second = await collect(toyRun(treeActor(), toyConfig({ seed: 2 })))
    expect(first.slice(1)).not.toEqual(second.slice(1))
  })

  test('a run cut after any event and resumed gives the rest of the same log', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, fc.nat(), async (config, cut) => {
        const whole = await collect(toyRun(treeActor(), config))
        const count = cut % whole.length
        const rest = await collect(toyRun(treeActor(), config, positionAfter(whole, count)))
        expect([...whole.slice(0, count), ...rest]).toEqual(whole)
      }),
      runs,
    )
  })

  test('what is recorded is not sampled again', async () => {
    const config = toyConfig({ candidates: 3, rollouts: 4 })
    const whole = await collect(toyRun(treeActor(), config))
    const cut = whole.findLastIndex((event) => event.type === 'rollout-finished') - 1
    const actor = treeActor()
    let rollouts = 0
    const counting = {
      ...actor,
      propose: () => expect.fail('nothing is left to propose before the missing rollouts'),
      rollouts: (...call: Parameters<typeof actor.rollouts>) => {
        rollouts += call[3].length
        return actor.rollouts(...call)
      },
    }
    const next = await toyRun(counting, config, positionAfter(whole, cut)).next()
    expect(next.value).toEqual(whole[cut])
    expect(rollouts).toBe(config.rollouts - (whole[cut] as { rollout: number }).rollout + 1)
  })

  test('a stored log that this program would not have written stops the run with a reason', async () => {
    const config = toyConfig()
    const whole = await collect(toyRun(treeActor(), config))
    const position = positionAfter(whole, 8)
    const unfinished = position.unfinished.map((event) =>
      event.type === 'task-started' ? { ...event, observation: 'somewhere else' } : event,
    )
    const events = await collect(toyRun(treeActor(), config, { ...position, unfinished }))
    expect(events).toMatchObject([{ type: 'run-failed', failure: { code: 'log-diverges' } }])
  })

  test('a step draws at least one and at most K candidates, fixed-size exactly k, RRO none after the rise', async () => {
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, async (config) => {
        for (const task of tasksOf(await collect(toyRun(treeActor(), config)))) {
          for (const { candidates } of foldTask(task)?.steps ?? []) {
            expect(candidates.length).toBeGreaterThanOrEqual(1)
            expect(candidates.length).toBeLessThanOrEqual(config.candidates)
            if (config.method === 'fixed-size') expect(candidates.length).toBe(config.candidates)
            else if (config.firstRise === 'skip')
              expect(candidates.slice(0, -1).every((candidate) => candidate.scored?.rises === false)).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  test('a pair prefers a strictly higher process reward and another action', async () => {
    let pairs = 0
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, async (config) => {
        for (const task of tasksOf(await collect(toyRun(treeActor(), config)))) {
          for (const step of foldTask(task)?.steps ?? []) {
            for (const pair of step.pairs) {
              const chosen = step.candidates[pair.chosen - 1]
              const rejected = step.candidates[pair.rejected - 1]
              expect(chosen?.scored?.reward).toBeGreaterThan(rejected?.scored?.reward ?? Number.NaN)
              expect(chosen?.proposed.action).not.toBe(rejected?.proposed.action)
              pairs++
            }
          }
        }
      }),
      runs,
    )
    expect(pairs).toBeGreaterThan(100)
  })

  test('of equals the one drawn first is chosen', async () => {
    let ties = 0
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, async (config) => {
        for (const task of tasksOf(await collect(toyRun(treeActor(), config)))) {
          for (const { candidates, decided } of foldTask(task)?.steps ?? []) {
            const chosen = (decided?.chosen ?? 0) - 1
            const equals = candidates.filter(({ scored }) => scored?.reward === candidates[chosen]?.scored?.reward)
            expect(equals[0]).toBe(candidates[chosen])
            if (equals.length > 1) ties++
          }
        }
      }),
      runs,
    )
    expect(ties).toBeGreaterThan(20)
  })

  test('a score is the mean of its rollouts, the next bar is the score of what continues, the verdict is the rule', async () => {
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, async (config) => {
        for (const task of tasksOf(await collect(toyRun(treeActor(), config)))) {
          const state = foldTask(task)
          let bar = config.firstBar === 'zero' ? 0 : processReward(state?.valueRollouts.map((r) => r.reward) ?? []).mean
          for (const step of state?.steps ?? []) {
            expect(step.bar).toBe(bar)
            for (const { proposed, rollouts, scored } of step.candidates) {
              expect(rollouts.length).toBe(proposed.done ? 0 : config.rollouts)
              const mean = rollouts.reduce((sum, { reward }) => sum + reward, 0) / rollouts.length
              expect(scored?.reward).toBeCloseTo(proposed.done ? (proposed.outcome ?? -1) : mean, 11)
              expect(scored?.rises).toBe(rises(config, scored?.reward ?? -1, bar, 1))
            }
            bar = step.candidates[(step.decided?.continued ?? 0) - 1]?.scored?.reward ?? Number.NaN
          }
        }
      }),
      runs,
    )
  })

  test('the costs of the tasks add up to the cost of the run, and to what the log shows', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const log = await collect(toyRun(treeActor(), config))
        const costs = tasksOf(log).map((task) => foldTask(task)?.cost)
        const { cost } = foldRun(log)
        for (const unit of ['candidates', 'rollouts', 'policyCalls'] as const)
          expect(costs.reduce((sum, of) => sum + (of?.[unit] ?? 0), 0)).toBe(cost[unit])
        const actions = log.flatMap((event) => (event.type === 'rollout-finished' ? event.actions : []))
        if (config.method === 'rro' || config.method === 'fixed-size')
          expect(cost.policyCalls).toBe(cost.candidates + actions.length)
      }),
      runs,
    )
  })

  test('no trajectory and no rollout is longer than the step limit', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        for (const event of await collect(toyRun(treeActor(), config))) {
          if ('step' in event) expect(event.step).toBeLessThanOrEqual(config.stepLimit)
          if (event.type === 'rollout-finished')
            expect(event.step + event.actions.length).toBeLessThanOrEqual(config.stepLimit)
        }
      }),
      runs,
    )
  })
})
