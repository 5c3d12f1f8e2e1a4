/** A run as its store has it, read back: the finished tasks, and the recorder that goes on from there. */
import { type Result, success } from '../../core/failure.ts'
import type { TaskSummary } from '../../core/log/fold-run.ts'
import type { Store } from '../../store/store.ts'
import { taskEventsOf } from './log-text.ts'
import { Recorder } from './recorder.ts'

export class StoredRun {
  readonly recorder: Recorder
  readonly #finished: TaskSummary[]

  private constructor(recorder: Recorder, finished: TaskSummary[]) {
    this.recorder = recorder
    this.#finished = finished
  }

  static async read(store: Store, id: string): Promise<Result<StoredRun>> {
    const record = await store.run(id)
    if (!record.ok) return record
    const entries = await store.tasks(id)
    if (!entries.ok) return entries
    const { tasksFinished } = record.value
    const unfinished = await taskEventsOf(store, id, tasksFinished)
    if (!unfinished.ok) return unfinished
    const recorder = new Recorder(
      (appended, durable) => store.append(appended, durable),
      record.value,
      unfinished.value,
    )
    const tasks = entries.value.slice(0, tasksFinished).map(({ task: _task, ...summary }) => summary)
    return success(new StoredRun(recorder, tasks))
  }

  /** Finished tasks that are on disk, those that have reached it since among them. */
  get finished(): readonly TaskSummary[] {
    while (this.#finished.length < this.recorder.tasksSaved) {
      const task = this.recorder.finishedTask(this.#finished.length)
      if (task === undefined) break
      this.#finished.push(task)
    }
    return this.#finished
  }
}
