/** What the study of the room above the methods comes to, as markdown. */
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import { outcomeOf, type PairedDifference, pairedDifference } from '../../../core/comparison/results/standings.ts'
import { mean } from '../../../core/statistics.ts'
import { type CellRecord, type CellsFile, wayKey } from '../cells-file.ts'
import { groupsOf, keptOf, recordsOf } from '../records.ts'
import type { Part } from '../studies.ts'
import { differenceTable, meanWords, rewardTable, table, titleOf } from '../tables.ts'
import { PRICES, priceWords, type RoomWay } from './ways.ts'

/** Every place judged, and then each part; parts of which there is nothing yet are left out. */
export function roomReport(parts: readonly Part[], cells: CellsFile): string {
  const ways = parts[0]?.ways?.filter(({ values, told }) => values === 'exact' && told) ?? []
  const judged = ways.flatMap(({ name }) => {
    const places = parts.flatMap((part) => judgedPlaces(part, name, cells))
    const head = [name, 'reward', 'best gradient', 'minus it', 'at most', 'clear of', 'minus rro-recycled']
    return places.length === 0 ? [] : [table(head, places)]
  })
  const prices = parts.flatMap((part) => pricedPlaces(part, cells))
  const reports = parts.flatMap((part) => partReport(part, cells) ?? [])
  return [
    ...(judged.length === 0 ? [] : ['### Place by place', ...judged]),
    ...(prices.length === 0 ? [] : ['### What a score may cost', table(PRICED_HEAD, prices)]),
    ...reports,
  ].join('\n\n')
}

const PRICED_HEAD = ['exact values', 'best gradient', ...PRICES.map((price) => `${priceWords(price)}, minus it`)]

/** For each budget: what exact values gain over the best policy gradient at each price, by the better of their ways. */
function pricedPlaces(part: Part, cells: CellsFile): readonly (readonly string[])[] {
  const { comparison, ways = [] } = part
  return comparison.budgets.flatMap((budget) => {
    const best = bestGradient(part, budget, cells)
    if (best === undefined) return []
    const gains = PRICES.map((price) => {
      const alike = ways.filter((way) => way.values === 'exact' && way.episodes === 1 && way.price === price)
      const found = alike.map((way) => ofWay(part, way, budget, cells)).filter((records) => records.length > 0)
      const [better] = found.toSorted((one, other) => meanReward(other) - meanReward(one))
      return better === undefined ? undefined : differenceOf(better, best.records)
    })
    if (gains.every((gain) => gain === undefined)) return []
    const place = `${titleOf(comparison)}, ${budget} calls`
    return [[place, `${best.method} ${meanReward(best.records).toFixed(3)}`, ...gains.map((gain) => meanWords(gain))]]
  })
}

/** Of those tuned, the one with the highest mean of these very cells. */
function bestGradient(part: Part, budget: number, cells: CellsFile) {
  const gradients = part.comparison.arms
    .map(({ method }, arm) => ({ method, records: recordsOf(part, arm, budget, cells) }))
    .filter(({ method, records }) => isGradientMethod(method) && records.length > 0)
  return gradients.toSorted((one, other) => meanReward(other.records) - meanReward(one.records))[0]
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
      return { method, gain: differenceOf(exact, records) }
    })
    const best = bestGradient(part, budget, cells)
    const lead = best && differenceOf(exact, best.records)
    if (best === undefined || lead === undefined) return []
    const left = rivals.filter(({ gain }) => outcomeOf(gain) !== 'wins').map(({ method }) => method)
    const ours = rivals.find(({ method }) => method === 'rro-recycled')
    return [
      [
        `${titleOf(comparison)}, ${budget} calls`,
        meanReward(exact).toFixed(3),
        `${best.method} ${meanReward(best.records).toFixed(3)}`,
        meanWords(lead),
        (lead.mean + lead.halfWidth).toFixed(3),
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
