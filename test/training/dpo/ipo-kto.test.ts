import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { dotRows, logShare } from '../../../src/policies/linear/softmax.ts'
import { DPO_DEFAULTS, dpoLoss, optimise } from '../../../src/training/dpo/dpo.ts'
import { dpoAt, ipoAt, ktoAt, type LossAt } from '../../../src/training/objectives/pair-losses.ts'
import type { Preference } from '../../../src/training/objectives/pair-objective.ts'
import { difference, logOf, someDecision, someWeights, WIDTH } from '../objectives/small-policy.ts'

const LOSSES = { dpo: dpoAt, ipo: ipoAt, kto: ktoAt } as const
const seeds = fc.integer({ min: 0, max: 1e6 })

/** Two actions of a single state with one feature each: the policy's log-odds of the first are the difference of the weights. */
const PAIR: Preference = (() => {
  const rows = Float64Array.from([1, 0, 0, 0, 0, 1, 0, 0])
  return { chosen: [{ rows, count: 2, chosen: 0 }], rejected: [{ rows, count: 2, chosen: 1 }], weight: 1 }
})()

/** At the reference of no weights, where both actions have 1/2; `odds` are those of the first. */
function lossAt(loss: 'ipo' | 'kto', beta: number, odds: number): { loss: number; gradient: Float64Array } {
  const gradient = new Float64Array(WIDTH)
  const weights = Float64Array.from([Math.log(odds), 0, 0, 0])
  const objective = { loss, beta, sftWeight: 0, klWeight: 0 }
  return { loss: dpoLoss([PAIR], weights, new Float64Array(WIDTH), objective, gradient), gradient }
}

function some(random: ReturnType<typeof stream>): Preference[] {
  return Array.from({ length: 1 + random.below(5) }, () => {
    const chosen = someDecision(random)
    const rejected = { ...chosen, chosen: (chosen.chosen + 1) % chosen.count }
    const rest = () => Array.from({ length: random.below(3) }, () => someDecision(random))
    return { chosen: [chosen, ...rest()], rejected: [rejected, ...rest()], weight: 3 * random.next() }
  })
}

describe('the loss of a pair', () => {
  test.each(Object.keys(LOSSES) as (keyof typeof LOSSES)[])('%s has the pull of its own slope', (name) => {
    const at = (z: number, beta: number): LossAt => {
      const into = { loss: 0, pull: 0 }
      LOSSES[name](z, beta, into)
      return into
    }
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (z, beta) => {
          const slope = (at(z + 1e-5, beta).loss - at(z - 1e-5, beta).loss) / 2e-5
          expect(at(z, beta).pull).toBeCloseTo(-slope, 5)
        },
      ),
    )
    for (const far of [-1e6, 1e6]) expect(Number.isFinite(at(far, 1).loss + at(far, 1).pull)).toBe(true)
  })
})

describe('IPO', () => {
  test('by hand', () => {
    // Odds 3: h = ln 3 - 0 = 1.0986123. beta = 0.5: 1 / (2 beta) = 1: (1.0986123 - 1)^2 = 0.0097244. Slope 2 (0.0986123) along
    // the first weight, minus that along the second.
    const { loss, gradient } = lossAt('ipo', 0.5, 3)
    expect(loss).toBeCloseTo(0.0097244, 6)
    expect(gradient[0]).toBeCloseTo(2 * 0.0986123, 6)
    expect(gradient[1]).toBeCloseTo(-2 * 0.0986123, 6)
  })

  test('stops at the margin 1 / (2 beta), where DPO goes on', () => {
    // beta = 0.5: h = 1, odds e.
    const { loss, gradient } = lossAt('ipo', 0.5, Math.E)
    expect(loss).toBeCloseTo(0, 12)
    for (const slope of gradient) expect(slope).toBeCloseTo(0, 9)
  })
})

