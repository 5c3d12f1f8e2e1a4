/**
 * InterCode's reward for SQL, to the letter (SqlEnv.get_reward, princeton-nlp/intercode @c3e46d8): the multiset IoU of
 * the rows' texts, times Kendall's tau of their order. Most of the published logs were made without the second factor.
 */
import { kendallTau } from './kendall.ts'

/** `tau` is the code at that commit; `iou` leaves the order out, as most published logs did. */
export const SQL_REWARDS = ['tau', 'iou'] as const
export type SqlReward = (typeof SQL_REWARDS)[number]

export interface RewardDetail {
  /** -1 to 1 under `tau`, 0 to 1 under `iou`. */
  readonly reward: number
  /** Rows in common, with multiplicity. */
  readonly matching: number
  /** Gold rows that are not there, and rows that gold does not have, with multiplicity. */
  readonly missing: number
  readonly extra: number
  /** Intersection over union, with multiplicity. */
  readonly iou: number
  /** Undefined without common rows; NaN where the order says nothing (one common row, or all the same). */
  readonly tau: number | undefined
}

/**
 * @param agent `str` of each row of the last observation; undefined when it was no list of rows
 * @param gold `str` of each row of the gold query; empty when that failed
 */
export function sqlReward(
  agent: readonly string[] | undefined,
  gold: readonly string[],
  variant: SqlReward = 'tau',
): RewardDetail {
  if (agent === undefined) return { reward: 0, matching: 0, missing: gold.length, extra: 0, iou: 0, tau: undefined }
  if (agent.length === 0 && gold.length === 0)
    return { reward: 1, matching: 0, missing: 0, extra: 0, iou: 1, tau: undefined }
  const inAgent = counts(agent)
  const inGold = counts(gold)
  const common = new Map<string, number>()
  let matching = 0
  for (const [row, count] of inAgent) {
    const both = Math.min(count, inGold.get(row) ?? 0)
    if (both > 0) common.set(row, both)
    matching += both
  }
  const missing = gold.length - matching
  const extra = agent.length - matching
  const iou = matching / (matching + missing + extra)
  const tau = matching === 0 ? undefined : kendallTau(restricted(agent, common), restricted(gold, common))
  const ordered = variant === 'tau' && tau !== undefined && !Number.isNaN(tau)
  return { reward: ordered ? hundredths(tau * iou) : iou, matching, missing, extra, iou, tau }
}

function counts(rows: readonly string[]): Map<string, number> {
  const count = new Map<string, number>()
  for (const row of rows) count.set(row, (count.get(row) ?? 0) + 1)
  return count
}

/** The common rows in a list's own order, first occurrences up to their multiplicity. */
function restricted(rows: readonly string[], common: ReadonlyMap<string, number>): string[] {
  const left = new Map(common)
  return rows.filter((row) => {
    const count = left.get(row) ?? 0
    left.set(row, count - 1)
    return count > 0
  })
}

/** numpy's round(x, 2): x * 100 to the nearest integer, halves to even. */
function hundredths(value: number): number {
  const scaled = value * 100
  const floor = Math.floor(scaled)
  const half = scaled - floor
  const up = half > 0.5 || (half === 0.5 && floor % 2 !== 0)
  const rounded = (up ? floor + 1 : floor) / 100
  return rounded === 0 ? 0 : rounded
}
