/** Agents that can be chosen, and the training of new ones. */
import type { Training } from '../../core/comparison/comparison.ts'
import type { Result } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Interval } from '../../core/statistics.ts'
import type { CellPlace, CellStretch } from './comparisons.ts'
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
  /** What it was trained from (SFT: from weights of zero); a language model with random weights is not measured. */
  readonly compared?: {
    readonly before: AgentScore
    /** After minus before, task by task, with the same random streams. */
    readonly gain: { readonly sampled: Interval; readonly greedy: Interval }
  }
  readonly after: AgentScore
  /** Of a language model: how it went. */
  readonly learning?: Learning
}

/** What may compute the training of a small language model. */
export const COMPUTERS = ['wasm', 'webgpu'] as const
export type Computer = (typeof COMPUTERS)[number]

/** Who computes a training, and how that came about. */
export interface Computed {
  readonly by: Computer
  /** Where another one computed its first steps. */
  readonly begunBy?: Computer
  /** Tokens a second of a mini-batch of this training, where both were tried. */
  readonly speeds?: { readonly wasm: number; readonly webgpu: number }
  /** The graphics processor, as far as the browser tells. */
  readonly device?: string
  /** Why it is not WebGPU, or not any more: a sentence. */
  readonly trouble?: string
}

/** How the training of a small language model goes. */
export interface Learning {
  /** Tokens that were learnt from so far, each as often as it was. */
  readonly tokens: number
  /** Of the whole training. */
  readonly of: number
  readonly tokensPerSecond: number | undefined
  /** Missing while it is not decided, and of trainings from before there was a choice. */
  readonly computed?: Computed | undefined
  /** Nats a token that the agent writes (SFT), or a pair: means, each with the tokens so far. */
  readonly losses: readonly (readonly [tokens: number, loss: number])[]
  /** SFT: of a few first actions on train tasks, the share that the environment knows, each with the tokens so far. */
  readonly legal: readonly (readonly [tokens: number, share: number])[]
  /** The first such action, and the tokens so far. */
  readonly firstLegal: { readonly tokens: number; readonly action: string } | undefined
}

export type TrainRequest =
  /** DPO on the pairs of a stored run, with its own agent as the frozen reference. */
  | {
      readonly runId: string
      readonly name: string
      readonly training: Training
      /** Of a small language model; whoever is faster here where it is left out. */
      readonly by?: Computer
    }
  /** SFT on the first expert demonstrations that ship with the page, from weights of zero. */
  | {
      readonly environment: RunConfig['environment']
      readonly name: string
      readonly sft: { readonly demonstrations: number; readonly epochs: number }
    }
  /** SFT of a small language model, on the first demonstrations that ship with it. */
  | {
      readonly environment: RunConfig['environment']
      readonly name: string
      readonly language: LanguageSft
      /** Whoever is faster here where it is left out. */
      readonly by?: Computer
    }

export interface LanguageSft {
  /** What it begins from: random weights of the small model or of the tiny one, or an agent by the value of its setting `model`. */
  readonly from: 'random' | 'random-tiny' | { readonly model: string }
  readonly demonstrations: number
  readonly epochs: number
}

/** A training of a small language model that was paused, or broken off by a reload. */
export interface UnfinishedTraining {
  /** Of the agent to be. */
  readonly name: string
  readonly environment: RunConfig['environment']
  readonly phase: TrainingPhase
  readonly share: number
  /** Milliseconds since 1970. */
  readonly savedAtMs: number
  readonly learning: Learning | undefined
}

export const TRAINING_PHASES = ['reading', 'before', 'trying', 'fitting', 'after'] as const
export type TrainingPhase = (typeof TRAINING_PHASES)[number]

/** @see AgentCalls.train */
export interface TrainingUpdate {
  readonly type: 'training'
  readonly phase: TrainingPhase
  /** Of the phase that is done, 0 to 1. */
  readonly share: number
  /** Of the phase; undefined while nobody knows. */
  readonly secondsLeft?: number | undefined
  /** Of a language model. */
  readonly learning?: Learning | undefined
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
  /**
   * Trains a new agent and keeps it; reports as `training` updates. One at a time, and no language model while a training of one is
   * unfinished (`training-unfinished`).
   */
  train(request: TrainRequest): Promise<Result<TrainedAgent>>
  /** The training under way ends with `training-stopped`, and nothing is kept of it. */
  stop(): Promise<Result<true>>
  /** That of a language model ends with `training-paused`, and can be gone on with. */
  pause(): Promise<Result<true>>
  /** A training that was paused, or broken off by a reload. */
  unfinished(): Promise<Result<UnfinishedTraining | undefined>>
  /** Goes on with it, as if it had never been left. */
  resume(): Promise<Result<TrainedAgent>>
  /** Forgets it; not while another tab goes on with it (`training-elsewhere`). */
  discard(): Promise<Result<true>>
  /**
   * The policies that explored for a cell of the open comparison, in their order, and what each explored: computed again, which takes as long
   * as the exploration took; reports as `stretches` updates.
   */
  cellStretches(cell: CellPlace): Promise<Result<readonly CellStretch[]>>
  /** Nobody waits for them any more: what is under way ends with `cell-left`. */
  leaveStretches(): Promise<Result<true>>
  /** Keeps the policy of a cell of the open comparison as an agent. @param stretch the one that came of this stretch, from 0 */
  keepCell(cell: CellPlace, name: string, stretch?: number): Promise<Result<AgentInfo>>
}
