/**
 * How long a comparison will take here: its work, at the pace that this machine showed in a short job, shared by the workers, and
 * corrected by how far the last promise was off in this browser.
 */
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { workOf } from '../../../core/comparison/expected-work.ts'

const KEY = 'rro-lab:promise-factor'
/** What was promised before the pace of a machine was measured. */
const USUAL_PACE = 1

/** Seconds, before what this browser has shown. @param pace times as long as where the costs were measured */
export function modelledSeconds(
  comparison: Comparison,
  workers = navigator.hardwareConcurrency || 2,
  pace: number = USUAL_PACE,
): number {
  return (workOf(comparison) * pace) / workers
}

/** Seconds from start to end. @param pace undefined until it is measured */
export function expectedSeconds(comparison: Comparison, pace?: number): number {
  return Math.max(1, modelledSeconds(comparison, undefined, pace) * (recalled()[placeOf(comparison)] ?? 1))
}

/** @param seconds that a whole comparison took, without a pause, for which `pace` had been measured */
export function rememberSeconds(comparison: Comparison, seconds: number, pace: number | undefined): void {
  const modelled = modelledSeconds(comparison, undefined, pace)
  if (modelled <= 0 || seconds <= 0) return
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recalled(), [placeOf(comparison)]: seconds / modelled }))
  } catch {
    // Storage is refused here: the measured costs have to do.
  }
}

/**
 * What is left, from how long the work took that is done.
 * @param done work since it was begun
 * @param left work that is not done
 * @param seconds since it was begun
 * @param promised for all of it, which is believed as long as nothing is done, and less and less then
 */
export function secondsLeft(done: number, left: number, seconds: number, promised: number): number {
  if (done <= 0) return Math.max(0, promised - seconds)
  // The first cells of the workers come late, and all at once: as much as a tenth of the work is believed to go as promised.
  const all = done + left
  return (left * (seconds + 0.1 * promised)) / (done + 0.1 * all)
}

/** By `placeOf`. */
function recalled(): Partial<Record<string, number>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, factor]) => typeof factor === 'number' && factor > 0))
  } catch {
    return {}
  }
}

function placeOf({ environment, policy = 'linear', start }: Comparison): string {
  return policy === 'linear' ? environment : `${environment} ${policy} ${start}`.trim()
}
