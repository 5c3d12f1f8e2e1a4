/**
 * The comparisons that ship with the page, one for each environment: all cells of `recordedComparison`, computed by
 * `npm run experiments -- --study page --ship`. A file is one line on what was computed when, then one line a cell.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { recordedId } from '../../core/comparison/default-comparison.ts'
import { sortedCells } from '../../core/comparison/results/comparison-file.ts'
import { success } from '../../core/failure.ts'
import {
  COMPARISON_VERSION,
  type ComparisonRecord,
  comparisonOf,
  parseComparisonRecord,
  wordsOf,
} from '../../store/comparison-record.ts'
import type { ComparisonStore } from '../../store/comparison-store.ts'
import { readCells } from './cells.ts'
import { infoOf, nameOf } from './comparison-info.ts'

export interface RecordedComparison {
  readonly record: ComparisonRecord
  /** All of them: one for each arm, budget and seed. */
  readonly cells: readonly Cell[]
}

/** @param day on which the cells were computed: `2026-11-28` */
export function writeRecorded(day: string, comparison: Comparison, cells: readonly Cell[]): string {
  const head = { version: COMPARISON_VERSION, day, words: wordsOf(comparison) }
  return [head, ...sortedCells(cells)].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** Undefined for what is no such file of the environment, or lacks a cell: then there is nothing to show. */
export function readRecorded(text: string, environment: Comparison['environment']): RecordedComparison | undefined {
  try {
    const [head, ...lines] = text.trimEnd().split('\n').map(fromLine)
    const { day, ...rest } = head as { readonly day: string } // the record's parser looks at the rest
    const named = { ...rest, id: recordedId(environment), name: '', createdAtMs: Date.parse(day) }
    const parsed = parseComparisonRecord(named)
    if (!parsed.ok) return undefined
    const comparison = comparisonOf(parsed.value)
    const cells = [...readCells(comparison, lines).values()]
    if (comparison.environment !== environment || cells.length < infoOf(parsed.value, 0).total) return undefined
    return { record: { ...parsed.value, name: nameOf(comparison) }, cells }
  } catch {
    return undefined
  }
}

/** JSON has no undefined: where a list has a gap it says null, and what is unknown of a diagnosis it leaves out. */
function fromLine(line: string): unknown {
  const value = JSON.parse(line, (_, part: unknown) => part ?? undefined)
  return 'diagnosis' in value ? { ...value, diagnosis: { acceptedBias: undefined, ...value.diagnosis } } : value
}

/** As a store that has this one and lets nothing be changed: what is opened from it is read like any other. */
export function storeOf({ record, cells }: RecordedComparison, others: ComparisonStore): ComparisonStore {
  return { ...others, get: async () => success(record), cells: async () => success(cells) }
}
