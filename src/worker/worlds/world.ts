/** The world that runs are made in: a loaded environment and the agent that acts in it, with the types of both closed over. */
import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import type { Expert } from '../../core/exploration/explore-task.ts'
import type { RunOrigin } from '../../core/exploration/run-plan.ts'
import type { Environment } from '../../environments/environment.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { originOf } from '../../policies/origin.ts'
import type { PolicyActor } from '../../policies/policy.ts'
import type { LanguageModel } from '../../policies/transformer/language-model.ts'
import type { Reader } from '../../policies/transformer/reader.ts'
import type { TransformerActor } from '../../policies/transformer/transformer-actor.ts'
import type { Visitor } from '../../policies/visitor.ts'
import type { WorldView } from '../protocol/data.ts'
import type { LoadedEnvironment } from './loaded-environment.ts'

export interface World extends LoadedEnvironment {
  /** What a run's header says of where it was made. */
  readonly made: RunOrigin
  readonly actor: Actor
  /** What the expert did in the task at this place in the order of a seed, from 0; for the methods that learn from it. */
  readonly expert?: (task: TaskWords, index: number) => Expert | undefined
  /** Where a person acts. */
  readonly visitor?: Visitor
  /** The embedded policy: the actor once more, or what finishes the rollouts where a person acts. */
  readonly policy?: LinearActor
  /** Our own language model: the actor once more. */
  readonly language?: TransformerActor
  /** What it is made of. */
  readonly languageModel?: LanguageModel
  /** The same world with the model of another kernel in it: one that is being trained. Its reader is that kernel's. */
  readonly speaking?: (reader: Reader) => World
}

/** An embedded policy that does not ship with the page: the setting `model` is the fingerprint of its parameters. */
export interface OwnAgent {
  /** That somebody gave it. */
  readonly name: string
  /** In the order of the environment's features. */
  readonly parameters: readonly number[]
}

/** A language model that does not ship with the page: the setting `model` is its fingerprint. */
export interface OwnModel {
  readonly name: string
  /** Its Hugging Face folder; not checked yet. */
  readonly zip: Uint8Array
}

/** Joins a loaded environment to an agent made for it. */
export function joined<S, P>(
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  agent: PolicyActor<P>,
): World {
  const made = { ...originOf(environment, agent), ...(loaded.edits && { edits: loaded.edits }) }
  return { ...loaded, made, actor: agent as Actor } // its prefixes come from itself and go nowhere else
}
