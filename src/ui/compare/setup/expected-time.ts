/**
 * How long a comparison will take here: a measured cost for each cell (training, judging) and each policy call of its
 * budget, shared by the workers, and corrected by how long the last one took in this browser.
 */
import type { Comparison } from '../../../core/comparison/comparison.ts'

const KEY = 'rro-lab:time-factor'

/** Seconds of one worker, for each cell and for each policy call; on the two cores that this was developed on. */
const COSTS: Record<Comparison['environment'], { readonly cell: number; readonly call: number }> = {
  webshop: { cell: 0.4, call: 1e-5 },
  'intercode-sql': { cell: 0.8, call: 4e-5 },
}

/** Seconds, before what this browser has shown. */
export function modelledSeconds(
  { environment, arms, budgets, seeds }: Comparison,
  workers = navigator.hardwareConcurrency || 2,
): number {
  const { cell, call } = COSTS[environment]
  const exploring = arms.filter(({ method }) => method !== 'sft').length * seeds
  const calls = exploring * budgets.reduce((sum, budget) => sum + budget, 0)
  return (exploring * budgets.length * cell + calls * call) / workers
}

/** Seconds from start to end. */
export function expectedSeconds(comparison: Comparison): number {
  return Math.max(1, modelledSeconds(comparison) * (recalled()[comparison.environment] ?? 1))
}

/** @param seconds that a whole comparison took, without a pause */
export function rememberSeconds(comparison: Comparison, seconds: number): void {
  const modelled = modelledSeconds(comparison)
  if (modelled <= 0 || seconds <= 0) return
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recalled(), [comparison.environment]: seconds / modelled }))
  } catch {
    // Storage is refused here: the measured costs have to do.
  }
}

function recalled(): Partial<Record<Comparison['environment'], number>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, factor]) => typeof factor === 'number' && factor > 0))
  } catch {
    return {}
  }
}
