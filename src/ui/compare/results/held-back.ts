/** What a comparison must not leave unsaid: that its baselines do better with other settings than they have in it. */
import type { Arm, Comparison } from '../../../core/comparison/comparison.ts'
import { SETTINGS } from '../../../core/settings/settings.ts'

/** Of the strongest ones, as docs/experiments.md found them, none has more rollouts a candidate. */
const STRONG_ROLLOUTS = 2

/** Where our variant stands against fixed-size exploration and tree search, all of them with more rollouts than is good. */
export function heldBack({ arms }: Comparison): string | undefined {
  const baselines = arms.filter(({ method }) => method === 'fixed-size' || method === 'uct')
  const ours = arms.some(({ method }) => method === 'rro-recycled')
  if (!ours || baselines.length === 0 || !baselines.every((arm) => rolloutsOf(arm) > STRONG_ROLLOUTS)) return undefined
  return 'Fixed-size exploration and tree search stand here with the usual number of rollouts a candidate. With one (m = 1) they learn more from the same calls, and reach ours at some places: try “Strongest (m = 1)” before you believe this.'
}

function rolloutsOf({ settings }: Arm): number {
  return settings.rollouts ?? SETTINGS.rollouts.default
}
