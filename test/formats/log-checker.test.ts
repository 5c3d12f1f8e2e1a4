import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/log/events.ts'
import { LOG_METHODS, type RunConfig } from '../../src/core/settings/settings.ts'
import { LogChecker } from '../../src/formats/log-checker.ts'
import { anyConfig } from '../core/arbitraries.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'

type Method = RunConfig['method']

/** What is wrong with a log, and at which event; undefined where all of it fits. */
function faultOf(log: readonly RunEvent[]): { readonly at: number; readonly words: string } | undefined {
  const checker = new LogChecker()
  for (const [at, event] of log.entries()) {
    const words = checker.add(event)
    if (words !== undefined) return { at, words }
  }
  return undefined
}

/** Settings of a method, and a tree to explore: how many ways there are, how many grades of reward. */
const anyOf = (method: Method) =>
  fc.record({
    config: anyConfig.map((config) => ({ ...config, method })),
    branches: fc.integer({ min: 1, max: 4 }),
    grades: fc.integer({ min: 2, max: 5 }),
  })

interface Drawn {
  readonly config: RunConfig
  readonly branches: number
  readonly grades: number
}

const logOf = ({ config, branches, grades }: Drawn): Promise<RunEvent[]> =>
  collect(toyRun(treeActor(branches, 4, grades), config))

/** Fields whose value nothing else in the log tells. */
const FREE: Readonly<Record<Method, readonly string[]>> = {
  rro: [],
  'fixed-size': [],
  'rro-recycled': [],
  uct: [], // but see `unvisited` and `untold`
  ipr: ['rollout-finished.reward', 'pair-made'],
  eto: ['trajectory-pair-made.expertReward', 'trajectory-pair-made'],
  groups: [],
  replay: [],
}

/** Whether an event proposes a child of tree search that no simulation goes to in its step. */
function unvisited(event: RunEvent, log: readonly RunEvent[], method: Method): boolean {
  if (method !== 'uct' || event.type !== 'candidate-proposed') return false
  const { task, step, candidate } = event
  return !log.some(
    (other) =>
      other.type === 'candidate-scored' && other.task === task && other.step === step && other.candidate === candidate,
  )
}

/** Whether nothing else in the log tells of such a child: the draws that gave it were paid for in an earlier step. */
function untold(event: RunEvent, log: readonly RunEvent[], method: Method): boolean {
  return unvisited(event, log, method) && event.type === 'candidate-proposed' && event.source === 'recycled'
}

/**
 * At the step limit nothing tells an episode that ended by itself with a reward of 0 from one that was cut off: where a
 * step without a rise ends the task, the second would end so.
 */
function endsEitherWay(other: RunEvent, at: number, log: readonly RunEvent[]): boolean {
  const [head] = log
  const step = log.slice(0, at).findLast((event) => event.type === 'step-decided')
  if (head?.type !== 'run-started' || other.type !== 'task-finished' || other.end !== 'no-rise') return false
  const { noRise, stepLimit } = head.config
  return noRise === 'end-task' && step?.step === stepLimit && step.reason === 'no-rise' && other.reward === 0
}

/** Tree search that never looks at the last child of its second step. */
const GREEDY_TREE: Drawn = {
  config: toyConfig({ seed: 0, method: 'uct', rollouts: 1, candidates: 4, uctConstant: 0, stepLimit: 2, tasks: 3 }),
  ...{ branches: 4, grades: 2 },
}

/** Tree search whose children are often worth the same: only their order says whom it simulates next. */
const TIED_TREE: Drawn = {
  config: toyConfig({ seed: 0, method: 'uct', rollouts: 2, candidates: 5, uctConstant: 0.3, stepLimit: 1, tasks: 1 }),
  ...{ branches: 4, grades: 2 },
}

const COUNTED = ['step', 'candidate', 'rollout', 'chosen', 'continued', 'rejected', 'calls'] as const
const VALUES = [
  'bar',
  'reward',
  'outcome',
  'standardError',
  'weight',
  'chosenReward',
  'rejectedReward',
  'expertReward',
] as const
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  reason: ['rise', 'no-rise', 'best-of-k', 'most-visited', 'expert', 'only'],
  end: ['no-rise', 'no-difference', 'no-expert'],
  source: ['expert', 'recycled'],
}

