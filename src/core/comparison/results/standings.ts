/** Who stands where: differences of arms seed by seed, and the ranking of their means. */
import { interval95 } from '../../statistics.ts'
import type { Cell } from '../cell.ts'
import type { ArmResult } from './arm-results.ts'
import type { ScoreName, SeedMean } from './seed-mean.ts'

/** One arm minus another over the seeds that both have: a mean with its two-sided 95 % t-interval. */
export interface PairedDifference {
  readonly mean: number
  readonly halfWidth: number
  /** Seeds that both have; at least 2. */
  readonly count: number
}

/**
 * Arms with the same seed meet the same tasks with the same random numbers, so that what is common to both falls out of
 * the difference of each seed. The interval is for this one comparison: of many, some exclude 0 by chance.
 * @param one cells of one arm at one budget, in any order
 * @param other of another arm at that budget
 * @returns one minus other; undefined with fewer than two seeds in common
 */
export function pairedDifference(
  one: readonly Cell[],
  other: readonly Cell[],
  name: ScoreName,
): PairedDifference | undefined {
  const theirs = new Map(other.map(({ seed, score }) => [seed, score[name]]))
  const gaps = one.flatMap(({ seed, score }) => {
    const their = theirs.get(seed)
    return their === undefined ? [] : [score[name] - their]
  })
  const { mean, halfWidth } = interval95(gaps)
  return halfWidth === undefined ? undefined : { mean, halfWidth, count: gaps.length }
}

export const OUTCOMES = ['wins', 'close', 'loses', 'unknown'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** `wins` and `loses`: the interval excludes 0; `unknown`: there is none. */
export function outcomeOf(difference: PairedDifference | undefined): Outcome {
  if (difference === undefined) return 'unknown'
  const { mean, halfWidth } = difference
  if (Math.abs(mean) <= halfWidth) return 'close'
  return mean > 0 ? 'wins' : 'loses'
}

export interface Standing {
  readonly arm: number
  readonly score: SeedMean
  /** From 1. */
  readonly rank: number
  readonly cells: readonly Cell[]
}

/** Who stands where at one budget: the highest mean first, equal means in the comparison's order. */
export interface Ranking {
  readonly budget: number
  /** What is ranked. */
  readonly name: ScoreName
  readonly standings: readonly Standing[]
}

/** For each budget that has cells of at least two arms. */
export function rankings(results: readonly ArmResult[], name: ScoreName): readonly Ranking[] {
  const budgets = [...new Set(results.map(({ budget }) => budget))].sort((a, b) => a - b)
  return budgets.flatMap((budget) => {
    const own = results.filter((result) => result.budget === budget)
    if (own.length < 2) return []
    const sorted = own.toSorted((a, b) => b.scores[name].mean - a.scores[name].mean || a.arm - b.arm)
    const standings = sorted.map(({ arm, scores, cells }, place) => ({
      arm,
      score: scores[name],
      rank: place + 1,
      cells,
    }))
    return { budget, name, standings }
  })
}
