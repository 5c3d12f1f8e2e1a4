/**
 * The losses of preferences, for any policy that can say log pi of both sides and take slopes of them: DPO and IPO on pairs, KTO on
 * pairs taken apart, each with the SFT term where it is asked for.
 */
import type { PairLoss } from '../../core/comparison/comparison.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import { dpoAt, ipoAt, ktoAt, type LossAt } from './pair-losses.ts'

/** One preference: what was done on both sides as decisions (several for whole trajectories, one for a step). */
export interface Preference<D = Decision> {
  readonly chosen: readonly D[]
  readonly rejected: readonly D[]
  /** From 0; only its ratio to the other weights counts. */
  readonly weight: number
}

/** What a preference and one decision of its SFT term weigh. */
export interface Weighed<D> {
  readonly preference: Preference<D>
  /** The mean over all preferences is 1. */
  readonly weight: number
  /** What -log pi of one chosen decision weighs. */
  readonly imitation: number
}

/** Without those that weigh nothing. @throws on a weight that is negative or not finite */
export function weighed<D>(preferences: readonly Preference<D>[]): readonly Weighed<D>[] {
  for (const { weight } of preferences)
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw new Error(`A preference of weight ${weight}`)
  const counted = preferences.filter(({ weight }) => weight > 0)
  const all = counted.reduce((sum, { weight }) => sum + weight, 0)
  const decisions = counted.reduce((sum, { weight, chosen }) => sum + weight * chosen.length, 0)
  return counted.map((preference) => ({
    preference,
    weight: (preference.weight * counted.length) / all,
    imitation: decisions === 0 ? 0 : (preference.weight * counted.length) / decisions,
  }))
}

/** A preference, made ready for one policy. */
export interface ReadyPair extends Pick<Weighed<unknown>, 'weight' | 'imitation'> {
  /** log ref(chosen) - log ref(rejected), in nats. */
  readonly reference: number
}

/** A policy at some parameters, with a gradient that grows, as DPO and IPO see it. C is a preference made ready for it. */
export interface PairPolicy<C> {
  /**
   * Works out the ratio log pi(chosen) - log pi(rejected), in nats, and adds to the gradient `slopeAt(ratio)` times its gradient, and
   * `imitation` times that of -log pi of each chosen decision.
   * @returns the sum of log pi over the chosen decisions; anything where `imitation` is 0
   */
  pullPair(pair: C, slopeAt: (ratio: number) => number, imitation: number): number
}

export interface PairObjective {
  /** What a preference costs; DPO where it is not said. */
  readonly loss?: PairLoss
  /** How strongly the reference policy holds the new one, > 0: the temperature of the implied reward; IPO's tau. */
  readonly beta: number
  /** Weight of the mean of -log pi over the chosen decisions. */
  readonly sftWeight: number
}

/** Of a batch. */
export interface BatchLoss {
  /** In nats. */
  readonly loss: number
  /** Preferences whose chosen side the policy has made likelier than the rejected one, by the reference. */
  readonly right: number
}

/** DPO or IPO over a batch; the gradient is added to the policy's. @param share what one preference counts: 1 for a sum */
export function pairLoss<C extends ReadyPair>(
  batch: readonly C[],
  policy: PairPolicy<C>,
  { loss: kind, beta, sftWeight }: PairObjective,
  share: number,
): BatchLoss {
  const lossAt = kind === 'ipo' ? ipoAt : dpoAt
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = 0
  let right = 0
  let reference = 0
  let weight = 0
  const slopeAt = (ratio: number): number => {
    const margin = ratio - reference
    lossAt(beta * margin, beta, at)
    if (margin > 0) right++
    return -share * weight * beta * at.pull
  }
  for (const pair of batch) {
    reference = pair.reference
    weight = pair.weight
    const imitation = sftWeight === 0 ? 0 : sftWeight * share * pair.imitation
    const imitated = policy.pullPair(pair, slopeAt, imitation)
    loss += share * pair.weight * at.loss
    if (imitation !== 0) loss -= imitation * imitated
  }
  return { loss, right }
}

/** Of a batch, as far as it is KTO's own: without the SFT term. */
export interface KtoLoss extends BatchLoss {
  /** The derivative by r of each reply. */
  readonly slopes: readonly number[]
}

/**
 * KTO (Ethayarajh et al., 2024, arXiv 2402.01306) over a batch of pairs taken apart: what was preferred is desirable, what was
 * rejected is undesirable, each for itself and with equal weight.
 *
 *   L = mean over both of w (1 - sigmoid(z)),  z = beta (r - z0) if desirable, beta (z0 - r) if not,
 *   r = log pi - log ref of the decisions,  z0 = max(0, mean over both of their divergence)
 *
 * No gradient flows through z0.
 * @param ratios r of each reply, in nats: of each pair the chosen one, then the rejected one
 * @param divergence of the policy from the reference around the replies, summed over them
 * @param pairs what the whole counts as: 1 for a mean over the batch, its length for a sum over preferences
 */
export function ktoLoss(
  batch: readonly Pick<ReadyPair, 'weight'>[],
  ratios: readonly number[],
  divergence: number,
  { beta }: Pick<PairObjective, 'beta'>,
  pairs: number,
): KtoLoss {
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = 0
  let right = 0
  const point = Math.max(0, divergence) / Math.max(1, ratios.length)
  for (let i = 0; i < ratios.length; i += 2) if ((ratios[i] as number) > (ratios[i + 1] as number)) right++
  const slopes = ratios.map((ratio, i) => {
    const sign = i % 2 === 0 ? 1 : -1
    const share = (pairs * (batch[i >> 1] as (typeof batch)[number]).weight) / ratios.length // two of each
    ktoAt(sign * beta * (ratio - point), beta, at)
    loss += share * at.loss
    return -share * sign * beta * at.pull
  })
  return { loss, right, slopes }
}