/** Every way to change one thing of an event that the check should notice. */
function* tampered(event: RunEvent): Generator<readonly [field: string, event: RunEvent]> {
  const fields = event as unknown as Record<string, unknown>
  const changed = (field: string, value: unknown) =>
    [`${event.type}.${field}`, { ...event, [field]: value } as RunEvent] as const
  for (const field of COUNTED) {
    const value = fields[field]
    if (typeof value !== 'number') continue
    for (const other of [value + 1, value - 1]) yield changed(field, other)
  }
  for (const field of VALUES) {
    const value = fields[field]
    if (typeof value !== 'number') continue
    for (const other of [value + 0.07, value - 0.07, value + 2]) yield changed(field, other)
  }
  for (const [field, values] of Object.entries(CHOICES)) {
    const value = fields[field]
    if (typeof value === 'string') for (const other of values) if (other !== value) yield changed(field, other)
  }
  if (event.type === 'candidate-proposed' && event.source === undefined) yield changed('source', 'recycled')
  if (event.type === 'candidate-scored') yield changed('rises', !event.rises)
  if (event.type === 'candidate-proposed') yield changed('done', !event.done)
  if (event.type === 'trajectory-pair-made') yield changed('chosen', event.chosen === 'expert' ? 'agent' : 'expert')
  if (event.type === 'candidate-proposed' && event.recycled !== undefined) {
    yield changed('recycled', { ...event.recycled, rollouts: event.recycled.rollouts + 1 })
    yield changed('recycled', { ...event.recycled, reward: event.recycled.reward + 0.01 })
  }
  if (event.type === 'branch-pair-made') {
    yield changed('chosen', event.rejected)
    yield changed('rejected', { ...event.rejected, reward: event.rejected.reward + 0.01 })
    yield changed(
      'after',
      event.after.map((turn) => ({ ...turn, action: 'go[9]' })),
    )
  }
}

describe.each(LOG_METHODS)('a log of %s', (method) => {
  test('of any settings and world is accepted, and so is its beginning', async () => {
    await fc.assert(
      fc.asyncProperty(anyOf(method), async (drawn) => {
        expect(faultOf(await logOf(drawn))).toBeUndefined()
      }),
      { numRuns: 150 },
    )
  })

  test('is accepted where nobody has shown a task', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method }), undefined, () => undefined))
    expect(faultOf(log)).toBeUndefined()
  })

  test('with an event left out or written twice is refused', async () => {
    await fc.assert(
      fc.asyncProperty(anyOf(method), async (drawn) => {
        const log = await logOf(drawn)
        for (const [at, event] of log.entries()) {
          const without = log.filter((_, i) => i !== at)
          const twice = log.flatMap((one, i) => (i === at ? [one, one] : [one]))
          if (!['run-finished', ...FREE[method]].includes(event.type) && !untold(event, log, method))
            expect(faultOf(without), `without ${event.type}, ${at}`).toBeDefined()
          expect(faultOf(twice), `${event.type} twice, ${at}`).toBeDefined()
        }
      }),
      { numRuns: 8, examples: method === 'uct' ? [[GREEDY_TREE]] : [] },
    )
  })

  test('with one number, choice or flag changed is refused', async () => {
    let changes = 0
    await fc.assert(
      fc.asyncProperty(anyOf(method), async (drawn) => {
        const log = await logOf(drawn)
        for (const [at, event] of log.entries()) {
          for (const [field, other] of tampered(event)) {
            if (FREE[method].includes(field)) continue
            if (field === 'candidate-proposed.outcome' && unvisited(event, log, method)) continue
            if (field === 'task-finished.end' && endsEitherWay(other, at, log)) continue
            changes++
            const fault = faultOf(log.map((one, i) => (i === at ? other : one)))
            expect(fault, `${field} of ${JSON.stringify(event)} became ${JSON.stringify(other)}`).toBeDefined()
            expect(fault?.at).toBeGreaterThanOrEqual(at)
          }
        }
      }),
      { numRuns: 10, examples: method === 'uct' ? [[TIED_TREE]] : [] },
    )
    expect(changes).toBeGreaterThan(50)
  })
})

test('a log is refused as that of another method', async () => {
  for (const method of LOG_METHODS) {
    const log = await collect(toyRun(treeActor(), toyConfig({ method, tasks: 5 })))
    for (const other of LOG_METHODS) {
      if (other === method) continue
      const [first, ...rest] = log as [Extract<RunEvent, { type: 'run-started' }>, ...RunEvent[]]
      const renamed = { ...first, config: { ...first.config, method: other } }
      expect(faultOf([renamed, ...rest]), `${method} as ${other}`).toBeDefined()
    }
  }
})
