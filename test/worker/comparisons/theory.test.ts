/** Theory and duels in the lab, on the data and agents that ship with the page. */
import { afterAll, describe, expect, test } from 'vitest'
import { DEFAULT_COMPARISON } from '../../../src/core/comparison/default-comparison.ts'
import { unwrap } from '../../../src/core/failure.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { ENVIRONMENT_NAMES } from '../../../src/core/settings/settings.ts'
import { differenceOf, towerMean } from '../../../src/core/theory/theory.ts'
import { createNodeLab } from '../../../src/node/node-lab.ts'

const lab = createNodeLab()
afterAll(() => lab.close())

const REQUEST = { settings: { seed: 5, rollouts: 4 }, task: 1, actions: [], standardError: 0.02 } as const

describe.each(ENVIRONMENT_NAMES)('theory on %s', (environment) => {
  const request = { ...REQUEST, settings: { ...REQUEST.settings, environment } }

  test('probabilities add up to 1, and the value before is the mean of what follows', async () => {
    const report = unwrap(await lab.theory(request))
    expect(report.next.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
    expect(report.next.every(({ standardError }) => standardError <= 0.02)).toBe(true)
    // Within four standard errors, not 95 %: chance may not fail a test.
    const { reward, standardError } = differenceOf(towerMean(report.next), report.value)
    expect(Math.abs(reward)).toBeLessThan(4 * standardError)
    expect(report.previous).toEqual({ reward: 0, standardError: 0, rollouts: 0 })
  })

  test('walks on by an action, and asks the same again', async () => {
    const [first] = unwrap(await lab.theory(request)).next
    const actions = [first?.action ?? '']
    const report = unwrap(await lab.theory({ ...request, actions }))
    expect(report.actions).toEqual(actions)
    expect(report.previous.rollouts).toBe(4)
    expect(Math.abs(report.value.reward - (first?.reward ?? 0))).toBeLessThan(4 * Math.hypot(0.02, 0.02))
    expect(await lab.theory({ ...request, actions })).toEqual({ ok: true, value: report })
  })
})

test('a later question drops the one before', async () => {
  const [first, second] = await Promise.all([lab.theory({ ...REQUEST, standardError: 0.002 }), lab.theory(REQUEST)])
  expect(first).toMatchObject({ ok: false, failure: { code: 'theory-dropped' } })
  expect(second.ok).toBe(true)
})

test('there is nothing to ask where the episode is over, or where there is no task', async () => {
  const over = await lab.theory({ ...REQUEST, settings: { stepLimit: 1 }, actions: ['search[shoes]'] })
  expect(over).toMatchObject({ ok: false, failure: { code: 'theory-over' } })
  for (const task of [-1, 0.5, 1e12])
    expect(await lab.theory({ ...REQUEST, task })).toMatchObject({ ok: false, failure: { code: 'task-unknown' } })
})

describe('a duel', () => {
  const { arms } = DEFAULT_COMPARISON
  const numberOf = (method: string) => arms.findIndex((arm) => arm.method === method)
  const request = (a: string, b: string, seed = 2, task = 3) => ({
    ...{ comparison: DEFAULT_COMPARISON, arms: [numberOf(a), numberOf(b)] as const, seed, task },
  })

  test('explores the same task by both methods to its end, the same every time', async () => {
    const sides = unwrap(await lab.duel(request('rro', 'fixed-size')))
    const [a, b] = sides.map((events) => foldTask(events))
    expect([a?.task, b?.task]).toEqual([3, 3])
    expect(a?.taskId).toBe(b?.taskId)
    expect([a?.finished, b?.finished]).toEqual([expect.anything(), expect.anything()])
    expect(b?.steps.every(({ candidates }) => candidates.length === 2)).toBe(true)
    expect(a?.steps[0]?.candidates[0]?.proposed.action).toBe(b?.steps[0]?.candidates[0]?.proposed.action)
    expect(unwrap(await lab.duel(request('rro', 'fixed-size')))).toEqual(sides)
  })

  test('is the run that the same settings make', async () => {
    const [events] = unwrap(await lab.duel(request('rro', 'uct', 9, 0)))
    unwrap(await lab.create({ environment: 'webshop', model: 'weak', method: 'rro', rollouts: 1, seed: 9, tasks: 1 }))
    unwrap(await lab.advance('task'))
    expect(await lab.taskEvents(0)).toEqual(events)
  })

  test('shows methods that learn from an expert what the expert did', async () => {
    const [ipr, eto] = unwrap(await lab.duel(request('ipr', 'eto')))
    expect(ipr.some((event) => event.type === 'candidate-proposed' && event.source === 'expert')).toBe(true)
    expect(foldTask(eto)?.finished).toBeDefined()
  })

  test('of a task that no run has is refused', async () => {
    expect(await lab.duel(request('rro', 'uct', 1, 1e12))).toMatchObject({ failure: { code: 'task-unknown' } })
  })

  test('of what explores nothing is refused in words', async () => {
    expect(await lab.duel(request('sft', 'rro'))).toMatchObject({ ok: false, failure: { code: 'duel-nothing' } })
  })
})
