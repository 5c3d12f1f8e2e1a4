/** What a visitor does themselves in the open run: acts, looks at what the agent would do, asks what if. */
import type { Result } from '../../core/failure.ts'
import type { CandidateProposed, CandidateScored, RolloutFinished } from '../../core/log/events.ts'
import type { EditableTable } from '../../environments/intercode-sql/types.ts'
import type { Spelled } from '../../policies/transformer/transformer-actor.ts'
import type { RunProgress } from './runs.ts'

export type { EditableTable } from '../../environments/intercode-sql/types.ts'
export type { Spelled, SpelledToken } from '../../policies/transformer/transformer-actor.ts'

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

/** A candidate of a recorded step that shall have this many rollouts. Step 0, candidate 0 is the start of the task. */
export interface DrawRequest {
  readonly task: number
  readonly step: number
  readonly candidate: number
  readonly rollouts: number
}

/** As exploration would have written it; in no log. */
export type Drawn = CandidateProposed | RolloutFinished

/** Called through `LabApi.visit`, by name. */
export interface VisitCalls {
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
  /**
   * All that a run with the settings of the open one, but more candidates or rollouts, would have of a candidate: by the
   * same random streams. The run itself is not changed.
   */
  draw(request: DrawRequest): Promise<Result<readonly Drawn[]>>
  /**
   * A candidate's action as our own language model wrote it.
   * @param step from 1
   * @param candidate from 1
   * @param judge the setting `model` of another small language model, as which it is judged instead
   */
  spoken(task: number, step: number, candidate: number, judge?: string): Promise<Result<Spelled>>
  /** The tables of a task's database, as they can be edited; none where it has none. */
  tables(task: number): Promise<Result<readonly EditableTable[]>>
}
