import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RandomStream, stream } from '../../../src/core/random.ts'
import { dotRows, logShare } from '../../../src/policies/linear/softmax.ts'
import type { Anchor } from '../../../src/training/dpo/anchors.ts'
import { DPO_DEFAULTS, dpoLoss, optimise } from '../../../src/training/dpo/dpo.ts'
import type { Preference } from '../../../src/training/objectives/pair-objective.ts'
import { type Decision, meanLogLikelihood, sftLoss } from '../../../src/training/sft.ts'

const WIDTH = 4

function someWeights(random: RandomStream, scale = 1): Float64Array {
  return Float64Array.from({ length: WIDTH }, () => scale * (2 * random.next() - 1))
}

function someState(random: RandomStream): Pick<Decision, 'rows' | 'count'> {
  const count = 2 + random.below(4)
  return { rows: Float64Array.from({ length: count * WIDTH }, () => 2 * random.next() - 1), count }
}

function someDecision(random: RandomStream): Decision {
  const state = someState(random)
  return { ...state, chosen: random.below(state.count) }
}

/** Two different actions of one state. */
function somePair(random: RandomStream, weight = 1): Preference {
  const state = someState(random)
  const chosen = random.below(state.count)
  const rejected = (chosen + 1 + random.below(state.count - 1)) % state.count
  return { chosen: [{ ...state, chosen }], rejected: [{ ...state, chosen: rejected }], weight }
}

/** Two trajectories that begin in the same state and then part. */
function someTrajectories(random: RandomStream, weight = 1): Preference {
  const fork = somePair(random)
  const rest = () => Array.from({ length: random.below(4) }, () => someDecision(random))
  return { chosen: [...fork.chosen, ...rest()], rejected: [...fork.rejected, ...rest()], weight }
}

const KINDS = ['steps', 'trajectories', 'mixed'] as const

function some(kind: (typeof KINDS)[number], count: number, random: RandomStream, weighted: boolean): Preference[] {
  return Array.from({ length: count }, (_, i) => {
    const weight = weighted ? 3 * random.next() : 1
    const step = kind === 'steps' || (kind === 'mixed' && i % 2 === 0)
    return step ? somePair(random, weight) : someTrajectories(random, weight)
  })
}

/** The same preferences, no two decisions of which are known to share a state. */
function unshared(preferences: readonly Preference[]): Preference[] {
  const apart = (decision: Decision): Decision => ({ ...decision, rows: decision.rows.slice() })
  return preferences.map(({ chosen, rejected, weight }) => {
    return { chosen: chosen.map(apart), rejected: rejected.map(apart), weight }
  })
}

function logProbability(decisions: readonly Decision[], weights: Float64Array): number {
  return decisions.reduce((sum, { rows, count, chosen }) => sum + logShare(dotRows(rows, weights, count), chosen, 1), 0)
}

/** The loss as the papers write it. */
function plainLoss(
  preferences: readonly Preference[],
  weights: Float64Array,
  reference: Float64Array,
  { beta, sftWeight, klWeight }: { beta: number; sftWeight: number; klWeight: number },
  anchors: readonly Anchor[],
): number {
  let divergence = 0
  for (const { rows, count } of anchors) {
    for (let row = 0; row < count; row++) {
      const [held, now] = [reference, weights].map((w) => logShare(dotRows(rows, w, count), row, 1)) as [number, number]
      divergence += (Math.exp(held) * (held - now)) / anchors.length
    }
  }
  let loss = 0
  let imitated = 0
  for (const { chosen, rejected, weight } of preferences) {
    const ratio = (decisions: readonly Decision[]) =>
      logProbability(decisions, weights) - logProbability(decisions, reference)
    loss -= weight * Math.log(1 / (1 + Math.exp(-beta * (ratio(chosen) - ratio(rejected)))))
    imitated -= weight * logProbability(chosen, weights)
  }
  const total = preferences.reduce((sum, { weight }) => sum + weight, 0)
  const decisions = preferences.reduce((sum, { weight, chosen }) => sum + weight * chosen.length, 0)
  return loss / total + (sftWeight * imitated) / decisions + klWeight * divergence
}

