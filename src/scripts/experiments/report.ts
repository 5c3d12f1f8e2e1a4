/** What a study comes to, as markdown, from the cells that there are. */

import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Comparison, Training } from '../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import { type GradientNumber, gradientField } from '../../core/comparison/gradient-numbers.ts'
import { type CellRecord, type CellsFile, cellKey, wayKey } from './cells-file.ts'
import type { Part, StudyName } from './studies.ts'
import { diagnosisTable, differenceTable, type Group, rewardTable, titleOf, tuningTable, unitOf } from './tables.ts'

/** Parts of which there is nothing yet are left out. */
export function report(study: StudyName, parts: readonly Part[], cells: CellsFile): string {
  const reportBy = { tuning: tuningReport, 'gradient-tuning': gradientTuningReport, room: roomReport }
  const by = study === 'tuning' || study === 'gradient-tuning' || study === 'room' ? reportBy[study] : reportOf
  const reports = parts.map((part) => by(part, cells))
  return reports.filter((text) => text !== undefined).join('\n\n')
}

function reportOf(part: Part, cells: CellsFile): string | undefined {
  const groups = groupsOf(part, cells)
  if (groups.every(({ records }) => records.length === 0)) return undefined
  const unit = unitOf(part.comparison)
  const tables = [rewardTable(groups, unit), differenceTable(groups, unit), diagnosisTable(groups)]
  return [`### ${titleOf(part.comparison)}`, ...tables.filter((table) => table !== undefined)].join('\n\n')
}

/** The ways beside the arms: what they reach, and how far those that are told are from every arm. */
function roomReport(part: Part, cells: CellsFile): string | undefined {
  const { comparison, ways = [] } = part
  const groups = ways
    .flatMap((way) =>
      comparison.budgets.map((budget) => {
        return { arm: way.name, budget, records: keptOf(comparison, wayKey(comparison, way), budget, cells) }
      }),
    )
    .filter(({ records }) => records.length > 0)
  if (groups.length === 0) return undefined
  const arms = groupsOf(part, cells)
  const differences = ways
    .filter(({ told }) => told)
    .map(({ name }) => differenceTable([...groups.filter(({ arm }) => arm === name), ...arms], 'calls', name))
  const tables = [rewardTable(groups), ...differences.filter((table) => table !== undefined)]
  return [`### ${titleOf(comparison)}`, ...tables].join('\n\n')
}

function recordsOf({ comparison }: Part, arm: number, budget: number, cells: CellsFile, training?: Training) {
  return keptOf(comparison, cellKey(comparison, arm, training), budget, cells)
}

function keptOf(comparison: Comparison, key: string, budget: number, cells: CellsFile) {
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

function tuningReport(part: Part, cells: CellsFile): string | undefined {
  const { comparison, trainings = [] } = part
  const trained = comparison.arms.flatMap((arm, i) =>
    trainings.map((training) => ({
      arm: formatArm(arm),
      training: changesOf(training),
      records: comparison.budgets.flatMap((budget) => recordsOf(part, i, budget, cells, training)),
    })),
  )
  if (trained.every(({ records }) => records.length === 0)) return undefined
  return [`### ${titleOf(comparison)}`, tuningTable(trained)].join('\n\n')
}

/** Arms that differ in their training only: each method with its best. */
function gradientTuningReport(part: Part, cells: CellsFile): string | undefined {
  const { arms, budgets } = part.comparison
  const trained = arms.map(({ method, settings, training = {} }, i) => {
    const own = Object.entries(training) as [GradientNumber, number][] // of a policy-gradient arm
    const words = own.filter(([name, value]) => value !== gradientField(method, name).default)
    return {
      arm: formatArm({ method, settings }),
      training: words.map(([name, value]) => `${name} ${value}`).join(', '),
      records: budgets.flatMap((budget) => recordsOf(part, i, budget, cells)),
    }
  })
  if (trained.every(({ records }) => records.length === 0)) return undefined
  return [`### ${titleOf(part.comparison)}`, tuningTable(trained)].join('\n\n')
}

/** What is not as by default. */
function changesOf(training: Training): string {
  const names = Object.keys(training) as (keyof Training)[] // its own
  return names
    .filter((name) => training[name] !== DEFAULT_TRAINING[name])
    .map((name) => `${name} ${training[name]}`)
    .join(', ')
}
