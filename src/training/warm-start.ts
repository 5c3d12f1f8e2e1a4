/**
 * The warm starts of the embedded policy: SFT on demonstrations from zero weights, and a report of what came of it. One
 * is the default; a weak and a sharp one are there so that methods can be compared from different starts.
 */
import { type RandomStream, stream } from '../core/random.ts'
import type { Environment, EnvironmentId } from '../environments/environment.ts'
import type { ActionSpace } from '../policies/linear/action-space.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { evaluate } from './evaluation.ts'
import { type Decision, fineTune, meanLogLikelihood, SFT_DEFAULTS, type SftOptions } from './sft.ts'

export interface Demonstration {
  readonly decisions: readonly Decision[]
  /** Outcome reward that the expert got. */
  readonly reward: number
}

export const START_NAMES = ['default', 'weak', 'sharp'] as const
export type StartName = (typeof START_NAMES)[number]

interface Start {
  /** What is special about it, after the method's own words. */
  readonly words: string
  readonly sft: SftOptions
  /** The fitted weights are multiplied by this: as if at temperature 1 / scale. */
  readonly scale: number
  takes(demonstration: Demonstration, index: number): boolean
}

const STARTS: Readonly<Record<StartName, Start>> = {
  default: { words: '', sft: SFT_DEFAULTS, scale: 1, takes: () => true },
  weak: {
    words: ': the first 60 only, 5 epochs',
    sft: { ...SFT_DEFAULTS, epochs: 5 },
    scale: 1,
    takes: (_, index) => index < 60,
  },
  sharp: {
    words: ': those with a reward of at least 0.999 only, weights doubled (as at temperature 0.5)',
    sft: SFT_DEFAULTS,
    scale: 2,
    takes: ({ reward }) => reward >= 0.999,
  },
}

export const WARM_START_SEED = 2505

const STREAMS: Readonly<Record<EnvironmentId, string>> = {
  webshop: 'make-policy',
  'intercode-sql': 'make-sql-policy',
}

/** Where all draws behind the shipped demonstrations and policies of an environment come from. */
export function warmStartStream(environment: EnvironmentId): RandomStream {
  return stream(WARM_START_SEED).child(STREAMS[environment])
}

/** Four decimals: what the weights file keeps. */
export function fourDecimals(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

/**
 * The weights of a start: those of the shipped file, given the shipped demonstrations and `warmStartStream`.
 * @param shown all demonstrations; a start may use some of them only
 * @param width number of features
 * @param random its child `sft` is drawn from
 */
export function fitStart(
  name: StartName,
  shown: readonly Demonstration[],
  width: number,
  random: RandomStream,
): Float64Array {
  const { takes, sft, scale } = STARTS[name]
  const decisions = shown.filter(takes).flatMap((demonstration) => demonstration.decisions)
  return fineTune(decisions, new Float64Array(width), random.child('sft'), sft).map((value) =>
    fourDecimals(scale * value),
  )
}

/**
 * @param method whose demonstrations these are, in words
 * @param random its children `sft` and `dev` are drawn from
 * @returns weights in the space's order, and the report that goes into the weights file
 */
export async function warmStart<S, M>(
  environment: Environment<S>,
  space: ActionSpace<S, M>,
  shown: readonly Demonstration[],
  { name, method, random }: { readonly name: StartName; readonly method: string; readonly random: RandomStream },
) {
  const start = STARTS[name]
  const used = shown.filter(start.takes)
  const decisions = used.flatMap((demonstration) => demonstration.decisions)
  const zero = new Float64Array(space.features.length)
  const weights = fitStart(name, shown, zero.length, random)
  const actor = createLinearActor(environment, space, weights)
  const dev = environment.tasks('dev')
  const options = { stepLimit: 10, episodesPerTask: 10 }
  const sampled = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 1 })
  const greedy = await evaluate(actor, dev, random.child('dev'), { ...options, temperature: 0, episodesPerTask: 1 })
  const trained = {
    method: method + start.words,
    seed: WARM_START_SEED,
    data: environment.data.fingerprint,
    demonstrations: used.length,
    decisions: decisions.length,
    expertReward: fourDecimals(used.reduce((sum, { reward }) => sum + reward, 0) / used.length),
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
