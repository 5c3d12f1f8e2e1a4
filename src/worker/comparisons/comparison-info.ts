/** Between stored comparisons and what the page lists. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { type ComparisonRecord, comparisonOf } from '../../store/comparison-record.ts'
import type { ComparisonInfo } from '../protocol/comparisons.ts'
import { cleanName } from '../runs/run-names.ts'

/** @param cells stored */
export function infoOf(record: ComparisonRecord, cells: number): ComparisonInfo {
  const { id, createdAtMs } = record
  const comparison = comparisonOf(record)
  const name = cleanName(record.name) ?? nameOf(comparison) // it may come from a backup
  const total = comparison.arms.length * comparison.budgets.length * comparison.seeds
  return { id, name, createdAtMs, comparison, cells: Math.min(cells, total), total }
}

const ENVIRONMENT_WORDS: Readonly<Record<Comparison['environment'], string>> = {
  webshop: 'WebShop',
  'intercode-sql': 'InterCode-SQL',
}

/** The name of a comparison before anybody gives it one. @param data name of its data, where it is not what ships with the page */
export function nameOf({ environment, policy, arms, budgets, seeds }: Comparison, data?: string): string {
  const counts = [counted(arms.length, 'method'), counted(budgets.length, 'budget'), counted(seeds, 'seed')]
  const world = data === undefined ? ENVIRONMENT_WORDS[environment] : `${ENVIRONMENT_WORDS[environment]} on ${data}`
  const who = policy === 'transformer' ? ['small language model'] : []
  return cleanName([world, ...who, ...counts].join(', ')) ?? ENVIRONMENT_WORDS[environment]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
