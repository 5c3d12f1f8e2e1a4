import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exploreTask } from '../../../../src/core/exploration/explore-task.ts'
import type { TaskEvent } from '../../../../src/core/log/events.ts'
import { stream } from '../../../../src/core/random.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../../src/core/settings/settings.ts'
import { mean } from '../../../../src/core/statistics.ts'
import {
  drawKeys,
  expectedReward,
  type KeyPrefix,
  type KeySteps,
  keyStepsActor,
  OUTCOMES,
  rightProbabilities,
  startWeights,
  verdictOf,
} from '../../../../src/scripts/experiments/conditions/key-steps.ts'
import { createTally } from '../../../../src/training/study/tally.ts'

const worlds = fc
  .record({
    every: fc.integer({ min: 1, max: 2 }),
    stretches: fc.integer({ min: 1, max: 2 }),
    actions: fc.integer({ min: 2, max: 3 }),
    outcome: fc.constantFrom(...OUTCOMES),
    seed: fc.nat(),
  })
  .map(({ every, stretches, actions, outcome, seed }): KeySteps => {
    const length = every * stretches
    return { length, keys: drawKeys(length, every, stream(seed)), actions, outcome }
  })

/** A world with any policy at all in it, one weight for each step and action. */
const policies = worlds.chain((world) =>
  fc.record({
    world: fc.constant(world),
    weights: fc
      .array(fc.double({ min: -3, max: 3, noNaN: true }), {
        minLength: world.length * world.actions,
        maxLength: world.length * world.actions,
      })
      .map((weights) => Float64Array.from(weights)),
  }),
)

/** The value of a prefix, by walking through every episode that goes on from it. */
function walked(world: KeySteps, weights: Float64Array, prefix: KeyPrefix): number {
  const actor = keyStepsActor(world, weights)
  const end = actor.outcome(prefix)
  if (end !== undefined) return end.reward
  const scores = Array.from({ length: world.actions }, (_, a) =>
    Math.exp(weights[prefix.step * world.actions + a] as number),
  )
  const all = scores.reduce((sum, score) => sum + score, 0)
  return scores.reduce((value, score, a) => {
    const action = `a${a}`
    return value + (score / all) * walked(world, weights, actor.execute(prefix, { text: action, action }))
  }, 0)
}

