/**
 * All that an objective asks of a policy: log-probabilities of decisions, and a place for their slopes. Objectives work on these
 * numbers alone, so that they serve any policy that can be differentiated.
 */
import type { Decision } from '../../policies/linear/decision.ts'
import { addRow, softmaxOf, type Thinner } from '../../policies/linear/sparse-rows.ts'
import type { Rooms } from '../dpo/rooms.ts'

/** A policy at some parameters, with a gradient that grows. D is one decision, as the policy knows it. */
export interface Differentiable<D> {
  /**
   * Works out log pi of each decision of a trajectory, in nats, and adds the sum of slope times the gradient of log pi to the
   * gradient.
   * @param slopesAt the derivative of the loss by each log pi; as many as decisions
   */
  pull(decisions: readonly D[], slopesAt: (logProbabilities: readonly number[]) => readonly number[]): void
}

/** The log-linear policy, exact: the gradient of log pi(a | s) is x_a - sum_b pi(b | s) x_b. */
export function linearPolicy(
  weights: Readonly<Float64Array>,
  gradient: Float64Array,
  thin: Thinner,
  rooms: Rooms,
): Differentiable<Decision> {
  return {
    pull(decisions, slopesAt) {
      const seen = decisions.map((decision, i) => {
        const rows = thin(decision)
        const { scores, probabilities, logPartition } = softmaxOf(rows, weights, rooms(i, rows.count))
        return { rows, probabilities, logProbability: (scores[decision.chosen] as number) - logPartition }
      })
      const slopes = slopesAt(seen.map(({ logProbability }) => logProbability))
      for (const [i, { rows, probabilities }] of seen.entries()) {
        const slope = slopes[i] as number // one for each decision
        if (slope === 0) continue
        addRow(rows, decisions[i]?.chosen as number, slope, gradient)
        for (let row = 0; row < rows.count; row++) addRow(rows, row, -slope * (probabilities[row] as number), gradient)
      }
    },
  }
}

/** log pi of each decision under the log-linear policy, in nats. */
export function logProbabilities(
  decisions: readonly Decision[],
  weights: Readonly<Float64Array>,
  thin: Thinner,
  rooms: Rooms,
): readonly number[] {
  return decisions.map((decision) => {
    const rows = thin(decision)
    const { scores, logPartition } = softmaxOf(rows, weights, rooms(0, rows.count))
    return (scores[decision.chosen] as number) - logPartition
  })
}
