/**
 * What every exploration method is: a generator of the events of one task. It draws from the actor by named streams
 * only, so that the order of its calls cannot change a result.
 */

import type { TaskEvent } from '../../log/events.ts'
import type { RandomStream } from '../../random.ts'
import type { RunConfig } from '../../settings/settings.ts'
import type { Actor, Proposal, TaskWords } from '../actor.ts'
import type { TaskRecord } from '../record.ts'

/** What the expert did in a task, for the methods that compare with it. */
export interface Expert {
  readonly actions: readonly string[]
  /** The whole replies behind them, where they are known. */
  readonly texts?: readonly string[]
  /** Outcome reward that it got. */
  readonly reward: number
}

export interface TaskExploration<P> {
  readonly config: RunConfig
  readonly actor: Actor<P>
  readonly maxReward: number
  /** Index of the task in the run. */
  readonly index: number
  readonly task: TaskWords
  /** The run's root stream. */
  readonly random: RandomStream
  /** What is already recorded (a run being resumed) is taken from here instead of being sampled again. */
  readonly record?: TaskRecord
  /** Undefined where nobody has shown the task: IPR and ETO pass it over. */
  readonly expert?: Expert
  readonly signal?: AbortSignal
}

export type TaskEvents<R = void> = AsyncGenerator<TaskEvent, R, void>

/** An exploration method, from the first step to `task-finished`; `task-started` comes before it. */
export type Method = <P>(exploration: TaskExploration<P>, start: P) => TaskEvents

/**
 * What a task draws from: named by its place in the order of the seed, so that a run which begins at a later task
 * (`firstTask`) draws there what the whole run draws.
 */
export function taskStream<P>(exploration: Pick<TaskExploration<P>, 'random' | 'config' | 'index'>): RandomStream {
  const { random, config, index } = exploration
  return random.child('task', config.firstTask - 1 + index)
}

/** The whole reply that goes with an action which was not proposed just now. */
export function replyOf<P>(actor: Actor<P>, prefix: P, action: string): Proposal {
  return { text: actor.reply?.(prefix, action) ?? `Action: ${action}`, action }
}

/** What a language model's proposal took, for its event. */
export function usageOf({ usage }: Proposal): Pick<Proposal, 'usage'> {
  return usage === undefined ? {} : { usage }
}

/** How an episode ends with the prefix that `step` actions lead to, if it does: by itself, or at the step limit. */
export function endAfter<P>({ actor, config }: Pick<TaskExploration<P>, 'actor' | 'config'>, prefix: P, step: number) {
  return actor.outcome(prefix) ?? (step >= config.stepLimit ? { reward: 0 } : undefined)
}
