/**
 * Policy-gradient learning within a budget: explore a batch of tasks with the policy of the last update, update, and so on. A
 * budget takes the policy of the last update before it; what an update was not yet complete for, or could not be paid for, is
 * not learnt from.
 */
import type { GradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import type { LinearActor, LinearNode } from '../../policies/linear/linear-actor.ts'
import type { TrainablePolicy } from '../../policies/policy.ts'
import { adam } from '../adam.ts'
import { linearLearner } from '../learner.ts'
import { type BudgetedExploration, type BudgetedWalk, walk } from './budgeted-exploration.ts'
import { type GradientLearner, gradientLearner } from './gradient-batch.ts'
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
  const observe = remembered((node: LinearNode<S, M>) => world.actor.observe(node))
  const policy = linearLearner(weights, adam(weights.length, training.learningRate))
  const learner = gradientLearner(method, training, policy, observe)
  let actor: LinearActor<S, M> = exploring.actor
  const updated = (): void => {
    const made = weights.slice()
    actor = quietActor(forest.policy(made))
    exploring.updated?.(made)
  }
  const following = { learner, batch: training.batch, acting: () => actor, updated, spent: () => 0 }
  for await (const limit of follow(exploring, following))
    yield { limit, weights: weights.slice(), numbers: tally.numbers() }
}

/** Who follows the gradient. */
export interface Following<P, D> {
  readonly learner: GradientLearner<P, D>
  /** Tasks that an update learns from. */
  readonly batch: number
  /** The policy as it is. */
  acting(): TrainablePolicy<P, D>
  /** The policy has changed. */
  updated(): void
  /** Of the budgets, where tokens count: an update spends some. */
  spent(): number
}

/** Yields each budget when it is spent: the policy is then that of its last update. */
export async function* follow<P, D>(
  exploring: BudgetedWalk,
  { learner, batch: size, acting, updated, spent }: Following<P, D>,
): AsyncGenerator<number, void, void> {
  const { budgets } = exploring
  let batch: (readonly TaskEvent[])[] = []
  for await (const { limit, events } of walk(exploring, acting)) {
    if (limit !== undefined) {
      yield limit
      continue
    }
    batch.push(events)
    if (batch.length < size) continue
    const price = batch.reduce((sum, events) => sum + learner.tokens(acting(), events), 0)
    yield* budgets.exceededBy(spent() + price)
    if (budgets.spent) return
    learner.update(batch.map((events) => learner.read(acting(), events)))
    batch = []
    updated()
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
