/** A step decided anew is the step of a run with those settings, as far as the draws go; and says what is missing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawMore } from '../../../src/core/exploration/draw-more.ts'
import { recordOf } from '../../../src/core/exploration/record.ts'
import { partingBefore, type Redecision, redecide, withMore } from '../../../src/core/exploration/redecide.ts'
import type { CandidateProposed, RolloutFinished, RunEvent } from '../../../src/core/log/events.ts'
import { foldTask, type StepState, type TaskState } from '../../../src/core/log/fold-task.ts'
import { stream } from '../../../src/core/random.ts'
import type { RunConfig } from '../../../src/core/settings/settings.ts'
import { anyStepwiseConfig } from '../arbitraries.ts'
import { collect, toyConfig, toyRun, toyTasks, treeActor } from '../toy.ts'

const runs = { numRuns: 200 }

/** The algorithm's settings other than those of the world: what the knobs change. */
function withRules(config: RunConfig, { seed, tasks, stepLimit }: RunConfig): RunConfig {
  return { ...config, seed, tasks, stepLimit }
}

async function firstTask(config: RunConfig): Promise<{ events: RunEvent[]; task: TaskState }> {
  const events = (await collect(toyRun(treeActor(), { ...config, tasks: 1 }))).filter((event) => 'task' in event)
  const task = foldTask(events)
  if (task === undefined) throw new Error('a task has been explored')
  return { events, task }
}

/** What the recorded step came to, in the words of a redecision. */
function recorded({ decided, pairs }: StepState): Redecision['decision'] {
  if (decided === undefined) return undefined
  const { chosen, continued, reason } = decided
  return { chosen, continued, reason, rejected: pairs.map(({ rejected }) => rejected) }
}

function wanted({ candidates }: Redecision): number {
  return candidates.filter((candidate) => candidate.wanted === true).length
}

/** How far two tasks of one seed stand in the same states: steps that begin where the other's do. */
function sharedSteps(a: TaskState, b: TaskState): number {
  let step = 0
  while (a.steps[step] !== undefined && b.steps[step] !== undefined) {
    step++
    if (a.steps[step - 1]?.decided?.continued !== b.steps[step - 1]?.decided?.continued) break
  }
  return step
}

