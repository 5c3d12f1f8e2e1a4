/**
 * What holds a policy where no pair speaks: its divergence from the reference in the states that the exploration visited.
 * The gradient is sum_a (pi(a | s) - ref(a | s)) x_a.
 */
import type { Decision } from '../../policies/linear/decision.ts'
import { createShelf } from '../../policies/linear/shelf.ts'
import { addRow, type Softmax, type SparseRows, softmaxOf, type Thinner } from '../../policies/linear/sparse-rows.ts'
import { createRooms, type Rooms } from './rooms.ts'

/** A state that the exploration visited: its actions. */
export type Anchor = Pick<Decision, 'rows' | 'count'>

/** An anchor, made ready. */
export interface Held {
  readonly rows: SparseRows
  /** What the reference does there. */
  readonly reference: Softmax
}

export function heldOf(anchors: readonly Anchor[], reference: Readonly<Float64Array>, thin: Thinner): readonly Held[] {
  const keep = createShelf()
  const rooms = createRooms()
  return anchors.map((anchor) => {
    const rows = thin(anchor)
    const { count } = rows
    const { scores, probabilities, logPartition } = softmaxOf(rows, reference, rooms(0, count))
    return { rows, reference: { scores: keep(scores, count), probabilities: keep(probabilities, count), logPartition } }
  })
}

/** Adds `scale` times the gradient of the mean of KL(reference || policy) to `gradient`; returns that mean, in nats. */
export function addDivergence(
  anchors: readonly Held[],
  weights: Readonly<Float64Array>,
  scale: number,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  let sum = 0
  for (const { rows, reference } of anchors) {
    const { scores, logPartition, probabilities } = softmaxOf(rows, weights, rooms(0, rows.count))
    sum += logPartition - reference.logPartition
    for (let row = 0; row < rows.count; row++) {
      const held = reference.probabilities[row] as number
      sum += held * ((reference.scores[row] as number) - (scores[row] as number))
      addRow(rows, row, (scale / anchors.length) * ((probabilities[row] as number) - held), gradient)
    }
  }
  return anchors.length === 0 ? 0 : sum / anchors.length
}
