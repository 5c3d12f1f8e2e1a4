/** How the policy acts in the test, and what a cell's score calls its numbers then. */
export const SCORES = {
  sampled: { reward: 'reward', success: 'success' },
  greedy: { reward: 'greedyReward', success: 'greedySuccess' },
} as const

export type Measure = keyof typeof SCORES