describe('a step decided anew', () => {
  test('under its own settings is the recorded one', async () => {
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, async (config) => {
        const { task } = await firstTask(config)
        for (const step of task.steps) {
          const anew = redecide(task, step.step, { rules: config, maxReward: 1 })
          expect(anew.bar).toBe(step.bar)
          expect(anew.missing).toBeUndefined()
          expect(anew.decision).toEqual(recorded(step))
          expect(wanted(anew)).toBe(step.candidates.length)
          expect(anew.candidates.map(({ value, rises }) => ({ reward: value?.mean, rises }))).toEqual(
            step.candidates.map(({ scored }) => ({ reward: scored?.reward, rises: scored?.rises })),
          )
        }
        expect(partingBefore(task, task.steps.length, { rules: config, maxReward: 1, bar: 2 })).toBeUndefined()
      }),
      runs,
    )
  })

  test('under other settings is that of a run with them, wherever the state is the same and the draws suffice', async () => {
    let decided = 0
    let undecided = 0
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, anyStepwiseConfig, async (config, other) => {
        const rules = withRules(other, config)
        const [{ task }, { task: whole }] = [await firstTask(config), await firstTask(rules)]
        for (let number = 1; number <= sharedSteps(task, whole); number++) {
          const step = whole.steps[number - 1] as StepState
          const anew = redecide(task, number, { rules, maxReward: 1 })
          if (anew.bar !== undefined) expect(anew.bar).toBe(step.bar)
          if (anew.decision === undefined) {
            undecided++
            const { step: at, candidate, rollouts, proposal } = anew.missing ?? { step: -1, candidate: -1 }
            const has = (of: TaskState) =>
              at === 0 ? of.valueRollouts : of.steps[at - 1]?.candidates[candidate - 1]?.rollouts
            const done = whole.steps[at - 1]?.candidates[candidate - 1]?.proposed.done
            expect(has(whole)?.length).toBe(done ? 0 : rollouts) // the run has drawn it,
            if (proposal)
              expect(has(task)).toBeUndefined() // the record has not
            else expect(has(task)?.length).toBeLessThan(rollouts ?? 0)
            continue
          }
          decided++
          expect(anew.decision).toEqual(recorded(step))
          expect(wanted(anew)).toBe(step.candidates.length)
          const values = anew.candidates.slice(0, step.candidates.length)
          expect(values.map(({ value, rises }) => ({ reward: value?.mean, rises }))).toEqual(
            step.candidates.map(({ scored }) => ({ reward: scored?.reward, rises: scored?.rises })),
          )
          const calls = step.candidates.flatMap(({ rollouts }) => rollouts.map(({ actions }) => actions.length))
          const bar = number === 1 ? whole.valueRollouts.map(({ actions }) => actions.length) : []
          expect(anew.cost).toEqual({
            candidates: step.candidates.length,
            rollouts: calls.length + bar.length,
            policyCalls: [...calls, ...bar].reduce((sum, of) => sum + of, step.candidates.length),
          })
        }
      }),
      { numRuns: 500 },
    )
    expect(decided).toBeGreaterThan(100)
    expect(undecided).toBeGreaterThan(50)
  })

  test('with what is missing drawn, is always that of a run with them', async () => {
    let drawn = 0
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, anyStepwiseConfig, async (config, other) => {
        const rules = withRules(other, config)
        const { events, task } = await firstTask(config)
        const { task: whole } = await firstTask(rules)
        const exploration = {
          ...{ config, actor: treeActor(), maxReward: 1, index: 0, random: stream(config.seed) },
          ...{ task: toyTasks(1)[0] as { id: string; instruction: string }, record: recordOf(events) },
        }
        for (let number = 1; number <= sharedSteps(task, whole); number++) {
          const more: (CandidateProposed | RolloutFinished)[] = []
          let most = Number.POSITIVE_INFINITY
          for (;;) {
            const anew = redecide(withMore(task, more), number, { rules, maxReward: 1 })
            if (anew.missing === undefined) {
              expect(anew.decision).toEqual(recorded(whole.steps[number - 1] as StepState))
              break
            }
            expect(anew.missing.atMost).toBeLessThanOrEqual(most)
            const before = more.length
            const fresh = await drawMore(exploration, withMore(task, more), anew.missing)
            for (const event of fresh)
              if (!more.some((one) => JSON.stringify(one) === JSON.stringify(event))) more.push(event)
            expect(more.length).toBeGreaterThan(before)
            most = anew.missing.atMost - anew.missing.more
            drawn++
          }
        }
      }),
      { numRuns: 100 },
    )
    expect(drawn).toBeGreaterThan(100)
  })

  test('under a larger margin, the stricter rule or a higher bar never stops earlier', async () => {
    const most = { ...toyConfig(), candidates: 6, method: 'fixed-size' as const }
    await fc.assert(
      fc.asyncProperty(
        anyStepwiseConfig,
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        async (config, margins, bars) => {
          const { task } = await firstTask({ ...config, candidates: most.candidates, method: most.method })
          const rules = { ...config, method: 'rro' as const }
          const stops = (changed: Partial<RunConfig>, bar?: number): number => {
            const anew = redecide(task, 1, { rules: { ...rules, firstBar: 'zero', ...changed }, maxReward: 1, bar })
            return anew.missing === undefined ? wanted(anew) : Number.POSITIVE_INFINITY
          }
          const [low, high] = margins.toSorted((a, b) => a - b)
          expect(stops({ margin: high as number })).toBeGreaterThanOrEqual(stops({ margin: low as number }))
          expect(stops({ riseRule: '>' })).toBeGreaterThanOrEqual(stops({ riseRule: '>=' }))
          const [lower, higher] = bars.toSorted((a, b) => a - b)
          expect(stops({}, higher)).toBeGreaterThanOrEqual(stops({}, lower))
        },
      ),
      runs,
    )
  })
})

describe('the way to a step', () => {
  test('parts where a run with these settings goes on with another candidate, and nowhere else', async () => {
    let parted = 0
    await fc.assert(
      fc.asyncProperty(anyStepwiseConfig, anyStepwiseConfig, async (config, other) => {
        const rules = withRules(other, config)
        const all = { ...config, method: 'fixed-size' as const, candidates: 6, rollouts: 6, firstBar: 'value' as const }
        const [{ task }, { task: whole }] = [await firstTask(all), await firstTask(rules)]
        const parting = partingBefore(task, task.steps.length, { rules, maxReward: 1 })
        if (parting === undefined) {
          expect(sharedSteps(task, whole)).toBe(task.steps.length)
          return
        }
        if (parting.how === 'unknown') return
        parted++
        expect(sharedSteps(task, whole)).toBe(parting.step)
        if (parting.how === 'ends') expect(whole.steps).toHaveLength(parting.step)
      }),
      runs,
    )
    expect(parted).toBeGreaterThan(20)
  })
})
