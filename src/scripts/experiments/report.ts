/** What a study comes to, as markdown, from the cells that there are. */
import { formatArm, type Training } from '../../core/comparison.ts'
import { type CellRecord, type CellsFile, cellKey } from './cells-file.ts'
import type { Part, StudyName } from './studies.ts'
import { diagnosisTable, differenceTable, type Group, rewardTable, titleOf, tuningTable } from './tables.ts'

export function report(study: StudyName, parts: readonly Part[], cells: CellsFile): string {
  return parts.map((part) => (study === 'tuning' ? tuningReport(part, cells) : reportOf(part, cells))).join('\n\n')
}

function reportOf(part: Part, cells: CellsFile): string {
  const groups = groupsOf(part, cells)
  const tables = [rewardTable(groups), differenceTable(groups), diagnosisTable(groups)]
  return [`### ${titleOf(part.comparison)}`, ...tables.filter((table) => table !== undefined)].join('\n\n')
}

function recordsOf({ comparison }: Part, arm: number, budget: number, cells: CellsFile, training?: Training) {
  const key = cellKey(comparison, arm, training)
  const seeds = Array.from({ length: comparison.seeds }, (_, i) => comparison.firstSeed + i)
  return seeds.flatMap((seed): CellRecord[] => {
    const record = cells.get(key, seed, budget)
    return record === undefined ? [] : [record]
  })
}

function groupsOf(part: Part, cells: CellsFile): readonly Group[] {
  const { arms, budgets } = part.comparison
  return arms.flatMap((arm, i) =>
    budgets.map((budget) => ({ arm: formatArm(arm), budget, records: recordsOf(part, i, budget, cells) })),
  )
}

function tuningReport(part: Part, cells: CellsFile): string {
  const { comparison, trainings = [] } = part
  const tables = comparison.arms.map((arm, i) => {
    const found = new Map(
      trainings.map((training) => [
        wordsOf(training),
        comparison.budgets.flatMap((budget) => recordsOf(part, i, budget, cells, training)),
      ]),
    )
    return [`#### ${formatArm(arm)}`, tuningTable(found)].join('\n\n')
  })
  return [`### ${titleOf(comparison)}`, ...tables].join('\n\n')
}

function wordsOf({ learningRate, epochs, beta, klWeight, sftWeight }: Training): string {
  return `learningRate ${learningRate}, epochs ${epochs}, beta ${beta}, klWeight ${klWeight}, sftWeight ${sftWeight}`
}