const seeds = fc.integer({ min: 0, max: 1e6 })
const objectives = fc.record({
  beta: fc.double({ min: 0.05, max: 2, noNaN: true }),
  sftWeight: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2, noNaN: true })),
  klWeight: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2, noNaN: true })),
})
const OBJECTIVE = { beta: 0.5, sftWeight: 0, klWeight: 0 }

describe('the DPO loss', () => {
  test.each(KINDS)('is what the papers write, and its gradient agrees with finite differences (%s)', (kind) => {
    fc.assert(
      fc.property(seeds, objectives, fc.boolean(), (seed, objective, weighted) => {
        const random = stream(seed)
        const preferences = some(kind, 1 + random.below(5), random, weighted)
        const [weights, reference] = [someWeights(random, 2), someWeights(random, 2)]
        const gradient = new Float64Array(WIDTH)
        const unused = new Float64Array(WIDTH)
        const anchors = Array.from({ length: random.below(4) }, () => someState(random))
        const loss = dpoLoss(preferences, weights, reference, objective, gradient, anchors)
        expect(loss).toBeCloseTo(plainLoss(preferences, weights, reference, objective, anchors), 9)
        for (let k = 0; k < WIDTH; k++) {
          const at = (h: number): number => {
            const moved = Float64Array.from(weights)
            moved[k] = (moved[k] as number) + h
            return dpoLoss(preferences, moved, reference, objective, unused, anchors)
          }
          expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6)
        }
      }),
    )
  })

  test('at the reference is log 2, with gradient -beta/2 times the mean difference of the features', () => {
    const random = stream(1)
    const preferences = some('steps', 7, random, false)
    const reference = someWeights(random)
    const gradient = new Float64Array(WIDTH)
    expect(dpoLoss(preferences, reference, reference, { ...OBJECTIVE, beta: 0.3 }, gradient)).toBeCloseTo(Math.LN2, 12)
    for (let k = 0; k < WIDTH; k++) {
      const feature = (decisions: readonly Decision[]) =>
        decisions.reduce((sum, { rows, chosen }) => sum + (rows[chosen * WIDTH + k] as number), 0)
      const mean = preferences.reduce((sum, p) => sum + feature(p.chosen) - feature(p.rejected), 0) / 7
      expect(gradient[k]).toBeCloseTo((-0.3 / 2) * mean, 12)
    }
    expect(dpoLoss(some('mixed', 5, random, true), reference, reference, OBJECTIVE, gradient)).toBeCloseTo(Math.LN2, 12)
  })

  test('is the same whether a shared state is known to be shared or not', () => {
    fc.assert(
      fc.property(seeds, objectives, fc.constantFrom(...KINDS), (seed, objective, kind) => {
        const random = stream(seed)
        const preferences = some(kind, 4, random, true)
        const [weights, reference] = [someWeights(random, 3), someWeights(random, 3)]
        const [fast, general] = [new Float64Array(WIDTH), new Float64Array(WIDTH)]
        const loss = dpoLoss(preferences, weights, reference, objective, fast)
        expect(loss).toBeCloseTo(dpoLoss(unshared(preferences), weights, reference, objective, general), 10)
        for (let k = 0; k < WIDTH; k++) expect(fast[k]).toBeCloseTo(general[k] as number, 10)
      }),
    )
  })

  test('with nothing but the SFT term pulls as SFT on the chosen decisions does', () => {
    const random = stream(2)
    const preferences = some('mixed', 6, random, false)
    const weights = someWeights(random)
    const gradient = new Float64Array(WIDTH)
    const withoutBeta = dpoLoss(preferences, weights, weights, { beta: 0, sftWeight: 1, klWeight: 0 }, gradient)
    const expected = new Float64Array(WIDTH)
    const chosen = preferences.flatMap((preference) => preference.chosen)
    expect(withoutBeta).toBeCloseTo(Math.LN2 + sftLoss(chosen, weights, 0, expected), 12)
    for (let k = 0; k < WIDTH; k++) expect(gradient[k]).toBeCloseTo(expected[k] as number, 12)
  })

  test('sees no divergence at the reference, where its gradient is 0 too', () => {
    const random = stream(11)
    const reference = someWeights(random, 3)
    const gradient = new Float64Array(WIDTH)
    const anchors = Array.from({ length: 5 }, () => someState(random))
    expect(dpoLoss([], reference, reference, { ...OBJECTIVE, klWeight: 2 }, gradient, anchors)).toBeCloseTo(0, 12)
    for (const value of gradient) expect(value).toBeCloseTo(0, 12)
    expect(
      dpoLoss([], someWeights(random), reference, { ...OBJECTIVE, klWeight: 2 }, gradient, anchors),
    ).toBeGreaterThan(0)
  })

  test('stays finite however far the policy is from its reference', () => {
    const random = stream(3)
    const preference = somePair(random)
    const swapped = { chosen: preference.rejected, rejected: preference.chosen, weight: 1 }
    const far = someWeights(random, 1e5)
    const gradient = new Float64Array(WIDTH)
    const losses = [preference, swapped].map((p) => dpoLoss([p], far, new Float64Array(WIDTH), OBJECTIVE, gradient))
    expect(Math.min(...losses)).toBe(0)
    expect(Math.max(...losses)).toBeGreaterThan(1000)
    expect(Math.max(...losses)).toBeLessThan(1e6)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })

  test('of no preferences is 0, with no gradient', () => {
    const gradient = new Float64Array(WIDTH).fill(7)
    expect(dpoLoss([], new Float64Array(WIDTH), new Float64Array(WIDTH), OBJECTIVE, gradient)).toBe(0)
    expect(gradient).toEqual(new Float64Array(WIDTH))
  })

  test('refuses weights that are no weights', () => {
    const zero = new Float64Array(WIDTH)
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => dpoLoss([somePair(stream(4), weight)], zero, zero, OBJECTIVE, zero)).toThrow('weight')
  })
})

