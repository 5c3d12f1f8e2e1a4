/** What a study comes to, as markdown, from the cells that there are. */

import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Training } from '../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import { type GradientNumber, gradientField } from '../../core/comparison/gradient-numbers.ts'
import type { CellsFile } from './cells-file.ts'
import { groupsOf, recordsOf } from './records.ts'
import { roomReport } from './room/room-report.ts'
import type { Part, StudyName } from './studies.ts'
import { diagnosisTable, differenceTable, rewardTable, titleOf, tuningTable, unitOf } from './tables.ts'

/** Parts of which there is nothing yet are left out. */
export function report(study: StudyName, parts: readonly Part[], cells: CellsFile): string {
  if (study === 'room') return roomReport(parts, cells)
  const reportBy: Partial<Record<StudyName, typeof reportOf>> = {
    tuning: tuningReport,
    'gradient-tuning': gradientTuningReport,
    'gradient-rounds': besideReport,
  }
  const by = reportBy[study] ?? reportOf
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

/** One arm, and its differences to those of the comparison beside it. */
function besideReport(part: Part, cells: CellsFile): string | undefined {
  const { comparison, beside = comparison } = part
  const named = groupsOf(part, cells).map((group) => ({ ...group, arm: `${group.arm}, ${comparison.rounds} rounds` }))
  const [first] = named
  if (first === undefined || named.every(({ records }) => records.length === 0)) return undefined
  const others = groupsOf({ comparison: beside }, cells).filter(({ records }) => records.length > 0)
  const tables = [rewardTable(named), differenceTable([...named, ...others], unitOf(comparison), first.arm)]
  return [`### ${titleOf(comparison)}`, ...tables.filter((table) => table !== undefined)].join('\n\n')
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
