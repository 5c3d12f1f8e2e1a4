/** The cells of a comparison: which ones it plans, which are stored, and the jobs that give the others. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { parseCell } from '../../store/comparison-record.ts'
import type { CellPlace } from '../protocol/comparisons.ts'
import type { Ground } from './ground.ts'
import type { StudyJob } from './study-jobs.ts'

/** By `keyOf`. */
export type Cells = ReadonlyMap<string, Cell>

export function keyOf({ arm, seed, budget }: CellPlace): string {
  return `${arm},${seed},${budget}`
}

/** Without those that cannot be read, or that the comparison does not plan. */
export function readCells(comparison: Comparison, stored: readonly unknown[]): Map<string, Cell> {
  const { arms, budgets } = comparison
  const seeds = new Set(seedsOf(comparison))
  const cells = stored.map(parseCell).filter((cell) => cell !== undefined)
  const planned = cells.filter(
    ({ arm, seed, budget }) => arm < arms.length && seeds.has(seed) && budgets.includes(budget),
  )
  return new Map(planned.map((cell) => [keyOf(cell), cell]))
}

/**
 * Seed by seed, so that every arm is seen early. A job begins at the first budget that is missing: what comes before is
 * not computed again.
 */
export function missingJobs(comparison: Comparison, cells: Cells): Omit<StudyJob, keyof Ground>[] {
  const { arms, budgets } = comparison
  return seedsOf(comparison).flatMap((seed) =>
    arms.flatMap((_, arm) => {
      const first = budgets.findIndex((budget) => !cells.has(keyOf({ arm, seed, budget })))
      if (first < 0) return []
      return [{ comparison: { ...comparison, budgets: budgets.slice(first) }, arm, seed }]
    }),
  )
}

function seedsOf({ firstSeed, seeds }: Comparison): readonly number[] {
  return Array.from({ length: seeds }, (_, i) => firstSeed + i)
}
