/** What a study comes to, as markdown, from the cells that there are. */
import { formatArm, type Training } from '../../core/comparison.ts'
import { type CellRecord, type CellsFile, cellKey } from './cells-file.ts'
import type { Part, StudyName } from './studies.ts'
import { diagnosisTable, differenceTable, type Group, rewardTable, titleOf, tuningTable } from './tables.ts'

export function report(study: StudyName, parts: readonly Part[], cells: CellsFile): string {
  if (study === 'tuning') return parts.map((part) => tuningReport(part, cells)).join('\n\n')
  // The arms of one world may come in several parts, each with its training.
  const titles = [...new Set(parts.map(({ comparison, split }) => titleOf(comparison, split)))]
  return titles
    .map((title) => {
      const here = parts.filter(({ comparison, split }) => titleOf(comparison, split) === title)
      const groups = here.flatMap((part) => groupsOf(part, cells))
      const tables = [rewardTable(groups), differenceTable(groups), diagnosisTable(groups)]
      return [`### ${title}`, ...tables.filter((table) => table !== undefined)].join('\n\n')
    })
    .join('\n\n')
}

function seedsOf({ comparison: { firstSeed, seeds } }: Part): readonly number[] {
  return Array.from({ length: seeds }, (_, i) => firstSeed + i)
}

function recordsOf(part: Part, arm: number, training: Training, budget: number, cells: CellsFile): CellRecord[] {
  const key = cellKey(part.comparison, arm, training, part.split)
  return seedsOf(part).flatMap((seed) => cells.get(key, seed, budget) ?? [])
}

function groupsOf(part: Part, cells: CellsFile): readonly Group[] {
  const { arms, budgets, training } = part.comparison
  return arms.flatMap((arm, i) =>
    budgets.map((budget) => ({
      arm: formatArm(arm),
      budget,
      records: recordsOf(part, i, training, budget, cells),
    })),
  )
}

function tuningReport(part: Part, cells: CellsFile): string {
  const { comparison, trainings = [], split } = part
  const tables = comparison.arms.map((arm, i) => {
    const found = new Map(
      trainings.map((training) => [
        wordsOf(training),
        comparison.budgets.flatMap((budget) => recordsOf(part, i, training, budget, cells)),
      ]),
    )
    return [`#### ${formatArm(arm)}`, tuningTable(found)].join('\n\n')
  })
  return [`### ${titleOf(comparison, split)}`, ...tables].join('\n\n')
}

function wordsOf({ learningRate, epochs, beta, klWeight, sftWeight }: Training): string {
  return `learningRate ${learningRate}, epochs ${epochs}, beta ${beta}, klWeight ${klWeight}, sftWeight ${sftWeight}`
}