describe('KTO', () => {
  test('by hand', () => {
    // Odds 3: pi = (0.75, 0.25) against (0.5, 0.5). KL(pi || ref) = 0.75 ln 1.5 + 0.25 ln 0.5 = 0.3040988 - 0.1732868 = 0.1308120 in
    // both sides' only state: z0 = 0.1308120. Desirable: r = ln 1.5 = 0.4054651; beta = 1: z = 0.2746531, 1 - sigmoid = 0.4317651.
    // Undesirable: r = ln 0.5 = -0.6931472; z = 0.1308120 + 0.6931472 = 0.8239592, 1 - sigmoid = 0.3049239. Mean: 0.3683445.
    const { loss, gradient } = lossAt('kto', 1, 3)
    expect(loss).toBeCloseTo(0.3683445, 6)
    // Slopes by z: 0.4317651 * 0.5682349 = 0.2453440 and 0.3049239 * 0.6950761 = 0.2119453. By the first weight r of the first action
    // grows by 1 - 0.75 = 0.25, that of the second by -0.75: -(0.2453440 * 0.25 + 0.2119453 * 0.75) / 2 = -0.1101475.
    expect(gradient[0]).toBeCloseTo(-0.1101475, 6)
    expect(gradient[1]).toBeCloseTo(0.1101475, 6)
  })

  test('at the reference costs 1/2', () => {
    expect(lossAt('kto', 0.3, 1).loss).toBeCloseTo(0.5, 12)
  })

  test('has the gradient of finite differences with its reference point held', () => {
    // No gradient flows through z0. The paper's loss, written out with z0 of the unmoved weights:
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.1, max: 2, noNaN: true }), (seed, beta) => {
        const random = stream(seed)
        const preferences = some(random)
        const [weights, reference] = [someWeights(random), someWeights(random)]
        const sides = preferences.flatMap(({ chosen, rejected, weight }) => [
          { decisions: chosen, sign: 1, weight },
          { decisions: rejected, sign: -1, weight },
        ])
        let point = 0
        for (const { decisions } of sides)
          for (const { rows, count } of decisions)
            for (let row = 0; row < count; row++) {
              const [log, held] = [weights, reference].map((w) => logShare(dotRows(rows, w, count), row, 1)) as [
                number,
                number,
              ]
              point += (Math.exp(log) * (log - held)) / sides.length
            }
        const total = sides.reduce((sum, { weight }) => sum + weight, 0)
        const plain = (weights: Float64Array): number =>
          sides.reduce((sum, { decisions, sign, weight }) => {
            const ratio = decisions.reduce((all, one) => all + logOf(one, weights) - logOf(one, reference), 0)
            return sum + (weight / total) * (1 - 1 / (1 + Math.exp(-sign * beta * (ratio - point))))
          }, 0)
        const gradient = new Float64Array(WIDTH)
        const objective = { loss: 'kto', beta, sftWeight: 0, klWeight: 0 } as const
        expect(dpoLoss(preferences, weights, reference, objective, gradient)).toBeCloseTo(plain(weights), 9)
        for (let k = 0; k < WIDTH; k++) expect(gradient[k]).toBeCloseTo(difference(weights, k, plain), 6)
      }),
    )
  })
})

describe('IPO and KTO with the other terms', () => {
  test('have the gradient of finite differences, with the SFT term and the anchor', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = stream(seed)
        const preferences = some(random)
        const anchors = [someDecision(random), someDecision(random)]
        const [weights, reference] = [someWeights(random), someWeights(random)]
        const objective = { loss: 'ipo', beta: 0.5, sftWeight: 0.7, klWeight: 0.4 } as const
        const at = (weights: Float64Array) => {
          const gradient = new Float64Array(WIDTH)
          return { loss: dpoLoss(preferences, weights, reference, objective, gradient, anchors), gradient }
        }
        for (let k = 0; k < WIDTH; k++)
          expect(at(weights).gradient[k]).toBeCloseTo(
            difference(weights, k, (moved) => at(moved).loss),
            5,
          )
      }),
    )
  })

  test('the other terms are those of DPO', () => {
    const random = stream(5)
    const preferences = some(random)
    const anchors = [someDecision(random)]
    const [weights, reference] = [someWeights(random), someWeights(random)]
    const rest = (loss: 'dpo' | 'ipo' | 'kto') => {
      const [bare, full] = [new Float64Array(WIDTH), new Float64Array(WIDTH)]
      dpoLoss(preferences, weights, reference, { loss, beta: 0.5, sftWeight: 0, klWeight: 0 }, bare, anchors)
      dpoLoss(preferences, weights, reference, { loss, beta: 0.5, sftWeight: 0.3, klWeight: 2 }, full, anchors)
      return full.map((value, k) => value - (bare[k] as number))
    }
    for (const loss of ['ipo', 'kto'] as const)
      for (let k = 0; k < WIDTH; k++) expect(rest(loss)[k]).toBeCloseTo(rest('dpo')[k] as number, 9)
  })

  test.each(['ipo', 'kto'] as const)('%s learns to prefer what was chosen, by the same order of pairs', (loss) => {
    const reference = new Float64Array(WIDTH)
    const train = (preferences: readonly Preference[]) =>
      optimise(preferences, reference, stream(3), { ...DPO_DEFAULTS, loss, epochs: 200 })
    const weights = train([PAIR])
    expect((weights[0] as number) - (weights[1] as number)).toBeGreaterThan(1)
    expect(train([PAIR])).toEqual(weights)
    expect(train([])).toEqual(reference)
    expect(train([{ ...PAIR, weight: 0 }])).toEqual(reference)
  })
})
