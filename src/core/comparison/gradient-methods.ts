/**
 * Methods that follow the policy gradient: they explore with the policy of their last update, and make no pairs. Each explores as a
 * method of runs does.
 */

export const GRADIENT_METHODS = ['rloo', 'grpo', 'gigpo', 'vineppo'] as const
export type GradientMethod = (typeof GRADIENT_METHODS)[number]

export function isGradientMethod(method: string): method is GradientMethod {
  return GRADIENT_METHODS.some((name) => name === method)
}

/** How sampled episodes become a policy. */
export interface GradientTraining {
  /** Of Adam. */
  readonly learningRate: number
  /** Tasks that an update learns from. */
  readonly batch: number
  /** Steps of Adam an update takes on its batch. */
  readonly epochs: number
  /** beta: weight of the divergence from the reference, in nats. */
  readonly klWeight: number
  /** epsilon: how far the ratio to the policy that sampled may go from 1. */
  readonly clip: number
  /** 1 divides advantages by the deviation of their group and a loss by the length of its episode (GRPO), 0 does neither (Dr. GRPO). */
  readonly normalise: number
  /** omega: weight of the advantage among the visits of one state. */
  readonly stateWeight: number
  /** gamma: what a reward is worth one step earlier. */
  readonly discount: number
}
