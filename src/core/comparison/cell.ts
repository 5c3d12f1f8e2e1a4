/** One cell of a comparison: what came of one arm with one seed at one budget. */
import type { Cost } from '../log/cost-fold.ts'

/** How good a policy is on the test tasks. */
export interface Score {
  /** Mean outcome reward, sampled at temperature 1. */
  readonly reward: number
  /** Share of episodes with the largest reward. */
  readonly success: number
  /** The same, greedy. */
  readonly greedyReward: number
  readonly greedySuccess: number
}

/** Shares of steps whose process reward is above (`rising`) or at least (`notFalling`) the one before, by third of the episode. */
export interface RisingShare {
  /** Start, middle and end of episodes; undefined where there was no step. */
  readonly rising: readonly (number | undefined)[]
  readonly notFalling: readonly (number | undefined)[]
}

/** What only a simulator can know: estimates held against values from many more rollouts, outside of the budget. */
export interface Diagnosis {
  /** Candidates accepted as rising that were looked at, and those whose exact value is below the exact bar. */
  readonly risesChecked: number
  readonly falseRises: number
  /** Mean of estimate minus exact value over accepted candidates; undefined without any. */
  readonly acceptedBias: number | undefined
  readonly pairsChecked: number
  /** Pairs whose chosen action is exactly better. */
  readonly pairsOrdered: number
  /** Of the start policy and of the one that came of the largest budget, on test tasks. */
  readonly before: RisingShare
  readonly after: RisingShare
}

/** What one arm gives with one seed at one budget. */
export interface Cell {
  /** Index into the comparison's arms. */
  readonly arm: number
  readonly seed: number
  readonly budget: number
  readonly score: Score
  /** After each round, in order; the last is the cell's own. */
  readonly rounds: readonly { readonly policyCalls: number; readonly score: Score }[]
  /** What was spent, up to the last event inside the budget. */
  readonly cost: Cost
  /** Of a language model: what went through it while it explored and while it was trained, which is what its budget is of. */
  readonly tokens?: { readonly explored: number; readonly trained: number }
  /** Tasks begun. */
  readonly tasks: number
  readonly steps: number
  readonly pairs: number
  /** Candidates drawn or verified in a step: `counts[n]` steps had n; `byDepth[d]` is [steps, candidates] at depth d + 1. */
  readonly candidates: {
    readonly counts: readonly number[]
    readonly byDepth: readonly (readonly [number, number])[]
  }
  /** Of the trained policy; the number of its features. None of a language model, which has a million. */
  readonly weights: readonly number[]
  /** At the largest budget only. */
  readonly diagnosis?: Diagnosis
}

/** What of a cell was explored with one policy: a round, or the batch of one update of a policy gradient. */
export interface StretchFacts {
  /** Counted from 0. */
  readonly round: number
  /** Of the round, counted from 0; undefined where the round has one policy. */
  readonly update: number | undefined
  /** Place of its first task in the order of the seed, counted from 0. */
  readonly firstTask: number
  /** Tasks begun; the last one of a round is cut where its budget ends. */
  readonly tasks: number
  /** Of this stretch. */
  readonly policyCalls: number
  readonly pairs: number
}
