/**
 * How long a comparison will take here: from the rate of the last one that this browser finished, per policy call of the
 * cells' budgets and worker; before there was one, from a measured rate.
 */
import type { Comparison } from '../../core/comparison.ts'
import type { ComparisonProgress } from '../../worker/protocol.ts'

const KEY = 'rro-lab:seconds-per-call'

/** Worker seconds for each policy call of a cell's budget, on the machine that this was developed on. */
const MEASURED: Record<Comparison['environment'], number> = { webshop: 4e-5, 'intercode-sql': 8e-5 }

/** Policy calls of all cells, each with its own budget; an arm that explores nothing has none. */
export function callsOf({ arms, budgets, seeds }: Comparison): number {
  const exploring = arms.filter(({ method }) => method !== 'sft').length
  return exploring * seeds * budgets.reduce((sum, budget) => sum + budget, 0)
}

/** Seconds. */
export function expectedSeconds(comparison: Comparison, workers = navigator.hardwareConcurrency || 2): number {
  const each = recalled()[comparison.environment] ?? MEASURED[comparison.environment]
  return Math.max(1, (callsOf(comparison) * each) / workers)
}

/** @param progress of a comparison that has just finished */
export function rememberRate({ info, cellsPerSecond, workers }: ComparisonProgress): void {
  const { comparison, total } = info
  const calls = callsOf(comparison)
  if (cellsPerSecond === undefined || cellsPerSecond <= 0 || calls === 0) return
  const seconds = (total / cellsPerSecond) * Math.max(1, workers || navigator.hardwareConcurrency || 2)
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recalled(), [comparison.environment]: seconds / calls }))
  } catch {
    // Storage is refused here: the measured rate has to do.
  }
}

function recalled(): Partial<Record<Comparison['environment'], number>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === 'number' && each > 0))
  } catch {
    return {}
  }
}
