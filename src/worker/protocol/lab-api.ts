/**
 * What the page and the lab worker say to each other: types only, so that neither side pulls in the other's code and
 * the two cannot drift. Calls are coarse; whatever happens meanwhile arrives as `LabUpdate`s. Expected failures cross as
 * data (`Result`), because comlink drops the class and code of thrown errors.
 */
import type { Cell, Comparison, Training } from '../../core/comparison/comparison.ts'
import type { Failure, Result } from '../../core/failure.ts'
import type { Cost } from '../../core/log/cost-fold.ts'
import type { CandidateProposed, CandidateScored, RolloutFinished, RunEvent, Stride } from '../../core/log/events.ts'
import type { TaskSummary } from '../../core/log/fold-run.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Interval } from '../../core/statistics.ts'
import type { SqlView } from '../../environments/intercode-sql/types.ts'
import type { WebShopView } from '../../environments/webshop/types.ts'
import type { ExactAction, ExactValue } from '../../training/exact-values.ts'
import type { ModelApi, ModelState } from './models.ts'

export type * from './models.ts'

export type {
  Cell,
  Comparison,
  Cost,
  ExactAction,
  ExactValue,
  Failure,
  Interval,
  Result,
  RunConfig,
  RunEvent,
  Stride,
  TaskSummary,
  Training,
  WebShopView,
}

/** One member per environment, told apart by `environment`. */
export type WorldView = WebShopView | SqlView

/** What is seen and read after some actions. */
export interface WorldSight {
  readonly view: WorldView
  /** The observation, as the agent reads it. */
  readonly observation: string
}

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
}

/** The open run as it is now. */
export interface RunProgress {
  /** Of two reports the one with the larger number is the newer; they may arrive in either order. */
  readonly revision: number
  readonly info: RunInfo
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
  /** Events known to be on disk. */
  readonly saved: number
}

/** The data an environment runs on. */
export interface DataInfo {
  readonly name: string
  readonly fingerprint: string
  readonly environment: RunConfig['environment']
  readonly tasks: { readonly train: number; readonly dev: number; readonly test: number }
  /** `shipped` with the page, or `yours`: files dropped on it. */
  readonly origin: 'shipped' | 'yours'
}

/** A comparison as the library lists it. */
export interface ComparisonInfo {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAtMs: number
  readonly comparison: Comparison
  /** Stored cells, of `total`. */
  readonly cells: number
  readonly total: number
}

export const COMPARISON_STATUSES = ['running', 'paused', 'finished', 'failed'] as const

/** The open comparison as it is now. */
export interface ComparisonProgress {
  /** Of two reports the one with the larger number is the newer; they may arrive in either order. */
  readonly revision: number
  readonly info: ComparisonInfo
  readonly status: (typeof COMPARISON_STATUSES)[number]
  readonly failure: Failure | undefined
  /** That are at work now. */
  readonly workers: number
  /** Since it was last started; undefined while it does not run or nothing has come of it yet. */
  readonly cellsPerSecond: number | undefined
  readonly secondsLeft: number | undefined
}

export interface OpenedComparison {
  readonly progress: ComparisonProgress
  /** All stored cells, in no order. */
  readonly cells: readonly Cell[]
  /** One for each thing that had to be corrected, or that has to be said. */
  readonly corrections: readonly Failure[]
}

/** Which cell of the open comparison. */
export type CellPlace = Pick<Cell, 'arm' | 'seed' | 'budget'>

/** What follows a prefix. */
export interface TheoryRequest {
  /** As they came (see `parseConfig`): environment, agent, split, seed, limits. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Index of the task in the run that these settings make. */
  readonly task: number
  /** From the task's start. */
  readonly actions: readonly string[]
  /** Wanted of every process reward. */
  readonly standardError: number
}

export interface TheoryReport {
  readonly config: RunConfig
  readonly corrections: readonly Failure[]
  readonly task: { readonly index: number; readonly id: string; readonly instruction: string }
  /** In the split. */
  readonly tasks: number
  readonly agent: string
  readonly minReward: number
  readonly maxReward: number
  readonly actions: readonly string[]
  /** After them. */
  readonly observation: string
  /** Every action that the policy may take now, the likeliest first. */
  readonly next: readonly ExactAction[]
  /** Of the prefix, by rollouts of its own. */
  readonly value: ExactValue
  /**
   * The process reward of the step before as exploration would have it, from m rollouts: the bar. Before the first step
   * it is what the setting `firstBar` says.
   */
  readonly previous: { readonly reward: number; readonly standardError: number | null; readonly rollouts: number }
}

/** Two arms of a comparison on one task. */
export interface DuelRequest {
  readonly comparison: Comparison
  readonly arms: readonly [number, number]
  readonly seed: number
  /** Index of the task in the runs of this seed. */
  readonly task: number
}

