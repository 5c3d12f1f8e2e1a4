/** Policy gradients of sampled trajectories: REINFORCE, and the clipped surrogate of PPO with GRPO's penalty. */
import { exp } from '../../core/elementary.ts'
import type { Differentiable } from './differentiable.ts'

/** What an agent did, and how much better than expected each decision was. The lists have one entry for each decision. */
export interface Trajectory<D> {
  readonly decisions: readonly D[]
  readonly advantages: readonly number[]
  /** log pi under the policy that sampled it, and under the reference, in nats. */
  readonly old: readonly number[]
  readonly reference: readonly number[]
  /** What one of its decisions weighs in the loss. */
  readonly share: number
}

/**
 * REINFORCE (Williams, 1992), as RLOO uses it: L = - sum share A log pi, right after sampling, when the policy is still the one
 * that sampled. Adds the gradient; returns the loss.
 */
export function reinforce<D>(trajectories: readonly Trajectory<D>[], policy: Differentiable<D>): number {
  let loss = 0
  for (const { decisions, advantages, share } of trajectories)
    policy.pull(decisions, (logs) =>
      logs.map((log, i) => {
        const slope = -share * (advantages[i] as number)
        loss += slope * log
        return slope
      }),
    )
  return loss
}

export interface ClippedOptions {
  /** epsilon: how far the ratio may go from 1 before it brings nothing more. */
  readonly clip: number
  /** beta: weight of the estimated divergence from the reference, in nats. */
  readonly klWeight: number
}

/**
 * The clipped surrogate (PPO: Schulman et al., 2017, arXiv 1707.06347, equation 7) with the divergence from the reference as
 * a part of the loss (GRPO: Shao et al., 2024, arXiv 2402.03300, equations 3 and 4):
 *
 *   L = - sum share [ min(rho A, clip(rho, 1 - epsilon, 1 + epsilon) A) - beta (exp(delta) - delta - 1) ]
 *   rho = pi / pi_old,  delta = log ref - log pi
 *
 * exp(delta) - delta - 1 is never negative, and unbiased for KL(pi || ref) under pi. Adds the gradient; returns the loss.
 */
export function clippedSurrogate<D>(
  trajectories: readonly Trajectory<D>[],
  policy: Differentiable<D>,
  { clip, klWeight }: ClippedOptions,
): number {
  let loss = 0
  for (const { decisions, advantages, old, reference, share } of trajectories)
    policy.pull(decisions, (logs) =>
      logs.map((log, i) => {
        const advantage = advantages[i] as number // one for each decision, as the others
        const ratio = exp(log - (old[i] as number))
        const free = ratio * advantage
        const held = Math.min(1 + clip, Math.max(1 - clip, ratio)) * advantage
        const delta = (reference[i] as number) - log
        const times = exp(delta)
        loss += share * (klWeight * (times - delta - 1) - Math.min(free, held))
        return share * (klWeight * (1 - times) - (free <= held ? free : 0))
      }),
    )
  return loss
}
