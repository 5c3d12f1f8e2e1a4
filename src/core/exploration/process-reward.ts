/**
 * The process reward of an action: execute it, let the policy finish the episode m times, average the outcomes
 * (RRO, arXiv 2505.20737, section on reward rising sampling; IPR calls it the step reward).
 */

/**
 * Outcomes are fractions with small denominators, whose floating-point sums differ in the last digits by the order of
 * the terms. Values are kept to 12 decimals, so that equal values compare as equal and rounding never makes a rise.
 */
const PER_UNIT = 1e12

/** To 12 decimals. */
export function roundReward(reward: number): number {
  return Math.round(reward * PER_UNIT) / PER_UNIT + 0 // never -0
}

export interface ProcessReward {
  /** Mean outcome reward, to 12 decimals. */
  readonly mean: number
  /** Standard error of the mean, sample deviation / sqrt(m); 0 when the value is exact, null when m is 1. */
  readonly standardError: number | null
}

/**
 * Monte Carlo estimate from the outcome rewards of m >= 1 rollouts.
 * @throws RangeError on an empty list: a value without an observation is a broken invariant.
 */
export function processReward(outcomes: readonly number[]): ProcessReward {
  const m = outcomes.length
  if (m === 0) throw new RangeError('a process reward needs at least one rollout')
  let sum = 0
  for (const outcome of outcomes) sum += outcome
  const mean = sum / m
  if (m === 1) return { mean: roundReward(mean), standardError: null }
  let squares = 0
  for (const outcome of outcomes) squares += (outcome - mean) ** 2
  return { mean: roundReward(mean), standardError: Math.sqrt(squares / (m - 1) / m) }
}

/** An episode that has ended has an exact value. */
export function exactReward(outcome: number): ProcessReward {
  return { mean: roundReward(outcome), standardError: 0 }
}