describe('the key-step world', () => {
  test('has the value that walking through all of its episodes gives, from everywhere', () => {
    fc.assert(
      fc.property(policies, fc.nat(), ({ world, weights }, seed) => {
        const actor = keyStepsActor(world, weights)
        let prefix = actor.begin()
        for (const random of [0, 1, 2, 3].map((i) => stream(seed).child(i))) {
          expect(expectedReward(world, weights, prefix)).toBeCloseTo(walked(world, weights, prefix), 10)
          if (prefix.step === world.length) break
          const [rollout] = actor.rollouts(prefix, 1, 1, [random])
          const action = rollout?.actions[0] ?? ''
          prefix = actor.execute(prefix, { text: action, action })
        }
      }),
    )
  })

  test('is started with the probability asked for at the key steps, and indifferent elsewhere', () => {
    const world: KeySteps = { length: 6, keys: [1, 5], actions: 4, outcome: 'dense' }
    const weights = startWeights(world, 0.35)
    for (const p of rightProbabilities(world, weights)) expect(p).toBeCloseTo(0.35, 12)
    expect(expectedReward(world, weights)).toBeCloseTo(0.35, 12)
    expect(expectedReward({ ...world, outcome: 'all' }, weights)).toBeCloseTo(0.35 ** 2, 12)
    for (const step of [0, 2, 3, 4]) expect(Array.from(weights.subarray(4 * step, 4 * step + 4))).toEqual([0, 0, 0, 0])
  })

  test('has one key step in each stretch, anywhere in it', () => {
    const drawn = Array.from({ length: 60 }, (_, seed) => drawKeys(12, 4, stream(seed)))
    for (const keys of drawn) expect(keys.map((key) => Math.floor(key / 4))).toEqual([0, 1, 2])
    expect(new Set(drawn.flat()).size).toBe(12)
  })

  test('pays rollouts what their value says, on average', () => {
    for (const outcome of OUTCOMES) {
      const world: KeySteps = { length: 5, keys: [0, 2, 3], actions: 4, outcome }
      const weights = startWeights(world, 0.6)
      const prefix = { step: 1, right: 1 }
      const streams = Array.from({ length: 4000 }, (_, i) => stream(3).child(i))
      const rollouts = keyStepsActor(world, weights).rollouts(prefix, 4, 1, streams)
      expect(new Set(rollouts.map(({ actions }) => actions.length))).toEqual(new Set([4]))
      expect(mean(rollouts.map(({ reward }) => reward))).toBeCloseTo(expectedReward(world, weights, prefix), 1)
    }
  })

  test('pays nothing to rollouts that the step limit cuts short', () => {
    const world: KeySteps = { length: 5, keys: [0], actions: 2, outcome: 'dense' }
    const [rollout] = keyStepsActor(world, startWeights(world, 0.5)).rollouts({ step: 1, right: 1 }, 3, 1, [stream(1)])
    expect(rollout).toMatchObject({ reward: 0 })
    expect(rollout?.actions).toHaveLength(3)
  })

  test('can give exact process rewards, for the price of rollouts or of one call', () => {
    fc.assert(
      fc.property(policies, ({ world, weights }) => {
        const prefix = { step: 0, right: 0 }
        const streams = () => [stream(1), stream(2)]
        const drawn = keyStepsActor(world, weights).rollouts(prefix, 9, 1, streams())
        const exact = keyStepsActor(world, weights, 'exact').rollouts(prefix, 9, 1, streams())
        const cheap = keyStepsActor(world, weights, 'exact, one call').rollouts(prefix, 9, 1, streams())
        const reward = expectedReward(world, weights)
        expect(exact).toEqual(drawn.map(({ actions }) => ({ actions, reward })))
        expect(cheap).toEqual(drawn.map(({ actions }) => ({ actions: actions.slice(0, 1), reward })))
      }),
    )
  })

  test('knows which of two actions is the better one', () => {
    const world: KeySteps = { length: 3, keys: [1], actions: 3, outcome: 'dense' }
    const actor = keyStepsActor(world, startWeights(world, 0.5))
    const verdict = (step: number, chosen: string, rejected: string) => {
      const decisions = [chosen, rejected].map((action) => actor.decision({ step, right: 0 }, action))
      const [better, worse] = decisions.map((decision) => (decision === undefined ? [] : [decision]))
      return verdictOf(world, { chosen: better ?? [], rejected: worse ?? [], weight: 1 })
    }
    expect(verdict(1, 'a0', 'a2')).toBe('ordered')
    expect(verdict(1, 'a2', 'a0')).toBe('reversed')
    expect(verdict(1, 'a1', 'a2')).toBe('idle')
    expect(verdict(0, 'a0', 'a2')).toBe('idle')
    expect(actor.decision({ step: 0, right: 0 }, 'elsewhere')).toBeUndefined()
  })
})

describe('RRO with exact process rewards', () => {
  /** Candidates, pairs and steps of many episodes, after the first step. */
  async function explored(world: KeySteps, p: number, settings: Partial<RunConfig>) {
    const actor = keyStepsActor(world, startWeights(world, p), 'exact, one call')
    const config = { ...DEFAULT_CONFIG, rollouts: 1, firstBar: 'value' as const, ...settings, stepLimit: world.length }
    const task = { id: 'key-steps', instruction: '' }
    const tally = createTally()
    const pairs: TaskEvent[] = []
    for (let index = 0; index < 600; index++) {
      for await (const event of exploreTask({ config, actor, maxReward: 1, index, task, random: stream(5) })) {
        tally.add(event)
        if (event.type === 'pair-made') pairs.push(event)
      }
    }
    const { cost, steps } = tally.numbers()
    return { perStep: cost.candidates / steps, pairsPerEpisode: pairs.length / 600 }
  }

  test('draws at a key step until it is right, and once elsewhere', async () => {
    const [p, most] = [0.4, 5]
    const world: KeySteps = { length: 8, keys: [1, 3, 4, 7], actions: 4, outcome: 'dense' }
    const { perStep, pairsPerEpisode } = await explored(world, p, { method: 'rro', candidates: most })
    const draws = (1 - (1 - p) ** most) / p
    expect(perStep).toBeCloseTo((4 * draws + 4) / 8, 1)
    let before = 0
    for (let wrong = 0; wrong < most; wrong++) before += wrong * p * (1 - p) ** wrong
    expect(pairsPerEpisode / 4).toBeCloseTo(before, 1)
  })

  test('draws k candidates everywhere where k is fixed', async () => {
    const world: KeySteps = { length: 4, keys: [1], actions: 4, outcome: 'dense' }
    const { perStep, pairsPerEpisode } = await explored(world, 0.5, { method: 'fixed-size', candidates: 3 })
    expect(perStep).toBe(3)
    expect(pairsPerEpisode).toBeCloseTo(3 * 0.5 - 3 * 0.5 ** 3, 1)
  })
})
