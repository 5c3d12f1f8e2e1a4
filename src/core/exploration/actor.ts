/**
 * All that exploration asks of the world: an environment and a policy, joined. A prefix is opaque here (a node of the
 * embedded policy's graph, the messages of an LLM). Calls may answer at once or later; each gets the random stream that
 * belongs to it by name, so that the order of calls does not matter.
 */
import type { ModelCall } from '../log/conversation.ts'
import type { RandomStream } from '../random.ts'

export type Maybe<T> = T | Promise<T>

export interface Proposal {
  /** The whole reply of the policy: `Thought: ... Action: ...`. */
  readonly text: string
  readonly action: string
  /** Of a language model. */
  readonly usage?: ModelCall
}

export interface Rollout {
  readonly actions: readonly string[]
  /** Outcome reward; 0 when the step limit came first. */
  readonly reward: number
  /** Of a language model: the reply behind each action, and what it took. */
  readonly texts?: readonly string[]
  readonly usages?: readonly ModelCall[]
}

/** The end of an episode. */
export interface Outcome {
  readonly reward: number
}

export interface TaskWords {
  readonly id: string
  readonly instruction: string
}

export interface Actor<P = unknown> {
  /** The empty prefix of a task. */
  begin(task: TaskWords): P
  /** One sampled next action. */
  propose(prefix: P, temperature: number, random: RandomStream, signal?: AbortSignal): Maybe<Proposal>
  /** The whole reply that goes with an action which was not proposed just now; the bare action where this is missing. */
  reply?(prefix: P, action: string): string
  /** The prefix one action longer. Deterministic. */
  execute(prefix: P, proposal: Proposal): P
  /** Undefined while the episode goes on. */
  outcome(prefix: P): Outcome | undefined
  observe(prefix: P): string
  /**
   * Finishes the episode once for each stream, on its own, in at most `limit` further actions.
   * @returns one rollout for each stream, in the same order
   */
  rollouts(
    prefix: P,
    limit: number,
    temperature: number,
    streams: readonly RandomStream[],
    signal?: AbortSignal,
  ): Maybe<readonly Rollout[]>
}
