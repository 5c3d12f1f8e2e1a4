/**
 * Stage 1 of RRO: supervised fine-tuning of a log-linear policy, L = -E log pi(a_t | e_{1:t-1}) + (l2/2) |w|^2, on single
 * decisions. The gradient is exact; Adam on mini-batches, and the mean of the second half's iterates as the answer.
 */
import { exp } from '../core/elementary.ts'
import type { RandomStream } from '../core/random.ts'
import type { Decision } from '../policies/linear/decision.ts'
import { dotRows, logShare, logShares } from '../policies/linear/softmax.ts'
import { descending, drained } from './adam.ts'

export type { Decision } from '../policies/linear/decision.ts'

export interface SftOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  /** Weight of the penalty on the squared weights. */
  readonly l2: number
}

export const SFT_DEFAULTS: SftOptions = { epochs: 40, batchSize: 64, learningRate: 0.05, l2: 1e-4 }

/** Mean of log pi over the decisions, in nats. */
export function meanLogLikelihood(decisions: readonly Decision[], weights: Readonly<Float64Array>): number {
  let sum = 0
  for (const { rows, count, chosen } of decisions) sum += logShare(dotRows(rows, weights, count), chosen, 1)
  return sum / Math.max(1, decisions.length)
}

/** The loss on some decisions; its gradient is written into `gradient`. */
export function sftLoss(
  decisions: readonly Decision[],
  weights: Readonly<Float64Array>,
  l2: number,
  gradient: Float64Array,
): number {
  let loss = 0
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number
    gradient[k] = l2 * weight
    loss += (l2 / 2) * weight * weight
  }
  const share = 1 / Math.max(1, decisions.length)
  return loss - share * imitate(decisions, weights, share, gradient)
}

/**
 * Adds `scale` times the gradient of -log pi(chosen) to `gradient`.
 * @returns log pi(chosen) in nats
 */
function pullTowards(
  { rows, count, chosen }: Decision,
  weights: Readonly<Float64Array>,
  scale: number,
  gradient: Float64Array,
): number {
  const width = weights.length
  const shares = logShares(dotRows(rows, weights, count))
  for (let row = 0; row < count; row++) {
    const factor = scale * (exp(shares[row] as number) - (row === chosen ? 1 : 0))
    for (let k = 0; k < width; k++) {
      gradient[k] = (gradient[k] as number) + factor * (rows[row * width + k] as number)
    }
  }
  return shares[chosen] as number
}

/**
 * Adds `scale` times the gradient of the sum of -log pi over decisions to `gradient`.
 * @returns the sum of log pi, in nats
 */
export function imitate(
  decisions: readonly Decision[],
  weights: Readonly<Float64Array>,
  scale: number,
  gradient: Float64Array,
): number {
  let sum = 0
  for (const decision of decisions) sum += pullTowards(decision, weights, scale, gradient)
  return sum
}

/**
 * Fits weights to decisions, starting from `start`.
 * @param random decides the order of the mini-batches
 */
export function fineTune(...given: Parameters<typeof fineTuning>): Float64Array {
  return drained(fineTuning(...given))
}

/** `fineTune` in slices: yields the share that is done, from 0 to 1. */
export function fineTuning(
  decisions: readonly Decision[],
  start: Readonly<Float64Array>,
  random: RandomStream,
  options: SftOptions = SFT_DEFAULTS,
): Generator<number, Float64Array, void> {
  return descending(decisions, start, random, { ...options, averaging: 0.5 }, (batch, weights, gradient) =>
    sftLoss(batch, weights, options.l2, gradient),
  )
}
