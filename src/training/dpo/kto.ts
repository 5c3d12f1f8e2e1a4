/**
 * KTO (Ethayarajh et al., 2024, arXiv 2402.01306) on pairs taken apart: what was preferred is desirable, what was rejected is
 * undesirable, each for itself and with equal weight.
 *
 *   L = mean over both of w (1 - sigmoid(z)),  z = beta (r - z0) if desirable, beta (z0 - r) if not,
 *   r = log pi - log ref of the decisions,  z0 = mean over both of the sum over decisions of KL(pi || ref)
 *
 * The paper estimates the reference point z0 by mismatched replies of the batch, since it cannot sum over all of them. A policy
 * over few actions can: z0 is the exact divergence in the states of the batch. No gradient flows through it.
 */
import type { Decision } from '../../policies/linear/decision.ts'
import { addRow, type Softmax, type SparseRows, softmaxOf, type Thinner } from '../../policies/linear/sparse-rows.ts'
import { ktoAt, type LossAt } from '../objectives/pair-losses.ts'
import { type Preference, type Weighed, weighed } from './contrasts.ts'
import type { Rooms } from './rooms.ts'

interface Choice {
  readonly rows: SparseRows
  readonly chosen: number
  /** What the reference does there. */
  readonly reference: Softmax
}

/** A preference as two labelled replies. */
export interface Labelled extends Weighed {
  readonly desirable: readonly Choice[]
  readonly undesirable: readonly Choice[]
}

export function labelledOf(
  preferences: readonly Preference[],
  reference: Readonly<Float64Array>,
  thin: Thinner,
): readonly Labelled[] {
  const choiceOf = (decision: Decision): Choice => {
    const rows = thin(decision)
    return { rows, chosen: decision.chosen, reference: softmaxOf(rows, reference) }
  }
  return weighed(preferences).map((one) => {
    const { chosen, rejected } = one.preference
    return { ...one, desirable: chosen.map(choiceOf), undesirable: rejected.map(choiceOf) }
  })
}

/** The mean over a batch; its gradient is added to `gradient`. 0 of none. */
export function meanKtoLoss(
  batch: readonly Labelled[],
  weights: Readonly<Float64Array>,
  beta: number,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  const sides = batch.flatMap(({ desirable, undesirable, weight }) => [
    { choices: desirable, weight, sign: 1 },
    { choices: undesirable, weight, sign: -1 },
  ])
  let room = 0
  let divergence = 0
  const seen = sides.map((side) => {
    let ratio = 0
    const softmaxes = side.choices.map(({ rows, chosen, reference }) => {
      const now = softmaxOf(rows, weights, rooms(room++, rows.count))
      ratio += logRatio(now, reference, chosen)
      for (let row = 0; row < rows.count; row++)
        divergence += (now.probabilities[row] as number) * logRatio(now, reference, row)
      return now
    })
    return { ...side, ratio, softmaxes }
  })
  const point = Math.max(0, divergence) / Math.max(1, sides.length)
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = 0
  for (const { choices, softmaxes, ratio, weight, sign } of seen) {
    const share = weight / sides.length
    ktoAt(sign * beta * (ratio - point), beta, at)
    loss += share * at.loss
    const scale = -share * sign * beta * at.pull
    for (const [i, { rows, chosen }] of choices.entries()) {
      const { probabilities } = softmaxes[i] as Softmax // one for each
      addRow(rows, chosen, scale, gradient)
      for (let row = 0; row < rows.count; row++) addRow(rows, row, -scale * (probabilities[row] as number), gradient)
    }
  }
  return loss
}

/** log pi - log ref of one action, in nats. */
function logRatio(now: Softmax, reference: Softmax, row: number): number {
  const [score, held] = [now.scores[row] as number, reference.scores[row] as number]
  return score - now.logPartition - (held - reference.logPartition)
}
