/**
 * What a comparison of methods is: arms (a method with its settings) x budgets x seeds, from one start policy, at the same
 * number of policy calls. A comparison is plain data: it goes into an address and back to the digit, and whoever runs it,
 * page, Node or several workers, gets the same cells.
 */

import { parseConfig } from '../settings/parse-config.ts'
import type { RunConfig } from '../settings/settings.ts'
import { GRADIENT_METHODS, type GradientMethod, type GradientTraining, isGradientMethod } from './gradient-methods.ts'

/** Those that make pairs. */
const PAIR_METHODS = ['rro', 'rro-recycled', 'fixed-size', 'uct', 'ipr', 'eto'] as const
/** `sft` explores nothing: it is the start policy itself. */
export const ARM_METHODS = ['sft', ...PAIR_METHODS, ...GRADIENT_METHODS] as const

/** Settings that an arm may have of its own: those of the exploration, not of the world. */
export const ARM_SETTINGS = [
  'rollouts',
  'candidates',
  'startRollouts',
  'uctConstant',
  'temperature',
  'riseRule',
  'margin',
  'firstBar',
  'noRise',
  'pairing',
  'firstRise',
  'continuation',
] as const satisfies readonly (keyof RunConfig)[]

/** What a preference costs: see `src/training/objectives/pair-losses.ts`. */
export const PAIR_LOSSES = ['dpo', 'ipo', 'kto'] as const
export type PairLoss = (typeof PAIR_LOSSES)[number]

/** How pairs become a policy. */
export interface Training {
  /** DPO where it is not said. */
  readonly loss?: PairLoss
  readonly beta: number
  readonly learningRate: number
  readonly epochs: number
  /** Weight of KL(reference || policy) over states that the exploration visited. */
  readonly klWeight: number
  /** Weight of -log pi of the chosen actions (IPR's SFT term). */
  readonly sftWeight: number
}

export interface Arm {
  readonly method: (typeof ARM_METHODS)[number]
  /** Those that differ from the table's defaults. */
  readonly settings: Partial<Pick<RunConfig, (typeof ARM_SETTINGS)[number]>>
  /** Where the method is trained otherwise than the comparison, or a policy-gradient method than its defaults, say. */
  readonly training?: Partial<Training & GradientTraining>
}

/** Who is trained: the embedded log-linear policy, or our small language model. */
export const COMPARED_POLICIES = ['linear', 'transformer'] as const
export type ComparedPolicy = (typeof COMPARED_POLICIES)[number]

export interface Comparison {
  readonly environment: RunConfig['environment']
  /** The log-linear policy where it is not said. */
  readonly policy?: ComparedPolicy
  /** Fingerprint of the data that the visitor brought for it; undefined for what ships with the page. */
  readonly data?: string
  /** As the setting `model`: '' the shipped start, `weak`, `sharp`, or the fingerprint of a saved agent; '' or `tiny` of language models. */
  readonly start: string
  readonly arms: readonly Arm[]
  /** Ascending. Policy calls; tokens of the language model. */
  readonly budgets: readonly number[]
  /** Seeds are `firstSeed`, `firstSeed + 1`, ... */
  readonly firstSeed: number
  readonly seeds: number
  /** Times of exploring and optimising; each round spends its share of the budget with the policy of the last. */
  readonly rounds: number
  /** Episodes of each test task that judge a policy. */
  readonly episodes: number
  readonly training: Training
  /** The held-out tasks that judge: `dev` to choose settings by, `test` for what is told. */
  readonly split: (typeof JUDGING_SPLITS)[number]
}

export const JUDGING_SPLITS = ['test', 'dev'] as const

/** How an arm is trained in a comparison. */
export function trainingOf({ training }: Comparison, arm: Arm): Training {
  return { ...training, ...arm.training }
}

/** Settings of a policy-gradient method's exploration: the size of a group, or the rollouts behind a value. */
export const GRADIENT_SETTINGS: Readonly<Record<GradientMethod, (typeof ARM_SETTINGS)[number]>> = {
  ...{ rloo: 'startRollouts', grpo: 'startRollouts', gigpo: 'startRollouts', vineppo: 'rollouts' },
}

/** The configuration of the run that an arm explores with one seed; `tasks` is how many it got to in its budget. */
export function configOf(comparison: Comparison, arm: Arm, seed: number, tasks: number): RunConfig {
  const { environment, policy = 'linear', start } = comparison
  const who = { environment, policy, model: start }
  return parseConfig({ ...explorationOf(arm), ...who, seed, tasks: Math.max(1, tasks) }).config
}

/** VinePPO's episode with its values is a fixed number of candidates, one, above the value of the start. */
function explorationOf({ method, settings }: Arm): Partial<RunConfig> {
  if (method === 'sft') return { ...settings, method: 'rro' }
  if (!isGradientMethod(method)) return { ...settings, method }
  const name = GRADIENT_SETTINGS[method]
  const own = settings[name] === undefined ? {} : { [name]: settings[name] }
  return method === 'vineppo'
    ? { ...own, method: 'fixed-size', candidates: 1, firstBar: 'value' }
    : { ...own, method: 'groups' }
}

/** @throws where there is none */
export function armAt({ arms }: Pick<Comparison, 'arms'>, index: number): Arm {
  const arm = arms[index]
  if (arm === undefined) throw new Error(`A comparison of ${arms.length} arms has no arm ${index}`)
  return arm
}
