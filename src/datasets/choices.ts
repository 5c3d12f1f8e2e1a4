/** What whoever writes a data set may choose. */
import type { RowSystemPlace } from './asked-prompt.ts'
import type { TrajectoryForm } from './trajectory-pair.ts'

export interface DatasetChoices {
  /** Where the instructions stand (default: as the language model was addressed, else a message of their own). */
  readonly system?: RowSystemPlace
  /** Whether the worked example that the model saw stands in every row (default false). */
  readonly example?: boolean
  /** What becomes of pairs of whole trajectories (default `first-difference`). */
  readonly trajectories?: TrajectoryForm
  /** Whether rows that say the same again are written (default false). */
  readonly duplicates?: boolean
  /** Whether replies without an action are written (default false). */
  readonly unusable?: boolean
  /** Least difference of the two rewards of a pair (default 0). */
  readonly minGap?: number
  /** Whether only what was seen to rise is written, by rollouts of its own (default false). @see RowWorth.rise */
  readonly risesOnly?: boolean
  /** Largest standard error of that difference (default: any). */
  readonly maxError?: number
  /** Most tokens of a row, prompt and longest reply together; longer ones are left out (default: all are written). */
  readonly maxTokens?: number
  /** Most rows of a task, the first of them (default: all). */
  readonly perTask?: number
  /** Which trajectories become demonstrations (default `rising`): each that rises to its end, or the best of each task. */
  readonly paths?: (typeof PATH_CHOICES)[number]
  /** From which process reward on a step counts as right; by default where it rises. */
  readonly rightFrom?: number
}

export const PATH_CHOICES = ['rising', 'best'] as const
