/** The warm start of the embedded policy: SFT on demonstrations from zero weights, and a report of what came of it. */
import type { RandomStream } from '../core/random.ts'
import type { Environment } from '../environments/environment.ts'
import type { ActionSpace } from '../policies/linear/action-space.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { evaluate } from './evaluation.ts'
import { type Decision, fineTune, meanLogLikelihood } from './sft.ts'

export interface Demonstration {
  readonly decisions: readonly Decision[]
  /** Outcome reward that the expert got. */
  readonly reward: number
}

/** Four decimals: what the weights file keeps. */
export function fourDecimals(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

/**
 * @param random its children `sft` and `dev` are drawn from
 * @returns weights in the space's order, and the report that goes into the weights file
 */
export async function warmStart<S, M>(
  environment: Environment<S>,
  space: ActionSpace<S, M>,
  shown: readonly Demonstration[],
  random: RandomStream,
) {
  const decisions = shown.flatMap((demonstration) => demonstration.decisions)
  const zero = new Float64Array(space.features.length)
  const weights = fineTune(decisions, zero, random.child('sft')).map(fourDecimals)
  const actor = createLinearActor(environment, space, weights)
  const dev = environment.tasks('dev')
  const options = { stepLimit: 10, episodesPerTask: 10 }
  const sampled = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 1 })
  const greedy = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 0, episodesPerTask: 1 })
  const trained = {
    data: environment.data.fingerprint,
    demonstrations: shown.length,
    decisions: decisions.length,
    expertReward: fourDecimals(shown.reduce((sum, { reward }) => sum + reward, 0) / shown.length),
    logLikelihoodBefore: fourDecimals(meanLogLikelihood(decisions, zero)),
    logLikelihood: fourDecimals(meanLogLikelihood(decisions, weights)),
    devTasks: dev.length,
    devReward: fourDecimals(sampled.mean),
    devRewardStandardError: fourDecimals(sampled.standardError ?? 0),
    devGreedyReward: fourDecimals(greedy.mean),
    devGreedyRewardStandardError: fourDecimals(greedy.standardError ?? 0),
    devSteps: fourDecimals(sampled.steps),
  }
  return { weights, trained }
}
