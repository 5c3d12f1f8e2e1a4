/** Cells made of a rule instead of a run: their numbers can be worked out by hand. */
import type { Cell, Score } from '../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../src/core/comparison/comparison.ts'
import { DEFAULT_COMPARISON } from '../../../src/core/comparison/default-comparison.ts'

export function comparisonOf(some: Partial<Comparison> = {}): Comparison {
  return {
    ...DEFAULT_COMPARISON,
    arms: [
      { method: 'sft', settings: {} },
      { method: 'fixed-size', settings: { candidates: 3 } },
      { method: 'rro', settings: {} },
      { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } },
    ],
    budgets: [1000, 2000],
    seeds: 3,
    ...some,
  }
}

export function scoreOf(reward: number): Score {
  return { reward, success: reward / 2, greedyReward: reward / 4, greedySuccess: reward / 8 }
}

export function cellOf(some: Partial<Cell> & Pick<Cell, 'arm' | 'seed' | 'budget'>, reward = 0.5): Cell {
  const score = scoreOf(reward)
  return {
    score,
    rounds: [{ policyCalls: some.budget, score }],
    cost: { candidates: 20, rollouts: 100, policyCalls: some.budget },
    tasks: 4,
    steps: 10,
    pairs: 8,
    candidates: {
      counts: [0, 6, 2, 2],
      byDepth: [
        [4, 6],
        [6, 10],
      ],
    },
    weights: [0, 1],
    ...some,
  }
}

/** Every cell of a comparison, with a reward for each arm and seed. */
export function cellsOfAll(
  comparison: Comparison,
  reward: (arm: number, seed: number, budget: number) => number,
): Cell[] {
  return comparison.arms.flatMap((_, arm) =>
    comparison.budgets.flatMap((budget) =>
      Array.from({ length: comparison.seeds }, (_, place) => {
        const seed = comparison.firstSeed + place
        return cellOf({ arm, seed, budget }, reward(arm, seed, budget))
      }),
    ),
  )
}
