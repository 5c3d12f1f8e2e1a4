import type { Cell } from '../../../src/core/comparison/cell.ts'

/** One that earned this much, and nothing else is told of it. */
export function madeUpCell(seed: number, budget: number, reward: number): Cell {
  return {
    arm: 0,
    seed,
    budget,
    score: { reward, success: 0, greedyReward: 0, greedySuccess: 0 },
    rounds: [],
    cost: { candidates: 0, rollouts: 0, policyCalls: budget },
    tasks: 0,
    steps: 0,
    pairs: 0,
    candidates: { counts: [], byDepth: [] },
    weights: [],
  }
}
