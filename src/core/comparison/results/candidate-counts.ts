/** How many candidates steps drew, all seeds together. */
import type { Cell } from '../cell.ts'

/** Candidates that steps drew, all seeds together. */
export interface CandidateCounts {
  readonly steps: number
  readonly mean: number
  /** The least number that at least 95 % of the steps do not exceed. */
  readonly p95: number
  readonly max: number
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
