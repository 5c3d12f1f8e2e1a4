/** By how much an episode, or one of its steps, did better than others that began alike. */
import { standardDeviation } from '../../core/statistics.ts'

/** Against division by zero, in units of reward. */
const LEAST_DEVIATION = 1e-6

/**
 * RLOO (Ahmadian et al., 2024, arXiv 2402.14740, equation 8): each reward against the mean of the others, an unbiased
 * baseline. 0 of a single one.
 */
export function leaveOneOut(rewards: readonly number[]): readonly number[] {
  if (rewards.length < 2) return rewards.map(() => 0)
  const sum = rewards.reduce((all, reward) => all + reward, 0)
  return rewards.map((reward) => reward - (sum - reward) / (rewards.length - 1))
}

/**
 * GRPO (Shao et al., 2024, arXiv 2402.03300, section 4.1.2): each reward against the mean of its group, in sample standard
 * deviations of the group.
 * @param normalise false leaves the deviation out (Dr. GRPO: Liu et al., 2025, arXiv 2503.20783)
 */
export function groupRelative(rewards: readonly number[], normalise: boolean): readonly number[] {
  const mean = rewards.reduce((all, reward) => all + reward, 0) / Math.max(1, rewards.length)
  const deviation = normalise ? (standardDeviation(rewards) ?? 0) + LEAST_DEVIATION : 1
  return rewards.map((reward) => (reward - mean) / deviation)
}

export interface GroupedEpisode {
  /** Outcome reward. */
  readonly reward: number
  /** What the agent saw before each of its actions: equal texts are one anchor state. */
  readonly states: readonly string[]
}

export interface StepWeights {
  /** omega: weight of the advantage among the visits of one state. */
  readonly stateWeight: number
  /** gamma, 0 to 1: what a reward is worth one step earlier. */
  readonly discount: number
  readonly normalise: boolean
}

/**
 * GiGPO (Feng et al., 2025, arXiv 2505.10978, equations 3 to 8): the advantage of the episode in its group, plus omega times
 * that of the discounted return among all visits of the same state by the group's episodes, at whatever step. A state that
 * was visited once adds nothing.
 * @returns for each episode one advantage for each of its steps
 */
export function groupInGroup(
  episodes: readonly GroupedEpisode[],
  { stateWeight, discount, normalise }: StepWeights,
): readonly (readonly number[])[] {
  const whole = groupRelative(
    episodes.map(({ reward }) => reward),
    normalise,
  )
  const visits = new Map<string, { readonly episode: number; readonly step: number; readonly value: number }[]>()
  for (const [episode, { reward, states }] of episodes.entries()) {
    let value = reward
    for (let step = states.length - 1; step >= 0; step--, value *= discount) {
      const state = states[step] as string // step is inside
      const known = visits.get(state)
      if (known === undefined) visits.set(state, [{ episode, step, value }])
      else known.push({ episode, step, value })
    }
  }
  const advantages = episodes.map(({ states }, episode) => states.map(() => whole[episode] as number))
  for (const group of visits.values()) {
    const values = group.map(({ value }) => value)
    for (const [i, relative] of groupRelative(values, normalise).entries()) {
      const { episode, step } = group[i] as (typeof group)[number] // one for each
      const own = advantages[episode] as number[] // made above
      own[step] = (own[step] as number) + stateWeight * relative
    }
  }
  return advantages
}
