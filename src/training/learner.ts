/** A policy while it is trained, of whatever kind: objectives gather slopes in its gradient, and steps move it against them. */
import type { Decision } from '../policies/linear/decision.ts'
import { createThinner } from '../policies/linear/sparse-rows.ts'
import type { AdamStep } from './adam.ts'
import { createRooms } from './dpo/rooms.ts'
import { type Differentiable, linearPolicy, logProbabilities } from './objectives/differentiable.ts'

export interface Learner<D> extends Differentiable<D> {
  /** log pi of each decision, in nats, by the parameters as they are. */
  logs(decisions: readonly D[]): readonly number[]
  /** The same by the parameters that it began with. */
  reference(decisions: readonly D[]): readonly number[]
  /** Tokens that go through the model where it judges decisions once; missing where it reads none. */
  tokens?(decisions: readonly D[]): number
  /**
   * One step of its optimiser against the gradient, which is cleared.
   * @param count what the gradient is a sum over: it is divided by it; 1 for a mean
   */
  step(count?: number): void
  /** Decisions that it has seen do not come again: what it keeps of them goes. */
  forget(): void
}

/**
 * The log-linear policy, with exact gradients.
 * @param weights changed in place by steps
 * @param move how a step goes: `adam`
 */
export function linearLearner(weights: Float64Array, move: AdamStep): Learner<Decision> {
  const rooms = createRooms()
  const begun = weights.slice()
  const gradient = new Float64Array(weights.length)
  let thin = createThinner(weights.length)
  return {
    pull: (decisions, slopesAt) => linearPolicy(weights, gradient, thin, rooms).pull(decisions, slopesAt),
    logs: (decisions) => logProbabilities(decisions, weights, thin, rooms),
    reference: (decisions) => logProbabilities(decisions, begun, thin, rooms),
    step(count = 1) {
      if (count !== 1) for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] as number) / count
      move(weights, gradient)
      gradient.fill(0)
    },
    forget() {
      thin = createThinner(weights.length)
    },
  }
}
