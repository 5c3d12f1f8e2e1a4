/**
 * A run is its event log: small plain objects, append-only. Everything anyone sees (the path, the shop page, charts,
 * numbers, exports) is a fold of it. Nothing here tells the time, so the same seed gives the same log.
 *
 * Counting: tasks from 0; steps, candidates and rollouts from 1. Step 0, candidate 0 stand for the empty prefix, whose
 * rollouts (setting `firstBar: value`) give the bar of step 1.
 */

import type { Failure } from '../failure.ts'
import type { RunConfig } from '../settings/settings.ts'
import type { ConversationForm, ModelCall } from './conversation.ts'
import type { WorldEdit } from './world-edit.ts'

/** Version of the event format, written in `run-started`. */
export const LOG_VERSION = 1

export interface RunStarted {
  readonly type: 'run-started'
  readonly version: typeof LOG_VERSION
  readonly config: RunConfig
  /** What the run was made with. A log whose data or weights are elsewhere can be read, not continued. */
  readonly data: { readonly name: string; readonly fingerprint: string }
  readonly agent: {
    readonly name: string
    readonly fingerprint: string
    /** Of an embedded policy that does not ship with the page, so that the log can be continued wherever it is. */
    readonly parameters?: readonly number[]
  }
  /** The instructions that precede every conversation. */
  readonly systemPrompt: string
  /** Least and largest outcome reward of the environment. */
  readonly minReward: number
  readonly maxReward: number
  /** Of a language model. */
  readonly conversation?: ConversationForm
  /** Of a world that was changed by hand: what `data` is on top of what was loaded. */
  readonly edits?: readonly WorldEdit[]
}

export interface TaskStarted {
  readonly type: 'task-started'
  readonly task: number
  readonly taskId: string
  readonly instruction: string
  /** The first observation, as the agent reads it. */
  readonly observation: string
}

export interface StepStarted {
  readonly type: 'step-started'
  readonly task: number
  readonly step: number
  /** The process reward that a candidate must reach. */
  readonly bar: number
}

export const CANDIDATE_SOURCES = ['expert', 'recycled', 'you', 'file'] as const

export interface CandidateProposed {
  readonly type: 'candidate-proposed'
  readonly task: number
  readonly step: number
  readonly candidate: number
  /** The whole reply: `Thought: ... Action: ...`. */
  readonly text: string
  readonly action: string
  /** Whether the action ended the episode (or hit the step limit); then `outcome` is its exact reward. */
  readonly done: boolean
  readonly outcome: number | null
  /** Where it came from, if it was not drawn from the policy just now (which costs one policy call); `you` is the visitor, `file` whoever made the file. */
  readonly source?: (typeof CANDIDATE_SOURCES)[number]
  /** Policy calls that it cost, where that is not what `source` says (tree search draws duplicates). */
  readonly calls?: number
  /** What earlier rollouts through this step's state say of it: how many took it, and their mean outcome. */
  readonly recycled?: { readonly rollouts: number; readonly reward: number }
  /** Of a language model. */
  readonly usage?: ModelCall
}

export interface RolloutFinished {
  readonly type: 'rollout-finished'
  readonly task: number
  readonly step: number
  readonly candidate: number
  readonly rollout: number
  /** What the policy did after the candidate. */
  readonly actions: readonly string[]
  readonly reward: number
  /** Policy calls that it cost, where that is not the number of its actions (tree search). */
  readonly calls?: number
  /** Of a language model: one for each action. */
  readonly texts?: readonly string[]
  readonly usages?: readonly ModelCall[]
}

export interface CandidateScored {
  readonly type: 'candidate-scored'
  readonly task: number
  readonly step: number
  readonly candidate: number
  /** Process reward: mean outcome of the rollouts, or the exact outcome. */
  readonly reward: number
  readonly standardError: number | null
  readonly rises: boolean
}

export const DECISIONS = ['rise', 'no-rise', 'best-of-k', 'most-visited', 'expert', 'only'] as const

export interface StepDecided {
  readonly type: 'step-decided'
  readonly task: number
  readonly step: number
  /** The preferred candidate. */
  readonly chosen: number
  /** The candidate that the trajectory goes on with. */
  readonly continued: number
  readonly reason: (typeof DECISIONS)[number]
  /** After the continued action, as the agent reads it. */
  readonly observation: string
}

export interface PairMade {
  readonly type: 'pair-made'
  readonly task: number
  readonly step: number
  /** Candidate numbers; the chosen one's process reward is strictly higher, and the actions differ. */
  readonly chosen: number
  readonly rejected: number
  /** Where pairs count differently: from 0; only its ratio to the others matters. */
  readonly weight?: number
  /** The values that were compared, where they are not the candidates' scores. */
  readonly chosenReward?: number
  readonly rejectedReward?: number
}

/** One turn of a conversation: the whole reply, its action, and what the environment answered. */
export interface Turn {
  readonly text: string
  readonly action: string
  readonly observation: string
}

export interface Preferred {
  readonly text: string
  readonly action: string
  /** Mean outcome of the rollouts that took it. */
  readonly reward: number
  readonly rollouts: number
}

/** A pair at a state that rollouts reached and the path did not. */
export interface BranchPairMade {
  readonly type: 'branch-pair-made'
  readonly task: number
  /** The step from whose state the branch leaves the path. */
  readonly step: number
  /** From that state to the state of the pair; at least one. */
  readonly after: readonly Turn[]
  readonly chosen: Preferred
  readonly rejected: Preferred
  readonly weight: number
}

/** A whole trajectory of the agent against one of the expert (ETO). The agent's is the path. */
export interface TrajectoryPairMade {
  readonly type: 'trajectory-pair-made'
  readonly task: number
  readonly chosen: 'expert' | 'agent'
  /** The expert's turns; the last observation is empty. */
  readonly expert: readonly Turn[]
  readonly expertReward: number
}

export const TASK_ENDS = ['done', 'step-limit', 'no-rise', 'no-difference', 'no-expert', 'file-end', 'group'] as const

export interface TaskFinished {
  readonly type: 'task-finished'
  readonly task: number
  /** Outcome of the explored trajectory; the mean of a group, which has no path. */
  readonly reward: number
  readonly end: (typeof TASK_ENDS)[number]
}

export interface RunFinished {
  readonly type: 'run-finished'
}

/** The run cannot go on by itself; what is stored stays, and it may be resumed. */
export interface RunFailed {
  readonly type: 'run-failed'
  readonly failure: Failure
}

export type TaskEvent =
  | TaskStarted
  | StepStarted
  | CandidateProposed
  | RolloutFinished
  | CandidateScored
  | StepDecided
  | PairMade
  | BranchPairMade
  | TrajectoryPairMade
  | TaskFinished

export type RunEvent = RunStarted | TaskEvent | RunFinished | RunFailed
