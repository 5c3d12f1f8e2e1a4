/**
 * The log-linear policy as KTO sees it. The paper estimates the divergence behind the reference point by mismatched replies of the
 * batch, since it cannot sum over all of them. A policy over few actions can: it is the exact KL(pi || ref), summed over the
 * states of the batch.
 */
import type { Decision } from '../../policies/linear/decision.ts'
import { addRow, type Softmax, softmaxOf, type Thinner } from '../../policies/linear/sparse-rows.ts'
import { ktoLoss, type PairObjective, type Preference, type Weighed, weighed } from '../objectives/pair-objective.ts'
import { imitate, type Taken } from '../sft.ts'
import type { Rooms } from './rooms.ts'

interface Choice extends Taken {
  /** What the reference does there. */
  readonly reference: Softmax
}

/** A preference as two labelled replies. */
export interface Labelled extends Weighed<Decision> {
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

/** The mean loss over a batch, in nats; its gradient is added. */
export function linearKtoLoss(
  batch: readonly Labelled[],
  objective: PairObjective,
  weights: Readonly<Float64Array>,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  let room = 0
  let divergence = 0
  const replies = batch.flatMap(({ desirable, undesirable }) => [desirable, undesirable])
  const seen = replies.map((choices) => {
    let ratio = 0
    const softmaxes = choices.map(({ rows, chosen, reference }) => {
      const now = softmaxOf(rows, weights, rooms(room++, rows.count))
      ratio += logRatio(now, reference, chosen)
      for (let row = 0; row < rows.count; row++)
        divergence += (now.probabilities[row] as number) * logRatio(now, reference, row)
      return now
    })
    return { choices, ratio, softmaxes }
  })
  const ratios = seen.map(({ ratio }) => ratio)
  const { loss, slopes } = ktoLoss(batch, ratios, divergence, objective, 1)
  for (const [reply, { choices, softmaxes }] of seen.entries()) {
    const scale = slopes[reply] as number // one for each
    for (const [i, { rows, chosen }] of choices.entries()) {
      const { probabilities } = softmaxes[i] as Softmax // one for each
      addRow(rows, chosen, scale, gradient)
      for (let row = 0; row < rows.count; row++) addRow(rows, row, -scale * (probabilities[row] as number), gradient)
    }
  }
  let imitated = 0
  for (const pair of batch) {
    const imitation = (objective.sftWeight * pair.imitation) / batch.length
    if (imitation !== 0) imitated += imitation * imitate(pair.desirable, weights, imitation, gradient)
  }
  return loss - imitated
}

/** log pi - log ref of one action, in nats. */
function logRatio(now: Softmax, reference: Softmax, row: number): number {
  const [score, held] = [now.scores[row] as number, reference.scores[row] as number]
  return score - now.logPartition - (held - reference.logPartition)
}
