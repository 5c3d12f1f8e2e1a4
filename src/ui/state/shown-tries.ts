/** The visitor's own candidates at recorded steps, as far as the path and the inspector show them. Their code comes late. */
import type { StepState } from '../../core/log/fold-task.ts'
import type { RunConfig } from '../../core/settings/settings.ts'

export interface ShownTries {
  /** Whether the visitor has asked for the form. */
  readonly open: boolean
  /** What stands under a step's own cards. @param least where the axis of rewards begins */
  cards(step: StepState, config: RunConfig, least: 0 | -1): unknown
}
