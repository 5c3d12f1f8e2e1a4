import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { differenceOf, towerMean } from '../../src/core/theory/theory.ts'
import type { EnumerablePolicy } from '../../src/policies/policy.ts'
import { type ExactOptions, exactValues } from '../../src/training/exact-values.ts'

/** After `stop` the episode is over with 0.4; after `go` a coin decides, with a chance of 0.75 for 1; `stay` goes nowhere. */
const PROBABILITIES: Readonly<Record<string, number>> = { stop: 0.2, go: 0.7, stay: 0.1 }

const policy: EnumerablePolicy<readonly string[]> = {
  ...{ name: 'toy', fingerprint: '0', parameters: new Float64Array(0) },
  begin: () => [],
  propose: () => ({ text: '', action: 'stop' }),
  execute: (prefix, { action }) => (action === 'stay' ? prefix : [...prefix, action]),
  outcome: (prefix) => (prefix[0] === 'stop' ? { reward: 0.4 } : undefined),
  observe: (prefix) => prefix.join(),
  rollouts: (prefix, limit, _temperature, streams) =>
    streams.map((random) => {
      let at = prefix
      for (let left = limit; left > 0; left--) {
        if (at[0] === 'go') return { actions: ['flip'], reward: Number(random.next() < 0.75) }
        const uniform = random.next()
        if (uniform < 0.2) return { actions: ['stop'], reward: 0.4 }
        if (uniform < 0.9) at = ['go']
      }
      return { actions: [], reward: 0 }
    }),
  actions: () => Object.keys(PROBABILITIES),
  logProbability: (_prefix, action) => Math.log(PROBABILITIES[action] ?? 0),
  addGradient: () => 0,
  withParameters: () => policy,
}

const OPTIONS: ExactOptions = {
  ...{ temperature: 1, limit: 4, minReward: 0, maxReward: 1, standardError: 0.01, most: 10_000 },
  random: stream(3).child('exact'),
}

test('every action has its probability, its process reward within its error, and the law of its outcomes', async () => {
  const { actions } = await exactValues(policy, [], OPTIONS)
  expect(actions.map(({ action }) => action)).toEqual(['go', 'stop', 'stay'])
  const [go, stop] = actions
  expect(go).toMatchObject({ probability: expect.closeTo(0.7, 12), done: false })
  expect(Math.abs((go?.reward ?? 0) - 0.75)).toBeLessThan(4 * (go?.standardError ?? 0))
  expect(go?.standardError).toBeLessThanOrEqual(0.01)
  expect(go?.outcomes.map(({ value }) => value)).toEqual([0, 1])
  const exact = { reward: 0.4, standardError: 0, rollouts: 0, done: true, outcomes: [{ value: 0.4, probability: 1 }] }
  expect(stop).toMatchObject(exact)
})

test('the value of the prefix is the mean over its actions (tower property)', async () => {
  const { actions, value } = await exactValues(policy, [], OPTIONS)
  expect(differenceOf(towerMean(actions), value).within).toBe(true)
})

test('at the last action of an episode everything is over and worth 0, but for what ended by itself', async () => {
  const { actions } = await exactValues(policy, [], { ...OPTIONS, limit: 1 })
  expect(actions.map(({ done, reward }) => [done, reward])).toEqual([
    [true, 0],
    [true, 0.4],
    [true, 0],
  ])
})

test('rollouts have one action less than the episode has left', async () => {
  const { actions } = await exactValues(policy, [], { ...OPTIONS, limit: 2 })
  const stay = actions.find(({ action }) => action === 'stay')
  expect(Math.abs((stay?.reward ?? 0) - 0.2 * 0.4)).toBeLessThan(4 * (stay?.standardError ?? 0))
})

test('outcomes that are all the same are not taken for certain at once', async () => {
  const sure = {
    ...policy,
    rollouts: ((_p, _l, _t, streams) => streams.map(() => ({ actions: [], reward: 1 }))) as typeof policy.rollouts,
  }
  const { value } = await exactValues(sure, [], { ...OPTIONS, standardError: 0.02 })
  expect(value.reward).toBe(1)
  expect(value.rollouts).toBeGreaterThanOrEqual(98)
  expect(value.standardError).toBeGreaterThan(0)
})

test('the cap holds where the error stays large', async () => {
  const { value } = await exactValues(policy, [], { ...OPTIONS, standardError: 0.001, most: 100 })
  expect(value.rollouts).toBe(400)
  expect(value.standardError).toBeGreaterThan(0.01)
})

test('equal streams give equal answers, however often one breathes in between', async () => {
  let breaths = 0
  const breathe = async () => void breaths++
  expect(await exactValues(policy, [], { ...OPTIONS, breathe })).toEqual(await exactValues(policy, [], OPTIONS))
  expect(breaths).toBeGreaterThan(50)
})

test('it stops when it is told to', async () => {
  const abort = new AbortController()
  let breaths = 0
  const breathe = async () => {
    if (++breaths === 3) abort.abort(new Error('enough'))
  }
  await expect(exactValues(policy, [], { ...OPTIONS, breathe, signal: abort.signal })).rejects.toThrow('enough')
  expect(breaths).toBe(3)
})
