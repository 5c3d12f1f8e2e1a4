/**
 * Policy-gradient learning within a budget of policy calls: explore a batch of tasks with the policy of the last update, update,
 * and so on. A budget takes the policy of the last update before it; what an update was not yet complete for is not learnt from.
 */
import type { GradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import type { LinearActor, LinearNode } from '../../policies/linear/linear-actor.ts'
import { adam } from '../adam.ts'
import { type BudgetedExploration, walk } from './budgeted-exploration.ts'
import { gradientLearner } from './gradient-batch.ts'
import { quietActor } from './quiet-actor.ts'
import { sharedOf } from './study-world.ts'
import type { TallyNumbers } from './tally.ts'

/** @param exploring with the policy to begin with, which is the reference */
export async function* followGradient<S, M>(
  exploring: BudgetedExploration<S, M>,
  method: GradientMethod,
): AsyncGenerator<{ limit: number; weights: Float64Array; numbers: TallyNumbers }, void, void> {
  const { world, tally } = exploring
  const training = gradientOf(exploring.arm)
  const { forest } = sharedOf(world)
  const weights = Float64Array.from(exploring.actor.parameters)
  const move = adam(weights.length, training.learningRate)
  const observe = remembered((node: LinearNode<S, M>) => world.actor.observe(node))
  const learner = gradientLearner(method, training, exploring.actor.parameters, move, observe)
  let actor: LinearActor<S, M> = exploring.actor
  let batch: ReturnType<typeof learner.read>[] = []
  for await (const { limit, events } of walk(exploring, () => actor)) {
    if (limit !== undefined) {
      yield { limit, weights: weights.slice(), numbers: tally.numbers() }
      continue
    }
    batch.push(learner.read(actor, events, actor.parameters))
    if (batch.length < training.batch) continue
    learner.update(weights, batch)
    batch = []
    const updated = weights.slice()
    actor = quietActor(forest.policy(updated))
    exploring.updated?.(updated)
  }
}

/** Many episodes come through the same states. */
function remembered<N extends object>(observe: (node: N) => string): (node: N) => string {
  const known = new WeakMap<N, string>()
  return (node) => {
    const text = known.get(node) ?? observe(node)
    known.set(node, text)
    return text
  }
}
