/**
 * One arm of a comparison with one seed: explore until the budget of policy calls is spent, optimise by DPO what was
 * found (or follow the policy gradient all along), and score the policy that comes of it on the test tasks; a cell for each budget. With one round, one exploration
 * serves all budgets: each takes what stood before the call that exceeds it. With more, every budget has its own, split
 * evenly over the rounds, each of which explores with the policy of the one before.
 *
 * All draws come from streams named by the seed and by what they are for, never by the arm or the budget: equal policies
 * get equal scores, and a budget gives the same cell alone as among others.
 */
import type { Cell, Score } from '../../core/comparison/cell.ts'
import { type Arm, armAt, type Comparison, type Training } from '../../core/comparison/comparison.ts'
import { explore } from './budgeted-exploration.ts'
import { Budgets } from './budgets.ts'
import { judgeOf } from './judge.ts'
import { learn, learnRounds, train } from './rounds.ts'
import { type StudyWorld, sharedOf } from './study-world.ts'
import { createTally } from './tally.ts'

/** One cell for each budget, ascending. Ends early, without a word, when the signal says so. */
export async function* runArm<S, M>(
  world: StudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  seed: number,
  signal?: AbortSignal,
): AsyncGenerator<Cell, void, void> {
  const arm = armAt(comparison, armIndex)
  const judge = judgeOf(world, comparison, arm, seed)
  const { explorer: start } = sharedOf(world)
  const { budgets, rounds } = comparison
  const largest = budgets[budgets.length - 1]

  async function* cells(arm: Arm): AsyncGenerator<Omit<Cell, 'arm' | 'seed'>, void, void> {
    if (arm.method === 'sft') {
      const score = await judge.score(world.actor.parameters)
      for (const budget of budgets) {
        const weights = world.actor.parameters
        const numbers = { ...createTally().numbers(), weights: [...weights] }
        const diagnosed = budget === largest && { diagnosis: await judge.diagnosis(world.actor, weights) }
        const after = Array.from({ length: rounds }, () => ({ policyCalls: 0, score }))
        yield { budget, score, rounds: after, ...numbers, ...diagnosed }
      }
    } else if (rounds === 1) {
      const exploring = { world, comparison, arm, seed, actor: start, tally: createTally(), signal }
      for await (const { limit, weights, numbers, found } of learn({
        ...exploring,
        round: 0,
        budgets: new Budgets(budgets),
      })) {
        const score = await judged(weights)
        const after = [{ policyCalls: numbers.cost.policyCalls, score }]
        const diagnosed = limit === largest && { diagnosis: await judge.diagnosis(start, weights, found) }
        yield { budget: limit, score, rounds: after, ...numbers, weights: [...weights], ...diagnosed }
      }
    } else {
      for (const budget of budgets) {
        const after: Cell['rounds'][number][] = []
        const course = learnRounds({ world, comparison, arm, seed, signal }, budget)
        for await (const { round, actor, weights, numbers, found } of course) {
          const score = await judged(weights)
          after.push({ policyCalls: numbers.cost.policyCalls, score })
          if (round < rounds - 1) continue
          const diagnosed = budget === largest && { diagnosis: await judge.diagnosis(actor, weights, found) }
          yield { budget, score, rounds: after, ...numbers, weights: [...weights], ...diagnosed }
        }
        if (signal?.aborted) return
      }
    }
  }

  async function judged(weights: Readonly<Float64Array>): Promise<Score> {
    await world.breathe?.()
    const score = await judge.score(weights)
    await world.breathe?.()
    return score
  }

  for await (const cell of cells(arm)) {
    if (signal?.aborted) return
    yield { arm: armIndex, seed, ...cell }
  }
}

/**
 * What one exploration is worth under several ways of training: for each budget a cell for each of `trainings`, without
 * a diagnosis. A comparison with that training and one round has the same cell.
 */
export async function* tuneArm<S, M>(
  world: StudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  seed: number,
  trainings: readonly Training[],
): AsyncGenerator<{ readonly training: number; readonly cell: Cell }, void, void> {
  const arm = armAt(comparison, armIndex)
  const judge = judgeOf(world, comparison, arm, seed)
  const { explorer: actor } = sharedOf(world)
  const exploring = { world, comparison, arm, seed, actor, tally: createTally(), round: 0, signal: undefined }
  for await (const { limit, explored } of explore({ ...exploring, budgets: new Budgets(comparison.budgets) })) {
    for (const [training, options] of trainings.entries()) {
      const weights = train(actor.parameters, explored.preferences, explored.anchors, options, seed, 0)
      const score = await judge.score(weights)
      const rounds = [{ policyCalls: explored.numbers.cost.policyCalls, score }]
      const cell = { arm: armIndex, seed, budget: limit, score, rounds, ...explored.numbers, weights: [...weights] }
      yield { training, cell }
    }
  }
}
