/**
 * How an arm learns within a budget of policy calls: by one exploration and what it teaches, or round by round, each of which
 * explores with the policy of the one before. A round takes what stood before the call that exceeds its share.
 */
import { type Training, trainingOf } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { stream } from '../../core/random.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { Anchor } from '../dpo/anchors.ts'
import { DPO_DEFAULTS, optimise } from '../dpo/dpo.ts'
import type { Preference } from '../objectives/pair-objective.ts'
import { type BudgetedExploration, explore } from './budgeted-exploration.ts'
import { Budgets } from './budgets.ts'
import type { Explored } from './explored.ts'
import { followGradient } from './gradient-learning.ts'
import { quietActor } from './quiet-actor.ts'
import { sharedOf } from './study-world.ts'
import { createTally, type TallyNumbers } from './tally.ts'

/** What a budget has taught. */
export interface Learnt {
  readonly limit: number
  readonly weights: Float64Array
  readonly numbers: TallyNumbers
  /** What is held against exact values. */
  readonly found?: Pick<Explored, 'accepted' | 'pairs'>
}

/** By the gradient while it explores, or from the pairs that it found. */
export async function* learn<S, M>(exploring: BudgetedExploration<S, M>): AsyncGenerator<Learnt, void, void> {
  const { arm, comparison, seed, round, actor } = exploring
  if (isGradientMethod(arm.method)) yield* followGradient(exploring, arm.method)
  else
    for await (const { limit, explored } of explore(exploring)) {
      const { preferences, anchors, numbers } = explored
      const weights = train(actor.parameters, preferences, anchors, trainingOf(comparison, arm), seed, round)
      yield { limit, weights, numbers, found: explored }
    }
}

/** One round of a budget, and who explored it: the policy of the round before. */
export interface LearntRound<S, M> extends Learnt {
  readonly round: number
  readonly actor: LinearActor<S, M>
}

/** The rounds of one budget, from the start policy on. What they cost is the sum over rounds. */
export async function* learnRounds<S, M>(
  course: Omit<BudgetedExploration<S, M>, 'actor' | 'tally' | 'round' | 'budgets'>,
  budget: number,
  tally = createTally(),
): AsyncGenerator<LearntRound<S, M>, void, void> {
  const { world, comparison, signal } = course
  const { rounds } = comparison
  let actor = sharedOf(world).explorer
  for (let round = 0; round < rounds; round++) {
    const budgets = new Budgets([Math.floor((budget * (round + 1)) / rounds)])
    for await (const learnt of learn({ ...course, actor, tally, round, budgets })) {
      yield { ...learnt, round, actor }
      actor = quietActor(world.actor.withParameters(learnt.weights))
    }
    if (signal?.aborted) return
  }
}

/** The weights that DPO makes of what one round found, with the policy that explored as reference. */
export function train(
  reference: Readonly<Float64Array>,
  preferences: readonly Preference[],
  anchors: readonly Anchor[],
  training: Training,
  seed: number,
  round: number,
): Float64Array {
  const random = stream(seed).child('train', round)
  return optimise(preferences, reference, random, { ...DPO_DEFAULTS, ...training }, anchors)
}
