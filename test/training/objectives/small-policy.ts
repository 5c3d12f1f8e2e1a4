/** States, decisions and trajectories of a small log-linear policy, and the derivative of whatever is a function of its weights. */
import type { RandomStream } from '../../../src/core/random.ts'
import type { Decision } from '../../../src/policies/linear/decision.ts'
import { dotRows, logShare } from '../../../src/policies/linear/softmax.ts'
import { createThinner } from '../../../src/policies/linear/sparse-rows.ts'
import { createRooms } from '../../../src/training/dpo/rooms.ts'
import { type Differentiable, linearPolicy } from '../../../src/training/objectives/differentiable.ts'
import type { Trajectory } from '../../../src/training/objectives/surrogate.ts'

export const WIDTH = 4

export function someWeights(random: RandomStream, scale = 1): Float64Array {
  return Float64Array.from({ length: WIDTH }, () => scale * (2 * random.next() - 1))
}

export function someDecision(random: RandomStream): Decision {
  const count = 2 + random.below(4)
  const rows = Float64Array.from({ length: count * WIDTH }, () => 2 * random.next() - 1)
  return { rows, count, chosen: random.below(count) }
}

export function logOf({ rows, count, chosen }: Decision, weights: Readonly<Float64Array>): number {
  return logShare(dotRows(rows, weights, count), chosen, 1)
}

/** Some trajectories that `old` sampled, with advantages from -1 to 1. */
export function someTrajectories(
  random: RandomStream,
  old: Float64Array,
  reference: Float64Array,
): Trajectory<Decision>[] {
  return Array.from({ length: 1 + random.below(4) }, () => {
    const decisions = Array.from({ length: random.below(4) }, () => someDecision(random))
    return {
      decisions,
      advantages: decisions.map(() => 2 * random.next() - 1),
      old: decisions.map((decision) => logOf(decision, old)),
      reference: decisions.map((decision) => logOf(decision, reference)),
      share: random.next(),
    }
  })
}

/** A loss at some weights, and its gradient. */
export function differentiated(
  weights: Float64Array,
  loss: (policy: Differentiable<Decision>) => number,
): { readonly loss: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(WIDTH)
  return { loss: loss(linearPolicy(weights, gradient, createThinner(WIDTH), createRooms())), gradient }
}

/** The central difference of a function at weights, along one of them. */
export function difference(weights: Float64Array, k: number, at: (weights: Float64Array) => number): number {
  const moved = (h: number): Float64Array => weights.map((weight, i) => weight + (i === k ? h : 0))
  return (at(moved(1e-5)) - at(moved(-1e-5))) / 2e-5
}
