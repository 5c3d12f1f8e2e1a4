/** When a candidate's process reward counts as rising relative to the preceding step. */
import type { RunConfig } from '../settings/settings.ts'

/**
 * `>`: above bar + margin. `>=`: at least bar + margin, and above 0 (a step of hopeless candidates never rises). Where
 * no reward could clear the bar (it is within the margin of the maximum), reaching the maximum counts.
 */
export function rises(
  { riseRule, margin }: Pick<RunConfig, 'riseRule' | 'margin'>,
  reward: number,
  bar: number,
  maxReward: number,
): boolean {
  const needed = bar + margin
  if (reward >= maxReward && needed >= maxReward) return true
  return riseRule === '>' ? reward > needed : reward >= needed && reward > 0
}
