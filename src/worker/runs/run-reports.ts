/** What the page is told of the open run: how it stands, and of every finished task once. */
import type { Failure } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import { Rate } from '../machine/rate.ts'
import { MOST_TASKS_TOLD, type RunProgress, type RunTokens, type RunUpdate } from '../protocol/runs.ts'
import { infoOf } from './records.ts'
import type { StoredRun } from './stored-run.ts'

const UPDATE_MS = 100

/** Of all runs that this worker has opened. */
let reports = 0

export interface RunState {
  readonly header: RunStarted
  readonly stored: StoredRun
  readonly running: boolean
  readonly failure: Failure | undefined
  /** @see RunProgress */
  readonly blocked: string | undefined
  readonly waiting: boolean
  readonly tokens: RunTokens | undefined
  readonly edits: readonly WorldEdit[] | undefined
}

export interface ReportPorts {
  /** Milliseconds from any origin. */
  now(): number
  emit(update: RunUpdate): void
  /** Whether the page has yet to show what it was told. */
  busy(): boolean
}

export class RunReports {
  readonly #ports: ReportPorts
  readonly #rate = new Rate()
  /** Finished tasks that the page knows of. */
  #told: number
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(ports: ReportPorts, told: number) {
    this.#ports = ports
    this.#told = told
  }

  /** The run begins to run: how fast it is is measured from here on. */
  begin({ recorder }: StoredRun): void {
    this.#rate.reset()
    this.#rate.mark(this.#ports.now(), recorder.tasksFinished)
  }

  /** The run still runs. */
  mark({ recorder }: StoredRun, nowMs: number): void {
    this.#rate.mark(nowMs, recorder.tasksFinished)
  }

  progress({ header, stored: { recorder }, running, failure, blocked, waiting, tokens, edits }: RunState): RunProgress {
    const { record } = recorder
    const nowMs = this.#ports.now()
    return {
      revision: ++reports,
      info: infoOf(record),
      data: header.data,
      status: record.finished ? 'finished' : running ? 'running' : failure === undefined ? 'paused' : 'failed',
      failure,
      blocked: record.finished ? undefined : blocked,
      waiting,
      steps: record.steps,
      risenSteps: record.risenSteps,
      openTaskEvents: recorder.open.length,
      tasksPerSecond: running ? this.#rate.perSecond(nowMs, record.tasksFinished) : undefined,
      ...(tokens && { tokens }),
      ...(edits && { edits }),
      saved: recorder.saved,
    }
  }

  /**
   * Tells the page: while it runs at most ten times a second, and not before the page shows what it was told last; while it
   * rests only of news; both unless `always`.
   */
  tell(state: RunState, always: boolean): void {
    const nowMs = this.#ports.now()
    const { finished } = state.stored
    const from = this.#told
    const newTasks = finished.slice(from, from + MOST_TASKS_TOLD)
    const due = nowMs - this.#lastMs >= UPDATE_MS
    if (!always && !(state.running ? due && !this.#ports.busy() : due || newTasks.length > 0)) return
    this.#lastMs = nowMs
    this.#told += newTasks.length
    this.#ports.emit({ type: 'progress', progress: this.progress(state), newTasks, from })
  }
}