describe('optimisation', () => {
  const random = stream(5)
  const preferences = some('mixed', 60, random, true)
  const reference = someWeights(random)
  const fitted = optimise(preferences, reference, stream(6))

  test('lowers the loss and makes what was chosen likelier against what was rejected', () => {
    const unused = new Float64Array(WIDTH)
    const loss = (weights: Float64Array) => dpoLoss(preferences, weights, reference, OBJECTIVE, unused)
    expect(loss(fitted)).toBeLessThan(loss(reference) - 0.01)
    const pair = [somePair(stream(7))]
    const before = logProbability(pair[0]?.chosen ?? [], reference)
    expect(logProbability(pair[0]?.chosen ?? [], optimise(pair, reference, stream(6)))).toBeGreaterThan(before)
  })

  test('with the SFT term makes the chosen decisions likelier', () => {
    const chosen = preferences.flatMap((preference) => preference.chosen)
    const imitating = optimise(preferences, reference, stream(6), { ...DPO_DEFAULTS, sftWeight: 1 })
    expect(meanLogLikelihood(chosen, imitating)).toBeGreaterThan(meanLogLikelihood(chosen, fitted))
  })

  test('leaves the reference as it is', () => {
    const frozen = Float64Array.from(reference)
    expect(optimise(preferences, reference, stream(6))).not.toEqual(frozen)
    expect(reference).toEqual(frozen)
  })

  test('gives the same weights for the same stream, and others for another', () => {
    expect(optimise(preferences, reference, stream(6))).toEqual(fitted)
    expect(optimise(preferences, reference, stream(8))).not.toEqual(fitted)
  })

  test('does not see a preference of weight 0', () => {
    const foreign = some('mixed', 9, stream(9), false).map((preference) => ({ ...preference, weight: 0 }))
    const options = { ...DPO_DEFAULTS, sftWeight: 0.5 }
    const without = optimise(preferences, reference, stream(6), options)
    expect(optimise([...foreign, ...preferences], reference, stream(6), options)).toEqual(without)
    expect(optimise(foreign, reference, stream(6), options)).toEqual(reference)
  })

  test('does not see a factor common to all weights', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (factor) => {
        const scaled = preferences.map((preference) => ({ ...preference, weight: factor * preference.weight }))
        const options = { ...DPO_DEFAULTS, sftWeight: 0.5, epochs: 2 }
        const [one, other] = [preferences, scaled].map((p) => optimise(p, reference, stream(6), options))
        one?.forEach((value, k) => {
          expect(other?.[k]).toBeCloseTo(value, 9)
        })
      }),
      { numRuns: 20 },
    )
  })

  test('a heavier preference wins over its opposite', () => {
    const { chosen, rejected } = somePair(stream(10))
    const opposites = [
      { chosen, rejected, weight: 3 },
      { chosen: rejected, rejected: chosen, weight: 1 },
    ]
    const after = optimise(opposites, reference, stream(6), { ...DPO_DEFAULTS, epochs: 2000 })
    const margin = (weights: Float64Array) => logProbability(chosen, weights) - logProbability(rejected, weights)
    // The minimum has sigmoid(beta * change of the margin) = 3/4.
    expect(margin(after) - margin(reference)).toBeCloseTo(Math.log(3) / DPO_DEFAULTS.beta, 1)
  })

  test('without preferences returns the reference', () => {
    expect(optimise([], reference, stream(6))).toEqual(reference)
    expect(optimise([], reference, stream(6), DPO_DEFAULTS, [someState(stream(12))])).toEqual(reference)
  })

  test('is held by anchors, the more the heavier they are, and not at all at weight 0', () => {
    const anchors = Array.from({ length: 40 }, () => someState(random))
    const gradient = new Float64Array(WIDTH)
    const divergence = (klWeight: number): number => {
      const weights = optimise(preferences, reference, stream(6), { ...DPO_DEFAULTS, klWeight }, anchors)
      return dpoLoss([], weights, reference, { ...OBJECTIVE, klWeight: 1 }, gradient, anchors)
    }
    expect(divergence(1)).toBeLessThan(divergence(0.1))
    expect(divergence(0.1)).toBeLessThan(divergence(0))
    const options = { ...DPO_DEFAULTS, klWeight: 0 }
    expect(optimise(preferences, reference, stream(6), options, anchors)).toEqual(
      optimise(preferences, reference, stream(6), options),
    )
  })

  test('without an anchor drifts where no pair speaks, and with one does not', () => {
    // One pair about the first feature, between actions that share the second, which only an unpaired state tells apart.
    const pair: Preference = {
      chosen: [{ rows: Float64Array.from([1, 1, 0, 0, 0, 0, 0, 0]), count: 2, chosen: 0 }],
      rejected: [{ rows: Float64Array.from([1, 1, 0, 0, 0, 0, 0, 0]), count: 2, chosen: 1 }],
      weight: 1,
    }
    const elsewhere: Anchor = { rows: Float64Array.from([1, 0, 0, 0, 0, 0, 2, 0]), count: 2 }
    const start = Float64Array.from([0, 0, 1, 0])
    const stays = (weights: Float64Array): number => Math.exp(logShare(dotRows(elsewhere.rows, weights, 2), 1, 1))
    const run = (klWeight: number) =>
      optimise([pair], start, stream(6), { ...DPO_DEFAULTS, klWeight, epochs: 500 }, [elsewhere])
    expect(stays(start)).toBeGreaterThan(0.85)
    expect(stays(run(0))).toBeLessThan(0.3)
    expect(stays(run(1))).toBeGreaterThan(0.8)
  })

  test('answers with the mean of the last iterates, or with the last one', () => {
    const [only] = preferences
    if (only === undefined) throw new Error('no preference')
    const descended = (epochs: number, averaging: number) =>
      optimise([only], reference, stream(6), { ...DPO_DEFAULTS, epochs, averaging })
    const iterates = [1, 2, 3, 4].map((epochs) => descended(epochs, 0))
    const mean = (from: number) =>
      reference.map((_, k) => iterates.slice(from).reduce((sum, w) => sum + (w[k] as number), 0) / (4 - from))
    for (const [averaging, from] of [
      [0.5, 2],
      [1, 0],
    ] as const)
      descended(4, averaging).forEach((value, k) => {
        expect(value).toBeCloseTo(mean(from)[k] as number, 12)
      })
  })
})
