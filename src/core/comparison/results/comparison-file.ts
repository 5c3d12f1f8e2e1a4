/** All cells of a comparison as a file: CSV (RFC 4180) for a spreadsheet or data frame, JSON with everything that is known. */

import { formatArm } from '../arm-address.ts'
import type { Cell } from '../cell.ts'
import type { Comparison } from '../comparison.ts'
import { formatComparison } from '../comparison-address.ts'
import { THIRDS } from './arm-diagnoses.ts'
import { candidateCounts } from './candidate-counts.ts'

/** Column names of the CSV, and what stands there; undefined is an empty field. */
const COLUMNS: readonly (readonly [string, (cell: Cell, comparison: Comparison) => string | number | undefined])[] = [
  ['environment', (_, { environment }) => environment],
  ['start', (_, { start }) => start],
  ['arm', (cell, { arms }) => arms[cell.arm] && formatArm(arms[cell.arm] as Comparison['arms'][number])],
  ['method', (cell, { arms }) => arms[cell.arm]?.method],
  ['seed', ({ seed }) => seed],
  ['budget', ({ budget }) => budget],
  ['reward', ({ score }) => score.reward],
  ['success', ({ score }) => score.success],
  ['greedy_reward', ({ score }) => score.greedyReward],
  ['greedy_success', ({ score }) => score.greedySuccess],
  ['policy_calls', ({ cost }) => cost.policyCalls],
  ['rollouts', ({ cost }) => cost.rollouts],
  ['candidates', ({ cost }) => cost.candidates],
  ['tasks', ({ tasks }) => tasks],
  ['steps', ({ steps }) => steps],
  ['pairs', ({ pairs }) => pairs],
  ['candidates_per_step_mean', (cell) => candidateCounts([cell.candidates.counts])?.mean],
  ['candidates_per_step_p95', (cell) => candidateCounts([cell.candidates.counts])?.p95],
  ['candidates_per_step_max', (cell) => candidateCounts([cell.candidates.counts])?.max],
  ['rises_checked', ({ diagnosis }) => diagnosis?.risesChecked],
  ['false_rises', ({ diagnosis }) => diagnosis?.falseRises],
  ['accepted_bias', ({ diagnosis }) => diagnosis?.acceptedBias],
  ['pairs_checked', ({ diagnosis }) => diagnosis?.pairsChecked],
  ['pairs_ordered', ({ diagnosis }) => diagnosis?.pairsOrdered],
  ...(['before', 'after'] as const).flatMap((moment) =>
    (['rising', 'notFalling'] as const).flatMap((kind) =>
      THIRDS.map((third, place): (typeof COLUMNS)[number] => [
        `${kind === 'rising' ? 'rising' : 'not_falling'}_${moment}_${third}`,
        ({ diagnosis }) => diagnosis?.[moment][kind][place],
      ]),
    ),
  ),
]

/** Stands where a comparison was made on data that the visitor brought. */
const DATA: (typeof COLUMNS)[number] = ['data', (_, { data }) => data]

/** Arm by arm, then budget by budget, then seed by seed, however the cells came. */
export function sortedCells(cells: readonly Cell[]): readonly Cell[] {
  return cells.toSorted((a, b) => a.arm - b.arm || a.budget - b.budget || a.seed - b.seed)
}

/** One line a cell after the header. Numbers with all their digits. */
export function cellsCsv(comparison: Comparison, cells: readonly Cell[]): string {
  const columns = comparison.data === undefined ? COLUMNS : [...COLUMNS, DATA]
  const header = columns.map(([name]) => name)
  const lines = sortedCells(cells).map((cell) => columns.map(([, value]) => field(value(cell, comparison))))
  return [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

function field(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Everything that is known: the comparison, as an address holds it too, and all cells. */
export function cellsJson(comparison: Comparison, cells: readonly Cell[]): string {
  return `${JSON.stringify({ comparison, address: formatComparison(comparison), cells: sortedCells(cells) }, undefined, 1)}\n`
}
