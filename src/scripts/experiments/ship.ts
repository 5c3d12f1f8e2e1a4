/** Writes the comparisons that ship with the page, from the cells of the study `page`. */
import { writeFileSync } from 'node:fs'
import { formatArm } from '../../core/comparison/arm-address.ts'
import { SITE } from '../../node/disk-loader.ts'
import { writeRecorded } from '../../worker/comparisons/recorded-comparison.ts'
import { recordedComparisonFile } from '../../worker/machine/data-loader.ts'
import { type CellsFile, cellKey } from './cells-file.ts'
import { Refusal } from './refusal.ts'
import type { Part } from './studies.ts'

/**
 * @param day that the files say: when their cells were computed, as `2026-11-28`
 * @returns the paths of the files
 */
export function ship(parts: readonly Part[], cells: CellsFile, day: string): readonly string[] {
  return parts.map(({ comparison }) => {
    const { environment, arms, budgets, firstSeed, seeds } = comparison
    const all = arms.flatMap((given, arm) =>
      budgets.flatMap((budget) =>
        Array.from({ length: seeds }, (_, i) => {
          const record = cells.get(cellKey(comparison, arm), firstSeed + i, budget)
          if (record === undefined)
            throw new Refusal(
              `A cell is missing: ${environment} ${formatArm(given)}, ${budget} calls, seed ${firstSeed + i}.`,
            )
          return { ...record.cell, arm }
        }),
      ),
    )
    const path = `${SITE}${recordedComparisonFile(environment)}`
    writeFileSync(path, writeRecorded(day, comparison, all))
    return path
  })
}
