/** What a path shows, where it is not the open run: a side of a duel, a step of a chapter. */
import type { RunEvent } from '../../../core/log/events.ts'
import type { TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { Selection } from '../../state/selection.ts'

/** What the path shows: by default the open run up to its playhead. */
export interface PathSource {
  /** The heading; `The rising path` when left out. */
  readonly name?: string
  readonly config: RunConfig | undefined
  /** All that are known of the task. */
  readonly events: readonly RunEvent[]
  /** How many of them are shown, folded. */
  readonly count: number
  readonly task: TaskState | undefined
  readonly selection: Selection | undefined
  pick(selection: Selection): void
}
