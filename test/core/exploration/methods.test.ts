import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Rollout } from '../../../src/core/exploration/actor.ts'
import {
  addRollout,
  branchPairs,
  rootOf,
  siblingPairs,
  stateValue,
} from '../../../src/core/exploration/methods/rollout-tree.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { foldRun } from '../../../src/core/log/fold-run.ts'
import { foldTask, type StepState } from '../../../src/core/log/fold-task.ts'
import { METHODS, type RunConfig } from '../../../src/core/settings/settings.ts'
import { anyConfig } from '../arbitraries.ts'
import { collect, toyConfig, toyRun, treeActor } from '../toy.ts'

const runs = { numRuns: 80 }

const only = (method: RunConfig['method']) => anyConfig.map((config) => ({ ...config, method }))

async function tasksOf(config: RunConfig, actor: Actor<never> = treeActor() as unknown as Actor<never>) {
  const tasks: RunEvent[][] = []
  for (const event of await collect(toyRun(actor, config))) {
    if (event.type === 'task-started') tasks.push([])
    if ('task' in event) tasks.at(-1)?.push(event)
  }
  return tasks
}

/** Counts what is really asked of an actor. */
function counting() {
  const actor = treeActor()
  const asked = { calls: 0, rollouts: 0 }
  const counted: typeof actor = {
    ...actor,
    propose(...call) {
      asked.calls++
      return actor.propose(...call)
    },
    rollouts(...call) {
      const rollouts = actor.rollouts(...call) as readonly Rollout[]
      asked.rollouts += rollouts.length
      for (const { actions } of rollouts) asked.calls += actions.length
      return rollouts
    },
  }
  return { asked, counted }
}

describe('laws of every method', () => {
  test.each(METHODS)('%s: the log tells every policy call and every rollout that was made', async (method) => {
    await fc.assert(
      fc.asyncProperty(only(method), async (config) => {
        const { asked, counted } = counting()
        const { cost } = foldRun(await collect(toyRun(counted, config)))
        expect(cost.policyCalls).toBe(asked.calls)
        // A simulation of the tree search that ends inside the tree asks for none.
        if (method === 'uct') expect(cost.rollouts).toBeGreaterThanOrEqual(asked.rollouts)
        else expect(cost.rollouts).toBe(asked.rollouts)
      }),
      runs,
    )
  })

  test.each(METHODS)('%s: pairs prefer the higher value and another action', async (method) => {
    let pairs = 0
    await fc.assert(
      fc.asyncProperty(only(method), async (config) => {
        for (const events of await tasksOf(config)) {
          const steps = foldTask(events)?.steps ?? []
          for (const event of events) {
            if (event.type === 'branch-pair-made') {
              pairs++
              expect(event.chosen.reward).toBeGreaterThan(event.rejected.reward)
              expect(event.chosen.action).not.toBe(event.rejected.action)
              expect(event.weight).toBeGreaterThan(0)
            }
            if (event.type === 'trajectory-pair-made') {
              pairs++
              const finished = events.at(-1) as { reward: number }
              if (event.chosen === 'expert') expect(event.expertReward).toBeGreaterThan(finished.reward)
              else expect(finished.reward).toBeGreaterThan(event.expertReward)
            }
            if (event.type !== 'pair-made') continue
            pairs++
            const step = steps[event.step - 1] as StepState
            const [chosen, rejected] = [step.candidates[event.chosen - 1], step.candidates[event.rejected - 1]]
            expect(chosen?.proposed.action).not.toBe(rejected?.proposed.action)
            const high = event.chosenReward ?? chosen?.scored?.reward ?? Number.NaN
            const low = event.rejectedReward ?? rejected?.scored?.reward ?? Number.NaN
            expect(high).toBeGreaterThan(low)
          }
        }
      }),
      { numRuns: 160 },
    )
    if (method === 'groups') expect(pairs).toBe(0)
    else expect(pairs).toBeGreaterThan(20)
  })

  test.each(METHODS)('%s: every task ends, with the outcome of its path where the episode is done', async (method) => {
    await fc.assert(
      fc.asyncProperty(only(method), async (config) => {
        for (const events of await tasksOf(config)) {
          const finished = events.at(-1)
          if (finished?.type !== 'task-finished') return expect.fail('a task does not end')
          const last = foldTask(events)?.steps.at(-1)
          const proposed = last?.candidates[(last.decided?.continued ?? 0) - 1]?.proposed
          if (finished.end === 'done') expect(finished.reward).toBe(proposed?.outcome)
        }
      }),
      runs,
    )
  })
})

