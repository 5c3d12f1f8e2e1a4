/**
 * What a policy is once it is joined to an environment: a core `Actor` with a name, and, if it can be trained in the
 * page, exact log-probabilities and gradients (what SFT and DPO need).
 */
import type { Actor } from '../core/exploration/actor.ts'

export interface PolicyIdentity {
  /** For people. */
  readonly name: string
  /** Hex digest of whatever decides behaviour: feature version and weights. */
  readonly fingerprint: string
}

export type PolicyActor<P = unknown> = Actor<P> & PolicyIdentity

export interface TrainablePolicy<P = unknown> extends PolicyActor<P> {
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
  withParameters(parameters: Readonly<Float64Array>): TrainablePolicy<P>
}
