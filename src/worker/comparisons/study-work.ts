/** Whoever is at work on the missing cells of a comparison: several workers, each taking one job after the other. */
import type { Cell } from '../../core/comparison/cell.ts'
import { type Failure, failure, messageOf } from '../../core/failure.ts'
import type { StudyJob } from './study-jobs.ts'
import type { StudyPool, StudyWorker } from './study-pool.ts'

/** A job is given to another worker once. */
const MOST_TRIES = 2

interface Task {
  readonly job: StudyJob
  tries: number
}

export interface WorkPorts {
  readonly pool: StudyPool
  /** Not called any more once the work is stopped. */
  found(cell: Cell): void
  /** Whoever hears of it stops the work. */
  failed(reason: Failure): void
}

/** When it began, and the cells that were stored then. */
export interface WorkBegun {
  readonly atMs: number
  readonly cells: number
}

export class StudyWork {
  readonly #ports: WorkPorts
  readonly #begun: WorkBegun
  readonly #queue: Task[]
  readonly #workers = new Set<StudyWorker>()
  #stopped = false

  constructor(jobs: readonly StudyJob[], begun: WorkBegun, ports: WorkPorts) {
    this.#ports = ports
    this.#begun = begun
    this.#queue = jobs.map((job) => ({ job, tries: 0 }))
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** That are at it now. */
  get workers(): number {
    return this.#workers.size
  }

  /** Cells a second since it began; undefined before the first. @param cells that are stored now */
  rate(cells: number, nowMs: number): number | undefined {
    const made = cells - this.#begun.cells
    const ms = nowMs - this.#begun.atMs
    return made === 0 || ms <= 0 ? undefined : (made * 1000) / ms
  }

  /** Resolves when the last worker has ended. */
  async run(): Promise<void> {
    const workers = Math.max(1, Math.min(this.#ports.pool.size, this.#queue.length))
    await Promise.all(Array.from({ length: workers }, () => this.#compute()))
  }

  /** What is under way is lost; nothing of it is stored. */
  stop(): void {
    this.#stopped = true
    for (const worker of this.#workers) worker.end()
  }

  /** Takes jobs until none is left. */
  async #compute(): Promise<void> {
    let worker: StudyWorker | undefined
    for (let task = this.#queue.shift(); task !== undefined && !this.#stopped; task = this.#queue.shift()) {
      worker ??= this.#open()
      task.tries++
      try {
        const done = await worker.run(task.job, (cell) => this.#found(cell))
        if (!done.ok) this.#ports.failed(done.failure)
      } catch (thrown) {
        worker.end()
        this.#workers.delete(worker)
        worker = undefined
        if (this.#stopped) break
        if (task.tries < MOST_TRIES) this.#queue.unshift(task)
        else this.#ports.failed(brokenDown(thrown))
      }
    }
    if (worker === undefined) return
    worker.end()
    this.#workers.delete(worker)
  }

  #open(): StudyWorker {
    const worker = this.#ports.pool.open()
    this.#workers.add(worker)
    return worker
  }

  #found(cell: Cell): void {
    if (!this.#stopped) this.#ports.found(cell)
  }
}

export function brokenDown(why: unknown): Failure {
  const words = `The comparison stopped: a worker broke down twice at the same place (${messageOf(why)}).`
  return failure('comparison-error', `${words} All finished cells are kept; start it again.`).failure
}
