/** What a way of learning comes to at each budget. */
import type { Cell } from '../../../core/comparison/cell.ts'
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { configOf } from '../../../core/comparison/comparison.ts'
import { gradientOf } from '../../../core/comparison/gradient-numbers.ts'
import type { TaskEvent } from '../../../core/log/events.ts'
import { stream } from '../../../core/random.ts'
import type { Decision } from '../../../policies/linear/decision.ts'
import type { LinearActor } from '../../../policies/linear/linear-actor.ts'
import { adam } from '../../../training/adam.ts'
import { linearLearner } from '../../../training/learner.ts'
import { Budgets } from '../../../training/study/budgets.ts'
import { type GradientLearner, gradientLearner, type Sampled } from '../../../training/study/gradient-batch.ts'
import { follow } from '../../../training/study/gradient-learning.ts'
import { judgeOf } from '../../../training/study/judge.ts'
import { quietActor } from '../../../training/study/quiet-actor.ts'
import { type StudyWorld, sharedOf } from '../../../training/study/study-world.ts'
import { createTally, type TallyNumbers } from '../../../training/study/tally.ts'
import { exactAdvantages, fittedAdvantages } from './advantages.ts'
import { AVERAGING, armOf, type RoomWay } from './ways.ts'

export interface RoomLearnt {
  readonly limit: number
  /** The mean of the policies of the last half. */
  readonly averaged: Float64Array
  /** The policy of the last update. */
  readonly last: Float64Array
  readonly numbers: TallyNumbers
}

/** At each of the comparison's budgets, ascending; where the way has one of its own, at that. */
export async function* learnSo(
  world: StudyWorld,
  comparison: Comparison,
  way: RoomWay,
  seed: number,
): AsyncGenerator<RoomLearnt, void, void> {
  const arm = armOf(way)
  const training = gradientOf(arm)
  const { forest, explorer } = sharedOf(world)
  const weights = Float64Array.from(world.actor.parameters)
  const policy = linearLearner(weights, adam(weights.length, training.learningRate))
  const usual = gradientLearner<never, Decision>('grpo', training, policy, () => '')
  const { stepLimit } = configOf(comparison, arm, seed, 1)
  const fitted = fittedAdvantages(weights.length, stepLimit, world.maxReward)
  const exact = exactAdvantages(stepLimit, stream(seed).child('exact', 'room'))
  const advantagesOf = way.values === 'exact' ? exact : fitted.of
  let actor: LinearActor = explorer
  /** For exact values. */
  let paid = 0
  const bought = new WeakMap<readonly TaskEvent[], ReturnType<typeof exact>>()
  const buy = (events: readonly TaskEvent[]) => {
    const known = bought.get(events) ?? exact(actor, events)
    bought.set(events, known)
    return known
  }
  const { price = 0 } = way
  const priceOf = (events: readonly TaskEvent[]) => price * buy(events).reduce((sum, { ahead }) => sum + ahead, 0)

  const valued: GradientLearner<never, Decision> = {
    ...usual,
    tokens: (_, events) => (price > 0 ? priceOf(events) : 0),
    read(_, events) {
      if (price > 0) paid += priceOf(events)
      return (price > 0 ? buy(events) : advantagesOf(actor, events)).map(
        ({ decisions, advantages }): Sampled<Decision> => {
          const old = policy.logs(decisions)
          return { decisions, advantages, old, reference: training.klWeight === 0 ? old : policy.reference(decisions) }
        },
      )
    },
    update(batch) {
      usual.update(batch)
      if (way.values === 'fitted') fitted.learnt()
    },
  }

  const tally = createTally()
  const limits = way.reach === undefined ? comparison.budgets : [way.reach]
  const passed: { readonly calls: number; readonly weights: Float64Array }[] = []
  const exploring = {
    ...{ world, comparison, arm, seed, tally, budgets: new Budgets(limits), signal: undefined },
    spentWith: (event: TaskEvent) => tally.costWith(event) + paid,
  }
  const numbers = (): TallyNumbers => {
    const { cost, ...counts } = tally.numbers()
    return { ...counts, cost: { ...cost, policyCalls: cost.policyCalls + paid } }
  }
  const following = {
    learner: way.values === 'group' ? usual : valued,
    batch: training.batch,
    acting: () => actor as never,
    spent: () => (price > 0 ? numbers().cost.policyCalls : 0),
    updated: () => {
      const made = weights.slice()
      passed.push({ calls: numbers().cost.policyCalls, weights: made })
      actor = quietActor(forest.policy(made))
    },
  }
  for await (const limit of follow(exploring, following)) {
    const last = passed.filter(({ calls }) => calls >= limit * (1 - AVERAGING))
    yield { limit, averaged: meanOf(last, weights), last: weights.slice(), numbers: numbers() }
  }
}

function meanOf(passed: readonly { readonly weights: Float64Array }[], otherwise: Float64Array): Float64Array {
  if (passed.length === 0) return otherwise.slice()
  return otherwise.map((_, k) => passed.reduce((sum, { weights }) => sum + (weights[k] as number), 0) / passed.length)
}

/** The cells of a way with one seed, one for each budget; what is reached with more calls than any stands in all of them. */
export async function* roomCells(
  world: StudyWorld,
  comparison: Comparison,
  way: RoomWay,
  arm: number,
  seed: number,
): AsyncGenerator<Cell, void, void> {
  const judge = judgeOf(world, comparison, armOf(way), seed)
  for await (const { limit, averaged, last, numbers } of learnSo(world, comparison, way, seed)) {
    const weights = way.last ? last : averaged
    const score = await judge.score(weights)
    const rounds = [{ policyCalls: numbers.cost.policyCalls, score }]
    for (const budget of way.reach === undefined ? [limit] : comparison.budgets)
      yield { arm, seed, budget, score, rounds, ...numbers, weights: [...weights] }
  }
}