describe('recycled rollouts', () => {
  test('the candidates of a step are the next actions of the rollouts through its state, and the bar their mean', async () => {
    await fc.assert(
      fc.asyncProperty(only('rro-recycled'), async (config) => {
        for (const events of await tasksOf(config)) {
          const state = foldTask(events)
          const path: string[] = []
          /** Every rollout so far, by the actions from the start. */
          const known: { actions: readonly string[]; from: number; reward: number }[] = (
            state?.valueRollouts ?? []
          ).map(({ actions, reward }) => ({ actions, from: 0, reward }))
          for (const step of state?.steps ?? []) {
            const through = known.filter(
              ({ actions, from }) =>
                from <= path.length && actions.length > path.length && path.every((action, i) => actions[i] === action),
            )
            const bar = through.reduce((sum, { reward }) => sum + reward, 0) / through.length
            expect(step.bar).toBeCloseTo(bar, 10)
            const next = new Map<string, number[]>()
            for (const { actions, reward } of through) {
              const action = actions[path.length] as string
              next.set(action, [...(next.get(action) ?? []), reward])
            }
            expect(new Set(step.candidates.map(({ proposed }) => proposed.action))).toEqual(new Set(next.keys()))
            for (const { proposed } of step.candidates) {
              expect(proposed.source).toBe('recycled')
              expect(proposed.recycled?.rollouts).toBe(next.get(proposed.action)?.length)
            }
            for (const { proposed, rollouts } of step.candidates) {
              for (const { actions, reward } of rollouts)
                known.push({ actions: [...path, proposed.action, ...actions], from: path.length + 1, reward })
            }
            const continued = step.candidates[(step.decided?.continued ?? 0) - 1]
            path.push(continued?.proposed.action ?? '')
          }
        }
      }),
      runs,
    )
  })

  test('verifies one after the other in the order of promise and stops at the first that rises', async () => {
    await fc.assert(
      fc.asyncProperty(only('rro-recycled'), async (config) => {
        for (const events of await tasksOf(config)) {
          for (const { candidates, decided } of foldTask(events)?.steps ?? []) {
            const scored = candidates.filter((candidate) => candidate.scored !== undefined)
            expect(scored).toEqual(candidates.slice(0, scored.length))
            expect(scored.length).toBeLessThanOrEqual(config.candidates)
            expect(scored.slice(0, -1).every((candidate) => candidate.scored?.rises === false)).toBe(true)
            expect(decided?.reason).toBe(scored.at(-1)?.scored?.rises ? 'rise' : 'no-rise')
            const promise = candidates.map(({ proposed }) => proposed.recycled?.reward ?? Number.NaN)
            expect(promise).toEqual([...promise].sort((a, b) => b - a))
          }
        }
      }),
      runs,
    )
  })

  test('ends a task in which every rollout earned the same', async () => {
    const flat = treeActor(3, 4, 5)
    const same: typeof flat = {
      ...flat,
      rollouts: (...call) => (flat.rollouts(...call) as readonly Rollout[]).map((of) => ({ ...of, reward: 0.5 })),
    }
    const log = await collect(toyRun(same, toyConfig({ method: 'rro-recycled', tasks: 1, startRollouts: 4 })))
    expect(log.at(-2)).toEqual({ type: 'task-finished', task: 0, reward: 0.5, end: 'no-difference' })
    expect(foldRun(log).cost.rollouts).toBe(4)
  })

  test('pair weights make the first step of DPO a step along the policy gradient of the state value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom(0, 0.25, 0.5, 1)), { minLength: 2, maxLength: 30 }),
        (draws) => {
          const actor = treeActor(3, 1)
          const root = rootOf(actor, actor.begin({ id: 't', instruction: '' }))
          // Rollouts whose outcome is told by the draw, not by the tree: nothing ends, values are means.
          const open: typeof actor = { ...actor, outcome: () => undefined }
          for (const [action, reward] of draws) addRollout(open, root, { actions: [`go[${action}]`], reward })
          const score = new Map([...root.children.keys()].map((action) => [action, 0]))
          for (const { chosen, rejected, weight } of siblingPairs(root)) {
            score.set(chosen.proposal.action, (score.get(chosen.proposal.action) ?? 0) + weight)
            score.set(rejected.proposal.action, (score.get(rejected.proposal.action) ?? 0) - weight)
          }
          // d value / d logit of action a = p_a (Q_a - V), times the number of draws.
          for (const [action, child] of root.children)
            expect(score.get(action)).toBeCloseTo(child.drawn * (stateValue(child) - root.sum / root.rollouts), 9)
        },
      ),
    )
  })

  test('pairs off the path are where rollouts parted, and say how to get there', () => {
    const actor: Actor<string[]> = {
      begin: () => [],
      propose: () => expect.fail('not asked'),
      reply: (_, action) => `Thought: so.\nAction: ${action}`,
      execute: (prefix, { action }) => [...prefix, action],
      outcome: () => undefined,
      observe: (prefix) => `after ${prefix.join(' ')}`,
      rollouts: () => [],
    }
    const root = rootOf(actor, [])
    addRollout(actor, root, { actions: ['a', 'b', 'c'], reward: 1 })
    addRollout(actor, root, { actions: ['a', 'b', 'd'], reward: 0 })
    addRollout(actor, root, { actions: ['x'], reward: 0.5 })
    const [child] = root.children.values()
    expect([...branchPairs(actor, child as never, 3, 2)]).toEqual([
      {
        type: 'branch-pair-made',
        task: 3,
        step: 2,
        after: [
          { text: 'Thought: so.\nAction: a', action: 'a', observation: 'after a' },
          { text: 'Thought: so.\nAction: b', action: 'b', observation: 'after a b' },
        ],
        chosen: { text: 'Thought: so.\nAction: c', action: 'c', reward: 1, rollouts: 1 },
        rejected: { text: 'Thought: so.\nAction: d', action: 'd', reward: 0, rollouts: 1 },
        weight: 0.5,
      },
    ])
  })
})

