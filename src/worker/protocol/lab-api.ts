/**
 * What the page and the lab worker say to each other: types only, so that neither side pulls in the other's code and
 * the two cannot drift. Calls are coarse; whatever happens meanwhile arrives as `LabUpdate`s. Expected failures cross as
 * data (`Result`), because comlink drops the class and code of thrown errors. Each group of calls has a file of its own
 * beside this one; the page imports all of them from here.
 */
import type { Failure } from '../../core/failure.ts'
import type { AgentCalls, TrainingUpdate } from './agents.ts'
import type { ComparisonCalls, ComparisonUpdate, StretchesUpdate } from './comparisons.ts'
import type { DataCalls, DataUpdate, ShopUpdate } from './data.ts'
import type { DatasetCalls, DatasetUpdate } from './datasets.ts'
import type { DuelCalls } from './duel.ts'
import type { FileCalls } from './files.ts'
import type { LibraryCalls } from './library.ts'
import type { ModelCalls, ModelUpdate } from './models.ts'
import type { RunCalls, RunUpdate } from './runs.ts'
import type { StorageCalls, StorageUpdate } from './storage.ts'
import type { TheoryCalls } from './theory.ts'
import type { VisitCalls } from './visits.ts'

export type { Cell } from '../../core/comparison/cell.ts'
export type { Comparison, Training } from '../../core/comparison/comparison.ts'
export type { Failure, Result } from '../../core/failure.ts'
export type { Cost } from '../../core/log/cost-fold.ts'
export type { RunEvent } from '../../core/log/events.ts'
export type { TaskSummary } from '../../core/log/fold-run.ts'
export type { Stride } from '../../core/log/strides.ts'
export type { RunConfig } from '../../core/settings/settings.ts'
export type { Interval } from '../../core/statistics.ts'
export type { WebShopView } from '../../environments/webshop/types.ts'
export type { ExactAction, ExactValue } from '../../training/exact-values.ts'
export type * from './agents.ts'
export { TRAINING_PHASES } from './agents.ts'
export type * from './comparisons.ts'
export { COMPARISON_STATUSES } from './comparisons.ts'
export type * from './data.ts'
export type * from './datasets.ts'
export type * from './duel.ts'
export type * from './files.ts'
export { EXPORT_FORMATS } from './files.ts'
export type * from './library.ts'
export type * from './models.ts'
export type * from './runs.ts'
export { RUN_STATUSES } from './runs.ts'
export type * from './storage.ts'
export type * from './tables.ts'
export { TABLE_KINDS } from './tables.ts'
export type * from './theory.ts'
export type * from './visits.ts'

/** What happens in the lab; a `notice` is for people, and nothing waits for it. */
export type LabUpdate =
  | RunUpdate
  | ComparisonUpdate
  | StretchesUpdate
  | TrainingUpdate
  | DataUpdate
  | ShopUpdate
  | DatasetUpdate
  | ModelUpdate
  | StorageUpdate
  | { readonly type: 'notice'; readonly failure: Failure }

export interface LabApi extends DataCalls, RunCalls, FileCalls, ComparisonCalls, TheoryCalls, DuelCalls, StorageCalls {
  /**
   * Registers the page's listener (a comlink proxy). How far something has come is told at most ten times a second, and not
   * before what the listener gave back for each earlier update has resolved: when the page shows it.
   */
  subscribe(listener: (update: LabUpdate) => unknown): Promise<void>

  /** Whether the lab is there: answered as soon as its event loop has a turn. */
  answers(): Promise<true>

  // Groups that are called by name: the first load knows of none of their calls.
  /** A call that is about what a visitor does in the open run. */
  visit<C extends keyof VisitCalls>(call: C, ...given: Parameters<VisitCalls[C]>): ReturnType<VisitCalls[C]>
  /** A call that is about agents. */
  agent<C extends keyof AgentCalls>(call: C, ...given: Parameters<AgentCalls[C]>): ReturnType<AgentCalls[C]>
  /** A call that is about the library of runs. */
  library<C extends keyof LibraryCalls>(call: C, ...given: Parameters<LibraryCalls[C]>): ReturnType<LibraryCalls[C]>
  /** A call that is about language models. */
  model<C extends keyof ModelCalls>(call: C, ...given: Parameters<ModelCalls[C]>): ReturnType<ModelCalls[C]>
  /** A call that is about data sets for trainers. */
  dataset<C extends keyof DatasetCalls>(call: C, ...given: Parameters<DatasetCalls[C]>): ReturnType<DatasetCalls[C]>
}
