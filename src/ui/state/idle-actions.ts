/** Which actions of the shown task were none in their states, as far as that is known. What finds out comes late. */
import type { TaskState } from '../../core/log/fold-task.ts'
import type { Selection } from './selection.ts'

export interface IdleActions {
  /** `no such button: the page stayed as it was`; undefined for an action that acts, and while the lab is asked. */
  of(task: TaskState, at: Selection): string | undefined
}
