/** What is stored of a run beside its events: the totals that the library lists, always equal to the fold of the log. */
import type { TaskSummary } from '../core/log/fold-run.ts'
import type { RunConfig } from '../core/settings/settings.ts'

export const RECORD_VERSION = 1
export const ORIGINS = ['shipped', 'here', 'imported'] as const

/** What a visitor has put on a run to find it again. */
export interface RunLabels {
  readonly pinned: boolean
  readonly tags: readonly string[]
  readonly note: string
}

export interface RunRecord {
  readonly version: typeof RECORD_VERSION
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
  readonly origin: (typeof ORIGINS)[number]
  readonly config: RunConfig
  /** Stored events; also the sequence number of the next one. */
  readonly events: number
  readonly tasksFinished: number
  readonly steps: number
  readonly risenSteps: number
  readonly pairs: number
  readonly cost: { readonly candidates: number; readonly rollouts: number; readonly policyCalls: number }
  readonly rewardSum: number
  readonly finished: boolean
  /** Undefined where nothing was ever put on it. */
  readonly labels?: RunLabels | undefined
  /** When it was deleted; until that has lapsed it is stored, listed nowhere, and can be put back. */
  readonly discardedAtMs?: number | undefined
  /** What its events took when there were so many of them; long runs are not read again for it. */
  readonly measured?: { readonly events: number; readonly bytes: number } | undefined
}

/** A finished task as the overview lists it, kept beside the log so that opening a run need not read all of it. */
export interface TaskEntry extends TaskSummary {
  readonly task: number
}
