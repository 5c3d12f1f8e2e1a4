import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import type { Differentiable } from '../../../src/training/objectives/differentiable.ts'
import { clippedSurrogate, reinforce, type Trajectory } from '../../../src/training/objectives/surrogate.ts'
import { difference, differentiated, logOf, someTrajectories, someWeights, WIDTH } from './small-policy.ts'

const seeds = fc.integer({ min: 0, max: 1e6 })

/** A policy of one decision, which is all that it knows: its log-probability. Keeps the slopes. */
function said(logProbability: number): Differentiable<null> & { readonly slopes: number[] } {
  const slopes: number[] = []
  return { slopes, pull: (decisions, slopesAt) => slopes.push(...slopesAt(decisions.map(() => logProbability))) }
}

function once(advantage: number, old: number, reference: number): Trajectory<null>[] {
  return [
    { decisions: [null], advantages: [advantage], old: [Math.log(old)], reference: [Math.log(reference)], share: 1 },
  ]
}

describe('REINFORCE', () => {
  test('by hand', () => {
    // One decision of advantage 0.5 and probability 0.25: -0.5 ln 0.25 = 0.5 x 2 ln 2 = ln 2; the slope by ln pi is -0.5.
    const policy = said(Math.log(0.25))
    expect(reinforce(once(0.5, 0.25, 0.25), policy)).toBeCloseTo(Math.LN2, 9)
    expect(policy.slopes).toEqual([-0.5])
  })

  test('has the gradient of finite differences', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = stream(seed)
        const weights = someWeights(random, 2)
        const trajectories = someTrajectories(random, weights, weights)
        const at = (weights: Float64Array) => differentiated(weights, (policy) => reinforce(trajectories, policy))
        for (let k = 0; k < WIDTH; k++)
          expect(at(weights).gradient[k]).toBeCloseTo(
            difference(weights, k, (moved) => at(moved).loss),
            6,
          )
      }),
    )
  })

  test('with a baseline that does not look at the action has the expectation of none', () => {
    // Sum over the actions of pi(a) times the gradient with the same advantage for each: sum_a pi(a) grad log pi(a) = 0.
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = stream(seed)
        const weights = someWeights(random, 2)
        const [trajectory] = someTrajectories(random, weights, weights).filter(({ decisions }) => decisions.length > 0)
        const decision = trajectory?.decisions[0]
        fc.pre(decision !== undefined)
        const all = Array.from({ length: decision.count }, (_, chosen) => ({ ...decision, chosen }))
        const weighed = all.map((decision) => {
          const logs = [logOf(decision, weights)]
          const share = Math.exp(logs[0] as number)
          return { decisions: [decision], advantages: [0.7], old: logs, reference: logs, share }
        })
        const { gradient } = differentiated(weights, (policy) => reinforce(weighed, policy))
        for (const value of gradient) expect(value).toBeCloseTo(0, 9)
      }),
    )
  })
})

describe('the clipped surrogate', () => {
  const options = { clip: 0.2, klWeight: 0 }

  test.each([
    // pi 0.75, old 0.5: rho = 1.5. With A = 1 the clipped 1.2 is less: -1.2, and nothing pulls any more.
    [1, 0.75, -1.2, 0],
    // With A = -1 the free -1.5 is less than -1.2: 1.5, with the slope rho = 1.5.
    [-1, 0.75, 1.5, 1.5],
    // pi 0.25: rho = 0.5. With A = 1 the free 0.5 is less than 0.8: -0.5, slope -0.5.
    [1, 0.25, -0.5, -0.5],
    // With A = -1 the clipped -0.8 is less than -0.5: 0.8, no slope.
    [-1, 0.25, 0.8, 0],
  ])('by hand, with advantage %d at probability %d', (advantage, probability, loss, slope) => {
    const policy = said(Math.log(probability))
    expect(clippedSurrogate(once(advantage, 0.5, 0.5), policy, options)).toBeCloseTo(loss, 9)
    expect(policy.slopes[0]).toBeCloseTo(slope, 9)
  })

  test('estimates the divergence by hand', () => {
    // pi 0.75, ref 0.5: ref / pi = 2/3, delta = ln(2/3) = -0.4054651; 2/3 + 0.4054651 - 1 = 0.0721318, times 2. Slope: 2 (1 - 2/3).
    const policy = said(Math.log(0.75))
    expect(clippedSurrogate(once(0, 0.75, 0.5), policy, { clip: 0.2, klWeight: 2 })).toBeCloseTo(2 * 0.0721318, 6)
    expect(policy.slopes[0]).toBeCloseTo(2 / 3, 9)
  })

  test('has the gradient of finite differences', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 2, noNaN: true }), (seed, klWeight) => {
        const random = stream(seed)
        const [weights, old, reference] = [0, 0, 0].map(() => someWeights(random)) as [
          Float64Array,
          Float64Array,
          Float64Array,
        ]
        const trajectories = someTrajectories(random, old, reference)
        // Where a ratio stands at an edge of the clip there is no derivative.
        fc.pre(
          trajectories.every(({ decisions, old }) =>
            decisions.every((decision, i) => {
              const ratio = Math.exp(logOf(decision, weights) - (old[i] as number))
              return Math.abs(ratio - 1.2) > 1e-3 && Math.abs(ratio - 0.8) > 1e-3
            }),
          ),
        )
        const at = (weights: Float64Array) =>
          differentiated(weights, (policy) => clippedSurrogate(trajectories, policy, { clip: 0.2, klWeight }))
        for (let k = 0; k < WIDTH; k++)
          expect(at(weights).gradient[k]).toBeCloseTo(
            difference(weights, k, (moved) => at(moved).loss),
            6,
          )
      }),
    )
  })

  test('right after sampling has the gradient of REINFORCE', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = stream(seed)
        const weights = someWeights(random, 2)
        const trajectories = someTrajectories(random, weights, weights)
        const clipped = differentiated(weights, (policy) => clippedSurrogate(trajectories, policy, options)).gradient
        const plain = differentiated(weights, (policy) => reinforce(trajectories, policy)).gradient
        for (let k = 0; k < WIDTH; k++) expect(clipped[k]).toBeCloseTo(plain[k] as number, 9)
      }),
    )
  })

  test('penalises the divergence that an exact sum finds', () => {
    // Over all actions of a state, each weighed by its probability, the estimates add up to KL(pi || ref).
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = stream(seed)
        const [weights, reference] = [someWeights(random, 2), someWeights(random, 2)]
        const [one] = someTrajectories(random, weights, reference).filter(({ decisions }) => decisions.length > 0)
        const decision = one?.decisions[0]
        fc.pre(decision !== undefined)
        let divergence = 0
        const all = Array.from({ length: decision.count }, (_, chosen) => {
          const [log, held] = [weights, reference].map((w) => logOf({ ...decision, chosen }, w)) as [number, number]
          divergence += Math.exp(log) * (log - held)
          return {
            ...{ decisions: [{ ...decision, chosen }], advantages: [0], old: [log], reference: [held] },
            share: Math.exp(log),
          }
        })
        const { loss } = differentiated(weights, (policy) => clippedSurrogate(all, policy, { clip: 0.2, klWeight: 1 }))
        expect(loss).toBeCloseTo(divergence, 9)
      }),
    )
  })
})
