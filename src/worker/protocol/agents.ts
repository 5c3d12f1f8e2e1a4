/** Agents that can be chosen, and the training of new ones. */
import type { Training } from '../../core/comparison/comparison.ts'
import type { Result } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Interval } from '../../core/statistics.ts'
import type { CellPlace } from './comparisons.ts'
import type { ExportedFile } from './files.ts'

/** An agent that can be chosen: the embedded policy or a small language model, each with one set of weights. */
export interface AgentInfo {
  /** The value of the setting `policy` that chooses it. */
  readonly policy: 'linear' | 'transformer'
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

/** @see AgentCalls.train */
export interface TrainingUpdate {
  readonly type: 'training'
  readonly phase: TrainingPhase
  /** Of the phase that is done, 0 to 1. */
  readonly share: number
}

/** Called through `LabApi.agent`, by name. */
export interface AgentCalls {
  /** All agents of an environment: the shipped ones, then the newest. */
  list(environment: RunConfig['environment']): Promise<Result<readonly AgentInfo[]>>
  /** @param environment in whose list it stands */
  rename(model: string, name: string, environment: RunConfig['environment']): Promise<Result<AgentInfo>>
  /** Runs that were made with it stay; those of a language model cannot go on without it. */
  remove(model: string): Promise<Result<true>>
  /** Its weights file, with its name. @param environment of a shipped one; the others have their own */
  export(agent: Pick<AgentInfo, 'policy' | 'model' | 'environment'>): Promise<Result<ExportedFile>>
  /** Reads a weights file of either environment; where the agent is known already, that one. */
  import(file: File): Promise<Result<AgentInfo>>
  /** A language model: the zip of a Hugging Face folder, or that folder's files. @param environment in whose list it is asked for */
  importModel(files: readonly File[], environment: RunConfig['environment']): Promise<Result<AgentInfo>>
  /** Trains a new agent and keeps it; reports as `training` updates. One at a time. */
  train(request: TrainRequest): Promise<Result<TrainedAgent>>
  /** The training under way ends with `training-stopped`, and nothing is kept of it. */
  stop(): Promise<Result<true>>
  /** Keeps the policy of a cell of the open comparison as an agent. */
  keepCell(cell: CellPlace, name: string): Promise<Result<AgentInfo>>
}
