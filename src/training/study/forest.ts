/**
 * One embedded policy after another on the same tasks. What the environment answers and the features of its actions do not
 * depend on the weights, so the policies share one tree of histories for each task: most of what a test of a policy would
 * have to work out has been worked out for the one before. The rollouts are those that each policy would make on its own.
 */
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { keptTrees } from './kept-trees.ts'

export interface Forest<S, M> {
  /** The policy of these weights, at whatever temperature it is asked for. */
  policy(weights: Readonly<Float64Array>): LinearActor<S, M>
}

/** @param actor any policy of the features that the weights are for */
export function createForest<S, M>(actor: LinearActor<S, M>): Forest<S, M> {
  const begin = keptTrees(actor)
  return { policy: (weights) => ({ ...actor.withParameters(weights), begin }) }
}
