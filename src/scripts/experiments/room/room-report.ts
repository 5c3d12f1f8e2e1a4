/** What the study of the room above the methods comes to, as markdown. */
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import { outcomeOf, type PairedDifference, pairedDifference } from '../../../core/comparison/results/standings.ts'
import { mean } from '../../../core/statistics.ts'
import { type CellRecord, type CellsFile, wayKey } from '../cells-file.ts'
import { groupsOf, keptOf, recordsOf } from '../records.ts'
import type { Part } from '../studies.ts'
import { differenceTable, meanWords, rewardTable, table, titleOf } from '../tables.ts'
import type { RoomWay } from './ways.ts'

/** Every place judged, and then each part; parts of which there is nothing yet are left out. */
export function roomReport(parts: readonly Part[], cells: CellsFile): string {
  const ways = parts[0]?.ways?.filter(({ values, episodes }) => values === 'exact' && episodes === 1) ?? []
  const judged = ways.flatMap(({ name }) => {
    const places = parts.flatMap((part) => judgedPlaces(part, name, cells))
    const head = [name, 'reward', 'best gradient', 'minus it', 'at most', 'clear of', 'minus rro-recycled']
    return places.length === 0 ? [] : [table(head, places)]
  })
  const reports = parts.flatMap((part) => partReport(part, cells) ?? [])
  return [...(judged.length === 0 ? [] : ['### Place by place', ...judged]), ...reports].join('\n\n')
}

/** The ways beside the arms: what they reach, and how far those that are told are from every arm and from averaging alone. */
function partReport(part: Part, cells: CellsFile): string | undefined {
  const { comparison, ways = [] } = part
  const groups = ways
    .flatMap((way) =>
      comparison.budgets.map((budget) => ({ way, arm: way.name, budget, records: ofWay(part, way, budget, cells) })),
    )
    .filter(({ records }) => records.length > 0)
  if (groups.length === 0) return undefined
  const others = [
    ...groupsOf(part, cells),
    ...groups.filter(({ way }) => way.values === 'group' && way.reach === undefined),
  ]
  const differences = ways
    .filter(({ told }) => told)
    .map(({ name }) => differenceTable([...groups.filter(({ arm }) => arm === name), ...others], 'calls', name))
  const tables = [rewardTable(groups), ...differences.filter((text) => text !== undefined)]
  return [`### ${titleOf(comparison)}`, ...tables].join('\n\n')
}

/**
 * For each budget: what a way gains over the best policy gradient (of those tuned, the highest mean of these very cells), by how
 * much at most (the upper end of the interval), which arms it is clear of, and what it gains over our variant.
 */
function judgedPlaces(part: Part, name: string, cells: CellsFile): readonly (readonly string[])[] {
  const { comparison, ways = [] } = part
  const way = ways.find((one) => one.name === name)
  if (way === undefined) return []
  return comparison.budgets.flatMap((budget) => {
    const exact = ofWay(part, way, budget, cells)
    const rivals = comparison.arms.map(({ method }, arm) => {
      const records = recordsOf(part, arm, budget, cells)
      return { method, score: meanReward(records), gain: differenceOf(exact, records) }
    })
    const gradients = rivals.filter(({ method, gain }) => isGradientMethod(method) && gain !== undefined)
    const [best] = gradients.toSorted((one, other) => other.score - one.score)
    if (best?.gain === undefined) return []
    const left = rivals.filter(({ gain }) => outcomeOf(gain) !== 'wins').map(({ method }) => method)
    const ours = rivals.find(({ method }) => method === 'rro-recycled')
    return [
      [
        `${titleOf(comparison)}, ${budget} calls`,
        meanReward(exact).toFixed(3),
        `${best.method} ${best.score.toFixed(3)}`,
        meanWords(best.gain),
        (best.gain.mean + best.gain.halfWidth).toFixed(3),
        left.length === 0 ? 'all' : left.length === rivals.length ? 'none' : `all but ${left.join(', ')}`,
        meanWords(ours?.gain),
      ],
    ]
  })
}

function ofWay({ comparison }: Part, way: RoomWay, budget: number, cells: CellsFile): readonly CellRecord[] {
  return keptOf(comparison, wayKey(comparison, way), budget, cells)
}

function meanReward(records: readonly CellRecord[]): number {
  return mean(records.map(({ cell }) => cell.score.reward))
}

function differenceOf(one: readonly CellRecord[], other: readonly CellRecord[]): PairedDifference | undefined {
  const cellsOf = (records: readonly CellRecord[]) => records.map(({ cell }) => cell)
  return pairedDifference(cellsOf(one), cellsOf(other), 'reward')
}
