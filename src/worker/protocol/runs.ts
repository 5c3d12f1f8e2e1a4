/** Runs: the library of them, and the one that is open. */
import type { Failure, Result } from '../../core/failure.ts'
import type { Cost } from '../../core/log/cost-fold.ts'
import type { RunEvent } from '../../core/log/events.ts'
import type { TaskSummary } from '../../core/log/fold-run.ts'
import type { Stride } from '../../core/log/strides.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { RunLabels } from '../../store/run-record.ts'
import type { WorldSight } from './data.ts'

export const RUN_STATUSES = ['running', 'paused', 'finished', 'failed'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** A run as the library lists it. */
export interface RunInfo {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970; 0 for the recorded run that ships with the page. */
  readonly createdAtMs: number
  readonly config: RunConfig
  readonly events: number
  readonly tasksFinished: number
  readonly pairs: number
  readonly cost: Cost
  /** Sum of outcome rewards over the finished tasks. */
  readonly rewardSum: number
  readonly finished: boolean
  /** `shipped`: the recorded run, read-only. `here`: made on this page. `imported`: came from a file. */
  readonly origin: 'shipped' | 'here' | 'imported'
  /** Undefined where nothing was ever put on it. */
  readonly labels?: RunLabels | undefined
}

/** The open run as it is now. */
export interface RunProgress {
  /** Of two reports the one with the larger number is the newer; they may arrive in either order. */
  readonly revision: number
  readonly info: RunInfo
  /** What it was made with. */
  readonly data: { readonly name: string; readonly fingerprint: string }
  readonly status: RunStatus
  readonly failure: Failure | undefined
  /** Why the run cannot go on here (other data, read-only, open in another tab), in a sentence; undefined if it can. */
  readonly blocked: string | undefined
  /** Whether it rests because the visitor, who acts in this run, is to say what comes next. */
  readonly waiting: boolean
  /** Steps, and those in which some candidate rose. */
  readonly steps: number
  readonly risenSteps: number
  /** Events of the task being explored that exist so far; 0 between tasks. */
  readonly openTaskEvents: number
  /** Tasks a second over the last few seconds of running; undefined while not running. */
  readonly tasksPerSecond: number | undefined
  /** Of a small language model: since the run was opened; undefined before it has read anything. */
  readonly tokens?: RunTokens
  /** What was changed in its world by hand; undefined for nothing. */
  readonly edits?: readonly WorldEdit[]
  /** Events known to be where runs are kept: on disk, where no `StorageUpdate` says otherwise. */
  readonly saved: number
}

export interface RunTokens {
  /** That went through the model. */
  readonly read: number
  /** That it did not have to read again, since their conversation branched off one that it held. */
  readonly saved: number
  /** Read, over the time in which it explored. */
  readonly perSecond: number | undefined
}

export interface StartedRun {
  readonly progress: RunProgress
  /** One for each setting that was out of range. */
  readonly corrections: readonly Failure[]
}

/** Finished tasks that are told in one go. */
export const MOST_TASKS_TOLD = 2_000

export interface OpenedRun {
  readonly progress: RunProgress
  /** The first `MOST_TASKS_TOLD` finished tasks at most; what comes after them is asked for. @see RunCalls.tasks */
  readonly tasks: readonly TaskSummary[]
}

export interface RunUpdate {
  readonly type: 'progress'
  readonly progress: RunProgress
  /** Tasks that have reached the disk since the report before, at most `MOST_TASKS_TOLD`. */
  readonly newTasks: readonly TaskSummary[]
  /** Index in the run of the first of them. */
  readonly from: number
}

export interface RunCalls {
  /** All runs that can be opened, newest first, the shipped ones last. */
  runs(): Promise<readonly RunInfo[]>
  /** Opens a run, paused (or finished). The run open before is paused and saved first. */
  open(runId: string): Promise<Result<OpenedRun>>
  /**
   * Makes a new run from settings as they came (URL, form), saves its head, opens it paused before its first task.
   * @param edits of the world, on top of the loaded data
   */
  create(settings: Readonly<Record<string, unknown>>, edits?: readonly WorldEdit[]): Promise<Result<StartedRun>>
  rename(runId: string, name: string): Promise<Result<RunInfo>>
  remove(runId: string): Promise<Result<true>>

  /** Explores at full speed until paused, finished or failed. Returns at once. */
  start(): Promise<Result<true>>
  /** Resolves when the last event is on disk. */
  pause(): Promise<Result<true>>
  /** Explores as far as one stride goes, then pauses. Resolves when that is on disk. */
  advance(stride: Stride): Promise<Result<RunProgress>>

  /** Finished tasks of the open run from an index on, at most `MOST_TASKS_TOLD`; none where it has no more on disk. */
  tasks(from: number): Promise<readonly TaskSummary[]>
  /** The events of one task of the open run so far, from `task-started`. */
  taskEvents(task: number): Promise<readonly RunEvent[]>
  /** The world after `actions` from the start of a task of the open run; a failure where its data is not loaded. */
  world(task: number, actions: readonly string[]): Promise<Result<WorldSight>>
}
