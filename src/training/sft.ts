/**
 * Stage 1 of RRO: supervised fine-tuning of a log-linear policy, L = -E log pi(a_t | e_{1:t-1}) + (l2/2) |w|^2, on single
 * decisions. The gradient is exact; Adam on mini-batches, and the mean of the second half's iterates as the answer.
 */
import { exp } from '../core/elementary.ts'
import type { RandomStream } from '../core/random.ts'
import type { Decision } from '../policies/linear/decision.ts'
import { dotRows, logShare, logShares } from '../policies/linear/softmax.ts'
import { addRow, createThinner, dotSparse, type SparseRows, type Thinner } from '../policies/linear/sparse-rows.ts'
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

/** An action taken in a state, whose features are without their zeros. */
export interface Taken {
  readonly rows: SparseRows
  /** Row of the action taken. */
  readonly chosen: number
}

export function takenOf(decisions: readonly Decision[], thin: Thinner): Taken[] {
  return decisions.map((decision) => ({ rows: thin(decision), chosen: decision.chosen }))
}

/** The loss on some decisions; its gradient is written into `gradient`. */
export function sftLoss(
  decisions: readonly Decision[],
  weights: Readonly<Float64Array>,
  l2: number,
  gradient: Float64Array,
): number {
  return lossOf(takenOf(decisions, createThinner(weights.length)), weights, l2, gradient)
}

function lossOf(taken: readonly Taken[], weights: Readonly<Float64Array>, l2: number, gradient: Float64Array): number {
  let loss = 0
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number
    gradient[k] = l2 * weight
    loss += (l2 / 2) * weight * weight
  }
  const share = 1 / Math.max(1, taken.length)
  return loss - share * imitate(taken, weights, share, gradient)
}

/**
 * Adds `scale` times the gradient of the sum of -log pi over what was taken to `gradient`.
 * @returns the sum of log pi, in nats
 */
export function imitate(
  taken: readonly Taken[],
  weights: Readonly<Float64Array>,
  scale: number,
  gradient: Float64Array,
): number {
  let sum = 0
  for (const { rows, chosen } of taken) {
    const shares = logShares(dotSparse(rows, weights))
    for (let row = 0; row < shares.length; row++)
      addRow(rows, row, scale * (exp(shares[row] as number) - (row === chosen ? 1 : 0)), gradient)
    sum += shares[chosen] as number // it is a row
  }
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
  const taken = takenOf(decisions, createThinner(start.length))
  return descending(taken, start, random, { ...options, averaging: 0.5 }, (batch, weights, gradient) =>
    lossOf(batch, weights, options.l2, gradient),
  )
}
