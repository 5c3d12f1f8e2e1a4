/** Cells as markdown tables. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { pairedDifference } from '../../core/comparison/results/standings.ts'
import { type Interval, interval95, mean } from '../../core/statistics.ts'
import type { CellRecord } from './cells-file.ts'

/** The cells of one arm at one budget, over seeds. */
export interface Group {
  readonly arm: string
  readonly budget: number
  readonly records: readonly CellRecord[]
}

/** Whose differences to the others are told: our variant, or where it is not there the paper's RRO as it is by default. */
const isTold: readonly ((arm: string) => boolean)[] = [(arm) => arm.startsWith('rro-recycled'), (arm) => arm === 'rro']

export function spread(values: readonly number[], digits = 3): string {
  if (values.length === 0) return ''
  return meanWords(interval95(values), digits)
}

export function meanWords(interval: Interval | undefined, digits = 3): string {
  if (interval === undefined) return ''
  const { mean: middle, halfWidth } = interval
  return halfWidth === undefined ? middle.toFixed(digits) : `${middle.toFixed(digits)} ± ${halfWidth.toFixed(digits)}`
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

export const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${(100 * share).toFixed(0)} %`

/** What budgets are of. */
export const unitOf = ({ policy }: Pick<Comparison, 'policy'>): string =>
  policy === 'transformer' ? 'tokens' : 'calls'

/** Test reward by arm and budget, and what it took at the largest. */
export function rewardTable(groups: readonly Group[], unit = 'calls'): string {
  const budgets = [...new Set(groups.map(({ budget }) => budget))].sort((a, b) => a - b)
  const arms = [...new Set(groups.map(({ arm }) => arm))]
  const head = ['arm', ...budgets.map((budget) => `reward, ${budget} ${unit}`)]
  const spent = groups.some(({ records }) => records.some(({ cell }) => cell.tokens)) ? ['explored', 'trained on'] : []
  const more = [
    'success',
    'greedy reward',
    ...spent,
    'calls',
    'tasks',
    'pairs / 1,000 calls',
    'candidates / step',
    'CPU s',
  ]
  const rows = arms.map((arm) => {
    const of = (budget: number) => groups.find((group) => group.arm === arm && group.budget === budget)?.records ?? []
    const last = of(budgets[budgets.length - 1] as number) // every group has a budget
    const each = (value: (cell: CellRecord['cell']) => number): number => mean(last.map(({ cell }) => value(cell)))
    const calls = each(({ cost }) => cost.policyCalls)
    const steps = each((cell) => cell.steps)
    return [
      arm,
      ...budgets.map((budget) => spread(of(budget).map(({ cell }) => cell.score.reward))),
      spread(last.map(({ cell }) => cell.score.success)),
      spread(last.map(({ cell }) => cell.score.greedyReward)),
      ...(spent.length === 0
        ? []
        : [
            each(({ tokens }) => tokens?.explored ?? 0).toFixed(0),
            each(({ tokens }) => tokens?.trained ?? 0).toFixed(0),
          ]),
      calls.toFixed(0),
      each((cell) => cell.tasks).toFixed(0),
      calls === 0 ? '' : ((1000 * each((cell) => cell.pairs)) / calls).toFixed(1),
      steps === 0 ? '' : (each(({ cost }) => cost.candidates) / steps).toFixed(2),
      mean(last.map(({ seconds }) => seconds)).toFixed(1),
    ]
  })
  return table([...head, ...more], rows)
}

/**
 * Reward of one arm minus that of every other, seed by seed (two at least); undefined without such two.
 * @param told the arm; ours where it is not said, or the paper's
 */
export function differenceTable(groups: readonly Group[], unit = 'calls', told?: string): string | undefined {
  const budgets = [...new Set(groups.map(({ budget }) => budget))].sort((a, b) => a - b)
  const [ours] = told === undefined ? isTold.flatMap((is) => groups.find(({ arm }) => is(arm))?.arm ?? []) : [told]
  const others = [...new Set(groups.map(({ arm }) => arm))].filter((arm) => arm !== ours)
  if (ours === undefined || others.length === 0) return undefined
  const cells = (arm: string, budget: number) =>
    (groups.find((group) => group.arm === arm && group.budget === budget)?.records ?? []).map(({ cell }) => cell)
  const rows = others.map((arm) => [
    arm,
    ...budgets.map((budget) => meanWords(pairedDifference(cells(ours, budget), cells(arm, budget), 'reward'))),
  ])
  return table([`${ours} minus`, ...budgets.map((budget) => `${budget} ${unit}`)], rows)
}

/** What exact values say; undefined where no cell was diagnosed. */
export function diagnosisTable(groups: readonly Group[]): string | undefined {
  const rows = groups.flatMap(({ arm, records }) => {
    const found = records.flatMap(({ cell }) => (cell.diagnosis === undefined ? [] : [cell.diagnosis]))
    if (found.length === 0) return []
    const sum = (value: (diagnosis: (typeof found)[number]) => number): number =>
      found.reduce((total, diagnosis) => total + value(diagnosis), 0)
    const [rises, pairs] = [sum((d) => d.risesChecked), sum((d) => d.pairsChecked)]
    const biases = found.flatMap(({ acceptedBias }) => (acceptedBias === undefined ? [] : [acceptedBias]))
    const rising = (when: 'before' | 'after') =>
      [0, 1, 2]
        .map((third) => found.flatMap((d) => d[when].rising[third] ?? []))
        .map((shares) => percent(shares.length === 0 ? undefined : mean(shares)))
        .join(', ')
    return [
      [
        arm,
        rises === 0 ? '' : percent(sum((d) => d.falseRises) / rises),
        spread(biases),
        pairs === 0 ? '' : percent(sum((d) => d.pairsOrdered) / pairs),
        rising('before'),
        rising('after'),
      ],
    ]
  })
  if (rows.length === 0) return undefined
  const head = ['arm', 'false rises', 'bias of the accepted', 'pairs in order', 'rising before', 'rising after']
  return table(head, rows)
}

/** One arm under one way of training. */
export interface Trained {
  readonly arm: string
  /** What is changed from the default; empty for the default itself. */
  readonly training: string
  readonly records: readonly CellRecord[]
}

/** Mean reward over budgets and seeds: as trained by default, and as trained best. */
export function tuningTable(trained: readonly Trained[]): string {
  const arms = [...new Set(trained.map(({ arm }) => arm))]
  const rows = arms.flatMap((arm) => {
    const scored = trained
      .filter((one) => one.arm === arm && one.records.length > 0)
      .map(({ training, records }) => ({ training, reward: mean(records.map(({ cell }) => cell.score.reward)) }))
    const usual = scored.find(({ training }) => training === '')
    const [first] = scored
    if (first === undefined) return []
    const best = scored.reduce((most, one) => (one.reward > most.reward ? one : most), usual ?? first)
    return [[arm, usual?.reward.toFixed(3) ?? '', best.reward.toFixed(3), best.training]]
  })
  return table(['arm', 'default training', 'best training', 'which is'], rows)
}

/** In words: where a part of a study takes place. */
export function titleOf({ environment, policy, data, start, rounds, split }: Comparison): string {
  if (policy === 'transformer') return `${environment}, small language model${split === 'test' ? '' : ', dev tasks'}`
  const name = start === '' ? 'default' : start
  const times = rounds === 1 ? '' : `, ${rounds} rounds`
  const where = data === undefined ? environment : `${environment}, official data`
  return `${where}, ${name} start${times}${split === 'test' ? '' : ', dev tasks'}`
}
