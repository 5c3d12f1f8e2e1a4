/** The colour of a side: that of its method. */
import type { Arm } from '../../../core/comparison/comparison.ts'
import { armColour } from '../arms/arm-signs.ts'

export function sideColour(arm: Arm | undefined): string {
  return arm === undefined ? 'var(--strong-line)' : armColour(arm)
}
