/**
 * Writes a run down while it is explored: folds events into totals, gathers them into batches, writes them together
 * with the totals. Memory is bounded as long as whoever feeds it waits for a flush once one is `due`.
 */

import type { Result } from '../../core/failure.ts'
import { success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { createRunFold, type RunFold, type TaskSummary } from '../../core/log/fold-run.ts'
import { batchesOf } from '../../store/batch.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Appended } from '../../store/store.ts'

/** Between two writes in the middle of a run. */
const MOST_MS = 50
const MOST_EVENTS = 5_000

export type Write = (appended: Appended, durable: boolean) => Promise<Result<true>>

export class Recorder {
  readonly #write: Write
  /** The stored record, less what the fold sees again of the unfinished task. */
  #base: RunRecord
  readonly #fold: RunFold = createRunFold()
  readonly #tasksBefore: number
  #rewardSum: number
  #pending: RunEvent[] = []
  #open: RunEvent[]
  #saved: number
  #tasksSaved = 0
  #lastFlushMs = 0
  #flushing: Promise<Result<true>> = Promise.resolve(success(true))

  /**
   * @param record as stored (or with nothing in it)
   * @param unfinished stored events of the task after the finished ones
   */
  constructor(write: Write, record: RunRecord, unfinished: readonly RunEvent[]) {
    this.#write = write
    this.#tasksBefore = record.tasksFinished
    this.#rewardSum = record.rewardSum
    this.#open = [...unfinished]
    this.#saved = record.events
    for (const event of unfinished) this.#fold.add(event)
    this.#base = combine(record, this.#fold.state, -1)
  }

  /** Totals over everything recorded, saved or not. */
  get record(): RunRecord {
    const { state } = this.#fold
    return {
      ...combine(this.#base, state, 1),
      tasksFinished: this.#tasksBefore + state.tasks.length,
      rewardSum: this.#rewardSum,
      finished: this.#base.finished || state.finished,
    }
  }

  /** Tasks known to be on disk. */
  get tasksSaved(): number {
    return this.#tasksBefore + this.#tasksSaved
  }

  /** A task finished since the recorder was made, by its index in the run. */
  finishedTask(task: number): TaskSummary | undefined {
    return this.#fold.state.tasks[task - this.#tasksBefore]
  }

  /** Events of the task being explored. */
  get open(): readonly RunEvent[] {
    return this.#open
  }

  /** Events on disk. */
  get saved(): number {
    return this.#saved
  }

  get tasksFinished(): number {
    return this.#tasksBefore + this.#fold.state.tasks.length
  }

  rename(name: string): void {
    this.#base = { ...this.#base, name }
  }

  add(event: RunEvent): void {
    this.#fold.add(event)
    this.#pending.push(event)
    if (event.type === 'task-started') this.#open = []
    if ('task' in event) this.#open.push(event)
    if (event.type === 'task-finished') {
      this.#rewardSum += event.reward
      this.#open = []
    }
  }

  due(nowMs: number): boolean {
    return this.#pending.length >= MOST_EVENTS || (this.#pending.length > 0 && nowMs - this.#lastFlushMs >= MOST_MS)
  }

  /** Resolves when all that was recorded before the call is stored. After a failure nothing more is written. */
  flush(nowMs: number, durable: boolean): Promise<Result<true>> {
    this.#lastFlushMs = nowMs
    this.#flushing = this.#flushing.then((before) => (before.ok ? this.#flush(durable) : before))
    return this.#flushing
  }

  async #flush(durable: boolean): Promise<Result<true>> {
    const events = this.#pending
    if (events.length === 0) return success(true)
    this.#pending = []
    const from = this.#tasksBefore + this.#tasksSaved
    const tasks = this.#fold.state.tasks.slice(this.#tasksSaved).map((summary, i) => ({ task: from + i, ...summary }))
    const batches = batchesOf(events, this.#saved)
    const written = await this.#write({ record: this.record, batches, tasks }, durable)
    if (!written.ok) return written
    this.#saved += events.length
    this.#tasksSaved += tasks.length
    return written
  }
}

type Totals = Pick<RunRecord, 'events' | 'steps' | 'risenSteps' | 'pairs' | 'cost'>

/** Adds the totals to the record, or (sign -1) takes them off it. */
function combine(record: RunRecord, totals: Totals, sign: 1 | -1): RunRecord {
  return {
    ...record,
    events: record.events + sign * totals.events,
    steps: record.steps + sign * totals.steps,
    risenSteps: record.risenSteps + sign * totals.risenSteps,
    pairs: record.pairs + sign * totals.pairs,
    cost: {
      candidates: record.cost.candidates + sign * totals.cost.candidates,
      rollouts: record.cost.rollouts + sign * totals.cost.rollouts,
      policyCalls: record.cost.policyCalls + sign * totals.cost.policyCalls,
    },
  }
}
