/**
 * The world that runs are made in, with the types of its environment and its policy closed over. It comes in two steps:
 * the loaded environment, which can be looked at, and the world, in which an agent acts.
 */
import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import type { Expert } from '../../core/exploration/explore-task.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { Environment, Split } from '../../environments/environment.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { Visitor } from '../../policies/visitor.ts'
import type { DataInfo, WorldSight, WorldView } from '../protocol/data.ts'

/** An environment on its data. */
export interface LoadedEnvironment {
  readonly data: DataInfo
  tasks(split: Split): readonly TaskWords[]
  /** What is seen after `actions` from the start of a task. */
  see(taskId: string, actions: readonly string[]): Result<WorldSight>
}

/** A loaded environment with its typed self in reach, for an agent that is not made for one of them. */
export interface OpenEnvironment extends LoadedEnvironment {
  readonly environment: Environment<unknown, WorldView>
}

/** A loaded environment and the agent that acts in it. */
export interface World extends LoadedEnvironment {
  /** What a run's header says of where it was made. */
  readonly made: Omit<RunStarted, 'type' | 'version' | 'config'>
  readonly actor: Actor
  /** What the expert did in the task of this index of a run, for the methods that learn from it. */
  readonly expert?: (task: TaskWords, index: number) => Expert | undefined
  /** Where a person acts. */
  readonly visitor?: Visitor
  /** The embedded policy: the actor once more, or what finishes the rollouts where a person acts. */
  readonly policy?: LinearActor
}

/** An embedded policy that does not ship with the page: the setting `model` is the fingerprint of its parameters. */
export interface OwnAgent {
  /** That somebody gave it. */
  readonly name: string
  /** In the order of the environment's features. */
  readonly parameters: readonly number[]
}

export function loadedEnvironment<S>(
  environment: Environment<S, WorldView>,
  origin: DataInfo['origin'],
): OpenEnvironment {
  const { name, fingerprint } = environment.data
  const count = (split: Split): number => environment.tasks(split).length
  const tasks = { train: count('train'), dev: count('dev'), test: count('test') }
  return {
    environment,
    data: { environment: environment.id, name, fingerprint, tasks, origin },
    tasks: (split) => environment.tasks(split).map(({ id, instruction }) => ({ id, instruction })),
    see(taskId, actions) {
      const task = environment.task(taskId)
      if (task === undefined) return failure('task-unknown', `The loaded data has no task ${quote(taskId)}.`)
      let state = environment.reset(task)
      for (const action of actions) state = environment.step(state, action).state
      return success({ view: environment.view(state), observation: environment.observe(state) })
    },
  }
}

/** Joins a loaded environment to an agent made for it. */
export function joined<S, P>(
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  actor: Actor<P>,
  agent: { readonly name: string; readonly fingerprint: string },
): World {
  const { name, fingerprint } = loaded.data
  const { systemPrompt, minReward, maxReward } = environment
  return {
    ...loaded,
    made: {
      data: { name, fingerprint },
      agent: { name: agent.name, fingerprint: agent.fingerprint },
      systemPrompt,
      minReward,
      maxReward,
    },
    actor: actor as Actor, // its prefixes come from itself and go nowhere else
  }
}

/** Undefined for what is no JSON; whoever reads it says so. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
