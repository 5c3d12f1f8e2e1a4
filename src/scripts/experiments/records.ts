/** The cells of a study's part, gathered for tables. */
import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Comparison, Training } from '../../core/comparison/comparison.ts'
import { type CellKey, type CellRecord, type CellsFile, cellKey } from './cells-file.ts'
import type { Part } from './studies.ts'
import type { Group } from './tables.ts'

/** In the order of the comparison's seeds; those that are not there yet are left out. */
export function keptOf(comparison: Comparison, key: CellKey, budget: number, cells: CellsFile): readonly CellRecord[] {
  const seeds = Array.from({ length: comparison.seeds }, (_, i) => comparison.firstSeed + i)
  return seeds.flatMap((seed): CellRecord[] => {
    const record = cells.get(key, seed, budget)
    return record === undefined ? [] : [record]
  })
}

/** Of one arm. @param training instead of its own */
export function recordsOf({ comparison }: Part, arm: number, budget: number, cells: CellsFile, training?: Training) {
  return keptOf(comparison, cellKey(comparison, arm, training), budget, cells)
}

/** Of every arm at every budget. */
export function groupsOf(part: Part, cells: CellsFile): readonly Group[] {
  const { arms, budgets } = part.comparison
  return arms.flatMap((arm, i) =>
    budgets.map((budget) => ({ arm: formatArm(arm), budget, records: recordsOf(part, i, budget, cells) })),
  )
}
