/**
 * Folds of a comparison's cells into what is told of it: each arm at each budget with its mean over seeds and the
 * two-sided 95 % t-interval of that mean, learning over rounds, candidates, rises, pairs; and who stands where, by
 * differences seed by seed. Pure: the page draws them, scripts print them. Cells may come in any order, and not all of
 * them need be there.
 */

import { type Interval, interval95, mean } from '../statistics.ts'
import type { Cell, RisingShare, Score } from './cell.ts'
import type { Comparison } from './comparison.ts'

export const SCORE_NAMES = [
  'reward',
  'success',
  'greedyReward',
  'greedySuccess',
] as const satisfies readonly (keyof Score)[]
export type ScoreName = (typeof SCORE_NAMES)[number]

/** A mean over seeds; `count` values went into it. */
export interface SeedMean extends Interval {
  readonly count: number
}

/** Undefined of no values. */
export function seedMean(values: readonly (number | undefined)[]): SeedMean | undefined {
  const given = values.filter((value) => value !== undefined)
  return given.length === 0 ? undefined : { ...interval95(given), count: given.length }
}

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

/** Candidates that steps drew, all seeds together. */
export interface CandidateCounts {
  readonly steps: number
  readonly mean: number
  /** The least number that at least 95 % of the steps do not exceed. */
  readonly p95: number
  readonly max: number
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
  const over = (value: (cell: Cell) => number): SeedMean => ({ ...interval95(cells.map(value)), count: cells.length })
  return {
    ...{ arm, budget, cells },
    scores: {
      reward: over(({ score }) => score.reward),
      success: over(({ score }) => score.success),
      greedyReward: over(({ score }) => score.greedyReward),
      greedySuccess: over(({ score }) => score.greedySuccess),
    },
    policyCalls: over(({ cost }) => cost.policyCalls),
    tasks: over(({ tasks }) => tasks),
    pairs: over(({ pairs }) => pairs),
    pairsPerThousandCalls: seedMean(
      cells.map(({ pairs, cost }) => (cost.policyCalls === 0 ? undefined : (1000 * pairs) / cost.policyCalls)),
    ),
    candidates: candidateCounts(cells.map(({ candidates }) => candidates.counts)),
  }
}

/**
 * @param counts for each seed, how many steps drew n candidates, at n
 * @returns undefined where there was no step
 */
export function candidateCounts(counts: readonly (readonly number[])[]): CandidateCounts | undefined {
  const most = Math.max(0, ...counts.map((own) => own.length))
  const steps = Array.from({ length: most }, (_, n) => counts.reduce((sum, own) => sum + (own[n] ?? 0), 0))
  const total = steps.reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let below = 0
  let p95 = 0
  while (below + (steps[p95] ?? 0) < 0.95 * total) below += steps[p95++] ?? 0
  return {
    steps: total,
    mean: steps.reduce((sum, count, n) => sum + count * n, 0) / total,
    p95,
    max: steps.findLastIndex((count) => count > 0),
  }
}

/** Mean candidates of the steps at one depth, all seeds together. */
export interface DepthMean {
  /** From 1. */
  readonly depth: number
  readonly steps: number
  readonly mean: number
}

export function candidatesByDepth(cells: readonly Cell[]): readonly DepthMean[] {
  const deepest = Math.max(0, ...cells.map(({ candidates }) => candidates.byDepth.length))
  return Array.from({ length: deepest }, (_, place) => {
    const [steps, drawn] = cells.reduce(
      ([steps, drawn], { candidates }) => {
        const [moreSteps, more] = candidates.byDepth[place] ?? [0, 0]
        return [steps + moreSteps, drawn + more]
      },
      [0, 0],
    )
    return { depth: place + 1, steps, mean: drawn / steps }
  }).filter(({ steps }) => steps > 0)
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
    const of = (name: ScoreName): SeedMean => ({
      ...interval95(own.map(({ score }) => score[name])),
      count: own.length,
    })
    const scores = {
      reward: of('reward'),
      success: of('success'),
      greedyReward: of('greedyReward'),
      greedySuccess: of('greedySuccess'),
    }
    return { round, policyCalls: mean(own.map(({ policyCalls }) => policyCalls)), scores }
  })
}

export const THIRDS = ['start', 'middle', 'end'] as const
export const RISE_KINDS = ['rising', 'notFalling'] as const satisfies readonly (keyof RisingShare)[]

/** Shares of steps of an arm's policy, before and after its training, by third of the episode. */
export interface RisingMeans {
  readonly before: Readonly<Record<(typeof RISE_KINDS)[number], readonly (SeedMean | undefined)[]>>
  readonly after: RisingMeans['before']
}

/** What only a simulator can know of an arm; over the seeds that have a diagnosis (cells at the largest budget). */
export interface ArmDiagnosis {
  readonly arm: number
  readonly cells: readonly Cell[]
  readonly risesChecked: number
  readonly falseRises: number
  /** Share of accepted rises whose exact value is below the exact bar. */
  readonly falseRiseRate: SeedMean | undefined
  /** Estimate minus exact value of what was accepted. */
  readonly acceptedBias: SeedMean | undefined
  readonly pairsChecked: number
  readonly pairsOrdered: number
  readonly orderedShare: SeedMean | undefined
  readonly rising: RisingMeans
}

export function armDiagnoses({ arms }: Comparison, cells: readonly Cell[]): readonly ArmDiagnosis[] {
  return arms.flatMap((_, arm) => {
    const own = cells.filter((cell) => cell.arm === arm && cell.diagnosis !== undefined).sort((a, b) => a.seed - b.seed)
    const all = own.flatMap(({ diagnosis }) => diagnosis ?? [])
    if (all.length === 0) return []
    const sum = (value: (diagnosis: (typeof all)[number]) => number): number =>
      all.reduce((total, diagnosis) => total + value(diagnosis), 0)
    const thirds = (moment: 'before' | 'after'): RisingMeans['before'] => {
      const of = (kind: keyof RisingShare): readonly (SeedMean | undefined)[] =>
        THIRDS.map((_, third) => seedMean(all.map((diagnosis) => diagnosis[moment][kind][third])))
      return { rising: of('rising'), notFalling: of('notFalling') }
    }
    return {
      ...{ arm, cells: own },
      risesChecked: sum(({ risesChecked }) => risesChecked),
      falseRises: sum(({ falseRises }) => falseRises),
      falseRiseRate: seedMean(all.map(({ falseRises, risesChecked }) => share(falseRises, risesChecked))),
      acceptedBias: seedMean(all.map(({ acceptedBias }) => acceptedBias)),
      pairsChecked: sum(({ pairsChecked }) => pairsChecked),
      pairsOrdered: sum(({ pairsOrdered }) => pairsOrdered),
      orderedShare: seedMean(all.map(({ pairsOrdered, pairsChecked }) => share(pairsOrdered, pairsChecked))),
      rising: { before: thirds('before'), after: thirds('after') },
    }
  })
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}

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
