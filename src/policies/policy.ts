/**
 * What a policy is once it is joined to an environment: a core `Actor` with a name; if it can be trained in the page, with
 * decisions to learn from; if it chooses among few actions, with the probability of each.
 */
import type { Actor } from '../core/exploration/actor.ts'
import type { RandomStream } from '../core/random.ts'

export interface PolicyIdentity {
  /** For people. */
  readonly name: string
  /** Hex digest of whatever decides behaviour: feature version and weights. */
  readonly fingerprint: string
}

export type PolicyActor<P = unknown> = Actor<P> & PolicyIdentity

/** Where an episode goes on, and the draws that it has. */
export interface Start<P> {
  readonly prefix: P
  readonly random: RandomStream
}

/**
 * A policy that can be trained. What it did at a prefix is a decision of its own kind (D): one of a state's actions with the
 * features of all (`Decision`), or the tokens of an action after those of a conversation (`Utterance`). Whatever learns asks
 * for log-probabilities and gradients of decisions only (src/training/objectives/differentiable.ts), and so serves every kind.
 */
export interface TrainablePolicy<P = unknown, D = unknown> extends PolicyActor<P> {
  /** Undefined for an action that the policy never takes there. Does not depend on the parameters. */
  decision(prefix: P, action: string): D | undefined
}

/** A policy over so few actions that each can be asked for, with log-probabilities and gradients that are exact. */
export interface EnumerablePolicy<P = unknown> extends PolicyActor<P> {
  /** Never changed in place; see `withParameters`. */
  readonly parameters: Readonly<Float64Array>
  /** The actions that the policy may take after a prefix; empty when the episode is over. */
  actions(prefix: P): readonly string[]
  /** log pi(action | prefix) in nats; -Infinity for an action that the policy never takes. */
  logProbability(prefix: P, action: string, temperature: number): number
  /**
   * Adds `scale` times the gradient of log pi(action | prefix) with respect to the parameters to `into`.
   * @returns log pi(action | prefix); when it is -Infinity, nothing was added
   */
  addGradient(prefix: P, action: string, temperature: number, scale: number, into: Float64Array): number
  /** The same policy with other parameters (of the same length). */
  withParameters(parameters: Readonly<Float64Array>): EnumerablePolicy<P>
}
