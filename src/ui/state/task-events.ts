/** The events of the tasks last looked at, asked from the lab once. Finished tasks never change; the open one does. */
import type { LabApi, RunEvent } from '../../worker/protocol/lab-api.ts'

const MOST_TASKS = 24

export class TaskEvents {
  readonly #lab: LabApi
  readonly #whole = new Map<number, readonly RunEvent[]>()
  #run = 0

  constructor(lab: LabApi) {
    this.#lab = lab
  }

  clear(): void {
    this.#whole.clear()
    this.#run++
  }

  async of(task: number, finished: boolean): Promise<readonly RunEvent[]> {
    const known = this.#whole.get(task)
    if (known !== undefined) return known
    const run = this.#run
    const events = await this.#lab.taskEvents(task).catch(() => []) // it has ended
    if (finished && events.length > 0 && run === this.#run) {
      this.#whole.set(task, events)
      const oldest = this.#whole.keys().next().value
      if (this.#whole.size > MOST_TASKS && oldest !== undefined) this.#whole.delete(oldest)
    }
    return events
  }
}
