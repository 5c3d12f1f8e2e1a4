/** What is behind a stored cell: the run that explores the same, and the policy that came of it. */
import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Cell } from '../../core/comparison/cell.ts'
import { type Comparison, configOf } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LinearWeights } from '../../policies/linear/weights.ts'
import { firstName } from '../runs/run-names.ts'

/** A run to make, or to find. */
export interface CellRun {
  readonly id: string
  readonly name: string
  readonly config: RunConfig
}

export interface CellAgent extends LinearWeights {
  readonly environment: Comparison['environment']
}

/** A cell as a run of the library. Equal cells have equal ids, so that nobody has the same run twice. */
export function runBehind(id: string, comparison: Comparison, { arm: at, seed, budget, tasks }: Cell): Result<CellRun> {
  const arm = comparison.arms[at]
  if (arm === undefined || arm.method === 'sft' || tasks === 0)
    return failure('cell-unexplored', 'Nothing was explored for this cell: it is the start policy itself.')
  if (isGradientMethod(arm.method)) {
    const words = 'It explored with the policy of its last update, again and again, which no single run does.'
    return failure('cell-gradient', `${words} Keep its policy, and explore with that.`)
  }
  if (comparison.rounds > 1) {
    const words = 'With several rounds each one explores with the policy of the one before, which no single run does.'
    return failure('cell-rounds', `${words} Compare with one round to open what is behind a cell.`)
  }
  const config = configOf(comparison, arm, seed, tasks)
  const name = `${firstName(config)}: ${budget} calls of a comparison`
  return success({ id: `${id}-${at}-${seed}-${budget}`, name, config })
}

/** With what is to be said of its training. */
export function agentBehind({ environment, arms, start, rounds, training }: Comparison, cell: Cell): CellAgent {
  const arm = arms[cell.arm]
  const trained = {
    method: `A cell of a comparison: ${arm === undefined ? 'unknown' : formatArm(arm)}`,
    reference: start === '' ? 'default' : start,
    ...{
      seed: cell.seed,
      policyCalls: cell.cost.policyCalls,
      pairs: cell.pairs,
      rounds,
      ...(arm && isGradientMethod(arm.method) ? gradientOf(arm) : training),
    },
    ...{ testReward: cell.score.reward, testGreedyReward: cell.score.greedyReward },
  }
  return { environment, weights: Float64Array.from(cell.weights), trained }
}
