/** The finished tasks of the open run. A long run stands there before the lab has told of all of them: they come piece by piece. */
import type { LabApi, RunProgress, RunUpdate, TaskSummary } from '../../worker/protocol/lab-api.ts'
import type { Changes } from './changes.ts'
import { drawn } from './frames.ts'

export class FinishedTasks {
  /** From the first on. Others come at its end, none ever changes; another run has a list of its own. */
  list: TaskSummary[] = []
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #left: () => boolean
  /** The list that the lab is being asked for. */
  #asking: readonly TaskSummary[] | undefined

  /** @param left whether the lab has gone over to another run */
  constructor(lab: LabApi, changes: Changes, left: () => boolean) {
    this.#lab = lab
    this.#changes = changes
    this.#left = left
  }

  take(tasks: readonly TaskSummary[], { info }: RunProgress): void {
    this.list = [...tasks]
    if (tasks.length < info.tasksFinished) void this.#ask()
  }

  /** Those that were told already are passed over; where some are missing before them, the lab is asked. */
  hear({ progress, newTasks, from }: RunUpdate): void {
    const missing = from > this.list.length
    if (!missing) this.list.push(...newTasks.slice(this.list.length - from))
    const behind = progress.status !== 'running' && this.list.length < progress.info.tasksFinished
    if (missing || behind) void this.#ask()
  }

  async #ask(): Promise<void> {
    const { list } = this
    if (this.#asking === list) return
    this.#asking = list
    try {
      while (true) {
        const from = list.length
        const tasks = await this.#lab.tasks(from)
        if (list !== this.list || this.#left() || tasks.length === 0) break
        list.push(...tasks.slice(list.length - from))
        this.#changes.say('progress')
        await drawn()
      }
    } catch {
      // The lab has ended: another one opens the run anew.
    }
    if (this.#asking === list) this.#asking = undefined
  }
}