describe('tree search', () => {
  test('runs K m simulations from every state, reusing what is below', async () => {
    await fc.assert(
      fc.asyncProperty(only('uct'), async (config) => {
        for (const events of await tasksOf(config)) {
          for (const { candidates } of foldTask(events)?.steps ?? []) {
            const before = candidates.reduce((sum, { proposed }) => sum + (proposed.recycled?.rollouts ?? 0), 0)
            const now = candidates.reduce((sum, { rollouts }) => sum + rollouts.length, 0)
            // The state's own first visit, if it was a leaf before, went through none of its children.
            expect(before + now).toBeGreaterThanOrEqual(config.candidates * config.rollouts - 1)
          }
        }
      }),
      runs,
    )
  })

  test('finds the best leaf of a small tree that the policy hardly ever takes', async () => {
    const actor: Actor<string> = {
      begin: () => '',
      propose(_, __, random) {
        const action = random.next() < 0.2 ? 'b' : 'a'
        return { text: action, action }
      },
      execute: (prefix, { action }) => prefix + action,
      outcome: (prefix) => (prefix.length === 3 ? { reward: prefix === 'bbb' ? 1 : 0 } : undefined),
      observe: (prefix) => prefix,
      rollouts: (prefix, _limit, _temperature, streams) =>
        streams.map((random) => {
          const actions: string[] = []
          while (prefix.length + actions.length < 3) actions.push(random.next() < 0.2 ? 'b' : 'a')
          return { actions, reward: prefix + actions.join('') === 'bbb' ? 1 : 0 }
        }),
    }
    const config = toyConfig({ method: 'uct', candidates: 12, rollouts: 12, tasks: 5, uctConstant: 0.5 })
    const { tasks } = foldRun(await collect(toyRun(actor, config)))
    expect(tasks.map(({ reward }) => reward)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('IPR and ETO', () => {
  test('pass over tasks that nobody has shown', async () => {
    for (const method of ['ipr', 'eto'] as const) {
      const log = await collect(toyRun(treeActor(), toyConfig({ method, tasks: 1 }), undefined, () => undefined))
      expect(log.at(-2)).toMatchObject({ type: 'task-finished', end: 'no-expert' })
      expect(foldRun(log).cost).toEqual({ candidates: 0, rollouts: 0, policyCalls: 0 })
    }
  })

  test('IPR follows the expert, and pairs only where step and final reward agree', async () => {
    await fc.assert(
      fc.asyncProperty(only('ipr'), async (config) => {
        for (const events of await tasksOf(config)) {
          for (const { candidates, decided, pairs } of foldTask(events)?.steps ?? []) {
            expect(candidates[0]?.proposed).toMatchObject({ action: 'go[0]', source: 'expert' })
            expect(decided?.continued).toBe(1)
            expect(pairs.length).toBeLessThanOrEqual(1)
            for (const { chosen } of pairs) {
              const rewards = candidates.map(({ scored }) => scored?.reward ?? Number.NaN)
              const [high = 0, low = 0] = chosen === 1 ? rewards : rewards.slice().reverse()
              expect(high - low).toBeGreaterThan(0.01)
            }
          }
        }
      }),
      runs,
    )
  })
})

describe('groups', () => {
  test('play G whole episodes, and end with their mean', async () => {
    await fc.assert(
      fc.asyncProperty(only('groups'), async (config) => {
        for (const events of await tasksOf(config)) {
          const task = foldTask(events)
          expect(task?.valueRollouts.length).toBe(config.startRollouts)
          const sum = task?.valueRollouts.reduce((all, { reward }) => all + reward, 0) ?? 0
          expect(task?.steps).toEqual([])
          expect(task?.finished).toMatchObject({ end: 'group' })
          expect(task?.finished?.reward).toBeCloseTo(sum / config.startRollouts, 9)
        }
      }),
      runs,
    )
  })
})