/** Events of the task, from `task-started` to `task-finished`, by each arm. */
export type Duel = readonly [readonly RunEvent[], readonly RunEvent[]]

/** An agent that can be chosen: the embedded policy with one set of weights. */
export interface AgentInfo {
  /** The value of the setting `model` that chooses it: '', `weak`, `sharp`, or the fingerprint of its weights. */
  readonly model: string
  readonly name: string
  readonly environment: RunConfig['environment']
  readonly origin: 'shipped' | 'here' | 'imported'
  /** Milliseconds since 1970; 0 for one that ships with the page. */
  readonly createdAtMs: number
  /** How it was trained and what came of it, for people. `devReward` and `devGreedyReward` are means on the dev tasks. */
  readonly trained: Readonly<Record<string, string | number>>
}

/** What a policy earns on the dev tasks; intervals are 95 %, over tasks. */
export interface AgentScore {
  readonly tasks: number
  /** Mean outcome reward at temperature 1. */
  readonly sampled: Interval
  readonly greedy: Interval
  /** Shares of the episodes with the largest reward. */
  readonly sampledSuccess: number
  readonly greedySuccess: number
}

export interface TrainedAgent {
  /** As it is kept. */
  readonly agent: AgentInfo
  /** Of the reference policy (SFT: of weights of zero). */
  readonly before: AgentScore
  readonly after: AgentScore
  /** After minus before, task by task, with the same random streams. */
  readonly gain: { readonly sampled: Interval; readonly greedy: Interval }
}

export type TrainRequest =
  /** DPO on the pairs of a stored run, with its own agent as the frozen reference. */
  | { readonly runId: string; readonly name: string; readonly training: Training }
  /** SFT on the first expert demonstrations that ship with the page, from weights of zero. */
  | {
      readonly environment: RunConfig['environment']
      readonly name: string
      readonly sft: { readonly demonstrations: number; readonly epochs: number }
    }

export const TRAINING_PHASES = ['reading', 'before', 'fitting', 'after'] as const
export type TrainingPhase = (typeof TRAINING_PHASES)[number]

/** An action that the embedded agent might take. */
export interface Choice {
  readonly action: string
  readonly probability: number
}

/** How the embedded agent fares in a task by itself. */
export interface AgentAverage {
  readonly agent: string
  readonly episodes: number
  /** Of the outcome reward. */
  readonly mean: number
  readonly standardError: number | null
}

/** An action in the place of a recorded step's candidates. */
export interface WhatIfRequest {
  readonly task: number
  /** From 1. */
  readonly step: number
  readonly action: string
}

export interface WhatIf {
  /** As exploration would have written them, with the step's next number; in no log. */
  readonly events: readonly [CandidateProposed, ...(RolloutFinished | CandidateScored)[]]
  /** After the action, as the agent reads it. */
  readonly observation: string
  /** Who finished the rollouts. */
  readonly agent: string
}

export type LabUpdate =
  | { readonly type: 'progress'; readonly progress: RunProgress; readonly newTasks: readonly TaskSummary[] }
  | { readonly type: 'comparison'; readonly progress: ComparisonProgress; readonly newCells: readonly Cell[] }
  /** @see AgentApi.train; `share` of the phase is done, 0 to 1 */
  | { readonly type: 'training'; readonly phase: TrainingPhase; readonly share: number }
  | { readonly type: 'data'; readonly data: DataInfo }
  | { readonly type: 'model'; readonly state: ModelState }
  | { readonly type: 'notice'; readonly failure: Failure }

export interface StartedRun {
  readonly progress: RunProgress
  /** One for each setting that was out of range. */
  readonly corrections: readonly Failure[]
}

export interface OpenedRun {
  readonly progress: RunProgress
  /** All finished tasks. */
  readonly tasks: readonly TaskSummary[]
}

export interface ExportedFile {
  /** Backed by disk where the browser allows it; the page offers it as a download. */
  readonly file: Blob
  readonly name: string
  /** Lines written. */
  readonly lines: number
}

