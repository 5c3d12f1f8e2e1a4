/**
 * Stage 1 of RRO: supervised fine-tuning of a log-linear policy, L = -E log pi(a_t | e_{1:t-1}) + (l2/2) |w|^2, on single
 * decisions. The gradient is exact; Adam (Kingma and Ba, 2015) on mini-batches, and the mean of the second half's
 * iterates as the answer.
 */
import type { RandomStream } from '../core/random.ts'
import { dotRows, logShare } from '../policies/linear/softmax.ts'

/** One choice somebody made among the actions of a state. */
export interface Decision {
  /** Features of every action, row by row. */
  readonly rows: Readonly<Float64Array>
  readonly count: number
  /** Row of the action taken. */
  readonly chosen: number
}

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
  const width = weights.length
  let loss = 0
  for (let k = 0; k < width; k++) {
    const weight = weights[k] as number
    gradient[k] = l2 * weight
    loss += (l2 / 2) * weight * weight
  }
  const share = 1 / Math.max(1, decisions.length)
  for (const { rows, count, chosen } of decisions) {
    const scores = dotRows(rows, weights, count)
    loss -= share * logShare(scores, chosen, 1)
    for (let row = 0; row < count; row++) {
      const factor = share * (Math.exp(logShare(scores, row, 1)) - (row === chosen ? 1 : 0))
      for (let k = 0; k < width; k++) {
        gradient[k] = (gradient[k] as number) + factor * (rows[row * width + k] as number)
      }
    }
  }
  return loss
}

/**
 * Fits weights to decisions, starting from `start`.
 * @param random decides the order of the mini-batches
 */
export function fineTune(
  decisions: readonly Decision[],
  start: Readonly<Float64Array>,
  random: RandomStream,
  options: SftOptions = SFT_DEFAULTS,
): Float64Array {
  const { epochs, batchSize, learningRate, l2 } = options
  const width = start.length
  const weights = Float64Array.from(start)
  const gradient = new Float64Array(width)
  const first = new Float64Array(width)
  const second = new Float64Array(width)
  const sum = new Float64Array(width)
  const batches = Math.ceil(decisions.length / batchSize)
  const total = epochs * batches
  let averaged = 0
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.child('epoch', epoch).shuffled(decisions)
    for (let at = 0; at < order.length; at += batchSize) {
      step++
      sftLoss(order.slice(at, at + batchSize), weights, l2, gradient)
      for (let k = 0; k < width; k++) {
        const g = gradient[k] as number
        const m = 0.9 * (first[k] as number) + 0.1 * g
        const s = 0.999 * (second[k] as number) + 0.001 * g * g
        first[k] = m
        second[k] = s
        const size = Math.sqrt(s / (1 - 0.999 ** step)) + 1e-8
        weights[k] = (weights[k] as number) - (learningRate * m) / (1 - 0.9 ** step) / size
      }
      if (step * 2 > total) {
        averaged++
        for (let k = 0; k < width; k++) sum[k] = (sum[k] as number) + (weights[k] as number)
      }
    }
  }
  return averaged === 0 ? weights : sum.map((value) => value / averaged)
}
