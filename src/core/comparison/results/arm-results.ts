/**
 * What is told of each arm at each budget, and how it learnt over rounds: means over seeds. Cells may come in any order,
 * and not all of them need be there.
 */
import { mean } from '../../statistics.ts'
import type { Cell } from '../cell.ts'
import type { Comparison } from '../comparison.ts'
import { type CandidateCounts, candidateCounts } from './candidate-counts.ts'
import { meanOf, type ScoreName, type SeedMean, scoreMeans, seedMean } from './seed-mean.ts'

/** One arm at one budget. */
export interface ArmResult {
  readonly arm: number
  readonly budget: number
  /** By seed, ascending. */
  readonly cells: readonly Cell[]
  readonly scores: Readonly<Record<ScoreName, SeedMean>>
  /** Spent, of the budget. */
  readonly policyCalls: SeedMean
  readonly tasks: SeedMean
  readonly pairs: SeedMean
  /** Undefined where no call was made. */
  readonly pairsPerThousandCalls: SeedMean | undefined
  readonly candidates: CandidateCounts | undefined
}

/** Arms in the comparison's order, budgets ascending; those that have a cell. */
export function armResults(comparison: Comparison, cells: readonly Cell[]): readonly ArmResult[] {
  return comparison.arms.flatMap((_, arm) =>
    comparison.budgets.flatMap((budget) => {
      const own = cellsOf(cells, arm, budget)
      return own.length === 0 ? [] : armResult(arm, budget, own)
    }),
  )
}

/** By seed, ascending. */
export function cellsOf(cells: readonly Cell[], arm: number, budget: number): readonly Cell[] {
  return cells.filter((cell) => cell.arm === arm && cell.budget === budget).sort((a, b) => a.seed - b.seed)
}

function armResult(arm: number, budget: number, cells: readonly Cell[]): ArmResult {
  const over = (value: (cell: Cell) => number): SeedMean => meanOf(cells.map(value))
  return {
    ...{ arm, budget, cells },
    scores: scoreMeans(cells.map(({ score }) => score)),
    policyCalls: over(({ cost }) => cost.policyCalls),
    tasks: over(({ tasks }) => tasks),
    pairs: over(({ pairs }) => pairs),
    pairsPerThousandCalls: seedMean(
      cells.map(({ pairs, cost }) => (cost.policyCalls === 0 ? undefined : (1000 * pairs) / cost.policyCalls)),
    ),
    candidates: candidateCounts(cells.map(({ candidates }) => candidates.counts)),
  }
}

/** How good the policy was after a round; round 0 is the start policy. */
export interface RoundMean {
  readonly round: number
  /** Spent so far. */
  readonly policyCalls: number
  readonly scores: Readonly<Record<ScoreName, SeedMean>>
}

/**
 * @param cells of one arm at one budget
 * @param start cells of the arm that explores nothing, if there is one
 */
export function learningCurve(cells: readonly Cell[], start: readonly Cell[] = []): readonly RoundMean[] {
  const rounds = Math.max(0, ...cells.map((cell) => cell.rounds.length))
  const before = start.map(({ score }) => ({ policyCalls: 0, score }))
  const points = [
    before,
    ...Array.from({ length: rounds }, (_, round) => cells.flatMap((cell) => cell.rounds[round] ?? [])),
  ]
  return points.flatMap((own, round) => {
    if (own.length === 0) return []
    const scores = scoreMeans(own.map(({ score }) => score))
    return { round, policyCalls: mean(own.map(({ policyCalls }) => policyCalls)), scores }
  })
}