export const EXPORT_FORMATS = ['trl-dpo', 'run'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What a visitor does themselves in the open run. */
export interface VisitApi {
  /**
   * What the visitor does, in a run where they act. Explores from there to where the next action is wanted, or to the end
   * of the task; what is no action is one that changes nothing.
   */
  act(action: string): Promise<Result<RunProgress>>
  /** What the embedded agent might do after `actions` in a task of the open run, the likeliest first. */
  choices(task: number, actions: readonly string[]): Promise<Result<readonly Choice[]>>
  /** Episodes of a task of the open run that the embedded agent plays from the start. */
  agentAverage(task: number): Promise<Result<AgentAverage>>
  /** Scores an action at a step of the open run as exploration would have. The run itself is not changed. */
  whatIf(request: WhatIfRequest): Promise<Result<WhatIf>>
}

export interface AgentApi {
  /** All agents of an environment: the shipped ones, then the newest. */
  list(environment: RunConfig['environment']): Promise<Result<readonly AgentInfo[]>>
  rename(model: string, name: string): Promise<Result<AgentInfo>>
  /** Runs that were made with it have its weights with them, and stay whole. */
  remove(model: string): Promise<Result<true>>
  /** Its weights file, with its name. @param environment of a shipped one; the others have their own */
  export(model: string, environment: RunConfig['environment']): Promise<Result<ExportedFile>>
  /** Reads a weights file of either environment; where the agent is known already, that one. */
  import(file: File): Promise<Result<AgentInfo>>
  /** Trains a new agent and keeps it; reports as `training` updates. One at a time. */
  train(request: TrainRequest): Promise<Result<TrainedAgent>>
  /** The training under way ends with `training-stopped`, and nothing is kept of it. */
  stop(): Promise<Result<true>>
  /** Keeps the policy of a cell of the open comparison as an agent. */
  keepCell(cell: CellPlace, name: string): Promise<Result<AgentInfo>>
}

export interface LabApi {
  /** Registers the page's listener (a comlink proxy). At most ten progress updates a second. */
  subscribe(listener: (update: LabUpdate) => void): Promise<void>
  /** Resolves when the shipped or brought data of an environment stands ready. */
  data(environment: RunConfig['environment']): Promise<Result<DataInfo>>
  /**
   * Official files of one environment, in any order; they replace its data for new runs. What they are is seen from what
   * is in them. Nothing changes when one is wrong.
   */
  loadData(files: readonly File[]): Promise<Result<DataInfo>>
  /** Back to the data that ships with the page. */
  shippedData(environment: RunConfig['environment']): Promise<Result<DataInfo>>

  /** All runs that can be opened, newest first, the shipped ones last. */
  runs(): Promise<readonly RunInfo[]>
  /** Opens a run, paused (or finished). The run open before is paused and saved first. */
  open(runId: string): Promise<Result<OpenedRun>>
  /** Makes a new run from settings as they came (URL, form), saves its head, opens it paused before its first task. */
  create(settings: Readonly<Record<string, unknown>>): Promise<Result<StartedRun>>
  rename(runId: string, name: string): Promise<Result<RunInfo>>
  remove(runId: string): Promise<Result<true>>

  /** Explores at full speed until paused, finished or failed. Returns at once. */
  start(): Promise<Result<true>>
  /** Resolves when the last event is on disk. */
  pause(): Promise<Result<true>>
  /** Explores as far as one stride goes, then pauses. Resolves when that is on disk. */
  advance(stride: Stride): Promise<Result<RunProgress>>

  /** @see VisitApi */
  visit<C extends keyof VisitApi>(call: C, ...given: Parameters<VisitApi[C]>): ReturnType<VisitApi[C]>

  /** The events of one task of the open run so far, from `task-started`. */
  taskEvents(task: number): Promise<readonly RunEvent[]>
  /** The world after `actions` from the start of a task of the open run; a failure where its data is not loaded. */
  world(task: number, actions: readonly string[]): Promise<Result<WorldSight>>

  export(runId: string, format: ExportFormat): Promise<Result<ExportedFile>>
  /** Reads a run file of any size; opens nothing and saves nothing unless all of it is good. */
  importRun(file: File): Promise<Result<RunInfo>>

  /** All comparisons that can be opened, newest first. */
  comparisons(): Promise<readonly ComparisonInfo[]>
  /**
   * Makes a comparison from settings as they came (see `parseComparison`), saves and opens it, and starts it. The one
   * open before is paused. It always runs on the data that ships with the page; where other data is loaded, a correction
   * says so.
   */
  compare(settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>>
  /** Opens a stored comparison, paused or finished. The one open before is paused. */
  openComparison(id: string): Promise<Result<OpenedComparison>>
  /** Computes the missing cells, several at a time. Returns at once. */
  startComparison(): Promise<Result<true>>
  /** Drops the cells under way; resolves when every finished one is on disk. */
  pauseComparison(): Promise<Result<true>>
  removeComparison(id: string): Promise<Result<true>>
  /** Finds or makes the stored run that explores exactly what is behind a cell of the open comparison; opens it, paused. */
  openCell(cell: CellPlace): Promise<Result<OpenedRun>>

  /** What follows a prefix under the embedded agent. A later question drops the one before (`theory-dropped`). */
  theory(request: TheoryRequest): Promise<Result<TheoryReport>>
  /** Explores one task with two arms of a comparison: same seed, same start policy, on the data that ships with the page. */
  duel(request: DuelRequest): Promise<Result<Duel>>

  /** A call that is about agents. */
  agent<C extends keyof AgentApi>(call: C, ...given: Parameters<AgentApi[C]>): ReturnType<AgentApi[C]>
  /** A call that is about language models. */
  model<C extends keyof ModelApi>(call: C, ...given: Parameters<ModelApi[C]>): ReturnType<ModelApi[C]>
}
