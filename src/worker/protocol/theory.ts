/** The theory with the numbers of one's own task in it. */
import type { Failure, Result } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { ExactAction, ExactValue } from '../../training/exact-values.ts'

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

export interface TheoryCalls {
  /** What follows a prefix under the embedded agent. A later question drops the one before (`theory-dropped`). */
  theory(request: TheoryRequest): Promise<Result<TheoryReport>>
}
