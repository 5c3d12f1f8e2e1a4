/**
 * What a comparison of methods is, and what comes of it: arms (a method with its settings) x budgets x seeds, from one
 * start policy, at the same number of policy calls. A comparison is plain data: it goes into an address and back to the
 * digit, and whoever runs it, page, Node or several workers, gets the same cells.
 */

import { type Failure, failure, quote } from '../failure.ts'
import type { Cost } from '../log/cost-fold.ts'
import { ENVIRONMENT_NAMES, METHODS, parseConfig, type RunConfig, SETTINGS } from '../settings/settings.ts'

/** `sft` explores nothing: it is the start policy itself. */
export const ARM_METHODS = ['sft', ...METHODS] as const

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

/** How pairs become a policy. */
export interface Training {
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
  /** Where the method is trained otherwise than the comparison says. */
  readonly training?: Partial<Training>
}

export interface Comparison {
  readonly environment: RunConfig['environment']
  /** As the setting `model`: '' the shipped start, `weak`, `sharp`, or the fingerprint of a saved agent. */
  readonly start: string
  readonly arms: readonly Arm[]
  /** Policy calls, ascending. */
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

interface NumberField {
  readonly least: number
  readonly most: number
  readonly default: number
  readonly integer: boolean
  readonly label: string
}

const integer = (least: number, most: number, value: number, label: string): NumberField => ({
  ...{ least, most, default: value, integer: true, label },
})
const real = (least: number, most: number, value: number, label: string): NumberField => ({
  ...{ least, most, default: value, integer: false, label },
})

/** The numbers of a comparison and of its training, by their names in an address. */
export const COMPARISON_NUMBERS = {
  firstSeed: integer(0, 1_000_000_000, 1, 'First seed'),
  seeds: integer(1, 100, 10, 'Seeds'),
  rounds: integer(1, 10, 1, 'Rounds'),
  episodes: integer(1, 50, 4, 'Episodes per test task'),
  beta: real(0.001, 100, 0.1, 'DPO beta'),
  learningRate: real(0.0001, 1, 0.03, 'Learning rate'),
  epochs: integer(1, 200, 30, 'Epochs'),
  klWeight: real(0, 10, 0.01, 'KL weight'),
  sftWeight: real(0, 10, 0, 'SFT weight'),
} as const satisfies Record<string, NumberField>

export const BUDGET_LIMITS = { least: 100, most: 1_000_000, count: 6 } as const
/** Arms of one comparison. */
export const MOST_ARMS = 16

/** Every method of the field at its published settings, the paper's own and our variant. */
export const DEFAULT_ARMS: readonly Arm[] = [
  { method: 'sft', settings: {} },
  { method: 'eto', settings: {} },
  { method: 'ipr', settings: {} },
  { method: 'fixed-size', settings: { candidates: 2 } },
  { method: 'fixed-size', settings: { candidates: 3 } },
  { method: 'fixed-size', settings: {} },
  { method: 'uct', settings: { candidates: 3 } },
  { method: 'rro', settings: {} },
  { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } },
]

/**
 * The methods that score by rollouts, at the number of rollouts that teaches them the most on our tasks (one, as
 * docs/experiments.md found), beside our variant as it is: the strongest baselines there are.
 */
export const ONE_ROLLOUT_ARMS: readonly Arm[] = [
  { method: 'ipr', settings: { rollouts: 1 } },
  { method: 'fixed-size', settings: { rollouts: 1, candidates: 2 } },
  { method: 'fixed-size', settings: { rollouts: 1, candidates: 3 } },
  { method: 'fixed-size', settings: { rollouts: 1 } },
  { method: 'uct', settings: { rollouts: 1 } },
  { method: 'uct', settings: { rollouts: 2, candidates: 3 } },
  { method: 'rro', settings: { rollouts: 1 } },
  { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } },
]

export const DEFAULT_TRAINING: Training = {
  beta: COMPARISON_NUMBERS.beta.default,
  learningRate: COMPARISON_NUMBERS.learningRate.default,
  epochs: COMPARISON_NUMBERS.epochs.default,
  klWeight: COMPARISON_NUMBERS.klWeight.default,
  sftWeight: COMPARISON_NUMBERS.sftWeight.default,
}

export const DEFAULT_COMPARISON: Comparison = {
  environment: 'webshop',
  start: 'weak',
  arms: DEFAULT_ARMS,
  budgets: [5000, 10_000, 20_000],
  firstSeed: COMPARISON_NUMBERS.firstSeed.default,
  seeds: COMPARISON_NUMBERS.seeds.default,
  rounds: COMPARISON_NUMBERS.rounds.default,
  episodes: COMPARISON_NUMBERS.episodes.default,
  training: DEFAULT_TRAINING,
  split: 'test',
}

/** The configuration of the run that an arm explores with one seed; `tasks` is how many it got to in its budget. */
export function configOf(comparison: Comparison, arm: Arm, seed: number, tasks: number): RunConfig {
  const { environment, start } = comparison
  const method = arm.method === 'sft' ? 'rro' : arm.method
  return parseConfig({ ...arm.settings, environment, model: start, method, seed, tasks: Math.max(1, tasks) }).config
}

/** The names of `Training`. */
export const TRAINING_NUMBERS = [
  'beta',
  'learningRate',
  'epochs',
  'klWeight',
  'sftWeight',
] as const satisfies readonly (keyof Training)[]

/** `rro`, `fixed-size:candidates=2`, `ipr:sftWeight=0.1`: how an arm stands in an address. */
export function formatArm({ method, settings, training = {} }: Arm): string {
  const given: Readonly<Record<string, string | number | undefined>> = { ...settings, ...training }
  const words = [...ARM_SETTINGS, ...TRAINING_NUMBERS].filter((name) => given[name] !== undefined)
  return [method, ...words.map((name) => `${name}=${given[name]}`)].join(':')
}

/** Undefined for what is no arm. Settings that are unknown or out of range are corrected and said. */
function parseArm(text: string, corrections: Failure[]): Arm | undefined {
  const [name, ...words] = text.split(':')
  const method = ARM_METHODS.find((known) => known === name)
  if (method === undefined) {
    corrections.push(
      failure('comparison-arm', `There is no method called ${quote(name ?? '')}; it was left out.`).failure,
    )
    return undefined
  }
  const given: Record<string, string> = {}
  const training: Partial<Record<keyof Training, number>> = {}
  for (const word of words) {
    const [key = '', value = ''] = word.split('=', 2)
    const trained = TRAINING_NUMBERS.find((name) => name === key)
    if (ARM_SETTINGS.some((setting) => setting === key)) given[key] = value
    else if (trained !== undefined)
      training[trained] = numberOf(COMPARISON_NUMBERS[trained], value, (words) => {
        corrections.push(failure('comparison-arm', words).failure)
      })
    else
      corrections.push(
        failure('comparison-arm', `${quote(key)} is no setting of a method's exploration; it was ignored.`).failure,
      )
  }
  const parsed = parseConfig(given)
  corrections.push(...parsed.corrections)
  const own = ARM_SETTINGS.filter((setting) => Object.hasOwn(given, setting))
    .filter((setting) => parsed.config[setting] !== SETTINGS[setting].default)
    .map((setting) => [setting, parsed.config[setting]])
  return { method, settings: Object.fromEntries(own), ...(Object.keys(training).length > 0 && { training }) }
}

/** Names and texts for an address; `parseComparison` reads them back to the digit. */
export function formatComparison(comparison: Comparison): Record<string, string> {
  const { environment, start, arms, budgets, training, split } = comparison
  const numbers = { ...comparison, ...training }
  const words: Record<string, string> = {
    environment,
    start,
    arms: arms.map(formatArm).join(';'),
    budgets: budgets.join(','),
  }
  for (const name of Object.keys(COMPARISON_NUMBERS) as (keyof typeof COMPARISON_NUMBERS)[]) {
    if (numbers[name] !== COMPARISON_NUMBERS[name].default) words[name] = String(numbers[name])
  }
  if (split !== DEFAULT_COMPARISON.split) words.split = split
  return words
}

export interface ParsedComparison {
  /** Always within the tables. */
  readonly comparison: Comparison
  /** One sentence for each value that had to be corrected. */
  readonly corrections: readonly Failure[]
}

/** Reads a comparison from outside. What is missing takes its default silently; what is bad is corrected and said. */
export function parseComparison(given: Readonly<Record<string, unknown>>): ParsedComparison {
  const corrections: Failure[] = []
  const say = (words: string): void => {
    corrections.push(failure('comparison', words).failure)
  }
  const text = (name: string): string | undefined => {
    const value = given[name]
    if (value === undefined || typeof value === 'string') return value
    say(`${name}: ${quote(value)} is not a text; it was ignored.`)
    return undefined
  }
  const wanted = text('environment')
  const environment = ENVIRONMENT_NAMES.find((name) => name === wanted) ?? DEFAULT_COMPARISON.environment
  if (wanted !== undefined && wanted !== environment)
    say(`There is no environment ${quote(wanted)}. Using ${environment}.`)
  const named = text('start')
  const start = named === undefined || /^(|weak|sharp|[0-9a-f]{16})$/.test(named) ? named : undefined
  if (named !== start) say(`There is no start policy ${quote(named)}. Using ${DEFAULT_COMPARISON.start}.`)
  const listed = text('arms')
  const all = listed
    ?.split(';')
    .map((arm) => parseArm(arm, corrections))
    .filter((arm) => arm !== undefined)
  const arms = all?.slice(0, MOST_ARMS) ?? DEFAULT_ARMS
  if (all !== undefined && all.length > MOST_ARMS)
    say(`A comparison has at most ${MOST_ARMS} methods; the rest was left out.`)
  if (listed !== undefined && arms.length === 0) say('No method was left. Using the default ones.')
  const judged = text('split')
  const split = JUDGING_SPLITS.find((name) => name === judged) ?? DEFAULT_COMPARISON.split
  if (judged !== undefined && judged !== split) say(`${quote(judged)} judges nothing. Using ${split}.`)
  const numbers = Object.fromEntries(
    Object.entries(COMPARISON_NUMBERS).map(([name, field]) => [name, numberOf(field, given[name], say)]),
  ) as Record<keyof typeof COMPARISON_NUMBERS, number> // one entry for each name
  const { firstSeed, seeds, rounds, episodes, ...training } = numbers
  return {
    comparison: {
      ...{ environment, start: start ?? DEFAULT_COMPARISON.start, arms: arms.length === 0 ? DEFAULT_ARMS : arms },
      ...{ budgets: budgetsOf(text('budgets'), say), firstSeed, seeds, rounds, episodes, training, split },
    },
    corrections,
  }
}

function budgetsOf(text: string | undefined, say: (words: string) => void): readonly number[] {
  if (text === undefined) return DEFAULT_COMPARISON.budgets
  const { least, most, count } = BUDGET_LIMITS
  const given = text.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)))
  const good = given.filter((budget) => Number.isSafeInteger(budget) && budget >= least && budget <= most)
  const budgets = [...new Set(good)].sort((a, b) => a - b).slice(0, count)
  if (budgets.length < given.length)
    say(
      `Budgets are up to ${count} different whole numbers of policy calls from ${least} to ${most}; others were left out.`,
    )
  return budgets.length === 0 ? DEFAULT_COMPARISON.budgets : budgets
}

function numberOf(field: NumberField, given: unknown, say: (words: string) => void): number {
  if (given === undefined) return field.default
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof number !== 'number' || Number.isNaN(number)) {
    say(`${field.label}: ${quote(given)} is not a number. Using ${field.default}.`)
    return field.default
  }
  const within = Math.min(field.most, Math.max(field.least, field.integer ? Math.round(number) : number))
  if (within !== number) say(`${field.label}: ${quote(given)} is not allowed. Using ${within}.`)
  return within
}

/** How good a policy is on the test tasks. */
export interface Score {
  /** Mean outcome reward, sampled at temperature 1. */
  readonly reward: number
  /** Share of episodes with the largest reward. */
  readonly success: number
  /** The same, greedy. */
  readonly greedyReward: number
  readonly greedySuccess: number
}

/** Shares of steps whose process reward is above (`rising`) or at least (`notFalling`) the one before, by third of the episode. */
export interface RisingShare {
  /** Start, middle and end of episodes; undefined where there was no step. */
  readonly rising: readonly (number | undefined)[]
  readonly notFalling: readonly (number | undefined)[]
}

/** What only a simulator can know: estimates held against values from many more rollouts, outside of the budget. */
export interface Diagnosis {
  /** Candidates accepted as rising that were looked at, and those whose exact value is below the exact bar. */
  readonly risesChecked: number
  readonly falseRises: number
  /** Mean of estimate minus exact value over accepted candidates; undefined without any. */
  readonly acceptedBias: number | undefined
  readonly pairsChecked: number
  /** Pairs whose chosen action is exactly better. */
  readonly pairsOrdered: number
  /** Of the start policy and of the one that came of the largest budget, on test tasks. */
  readonly before: RisingShare
  readonly after: RisingShare
}

/** What one arm gives with one seed at one budget. */
export interface Cell {
  /** Index into the comparison's arms. */
  readonly arm: number
  readonly seed: number
  readonly budget: number
  readonly score: Score
  /** After each round, in order; the last is the cell's own. */
  readonly rounds: readonly { readonly policyCalls: number; readonly score: Score }[]
  /** What was spent, up to the last event inside the budget. */
  readonly cost: Cost
  /** Tasks begun. */
  readonly tasks: number
  readonly steps: number
  readonly pairs: number
  /** Candidates drawn or verified in a step: `counts[n]` steps had n; `byDepth[d]` is [steps, candidates] at depth d + 1. */
  readonly candidates: {
    readonly counts: readonly number[]
    readonly byDepth: readonly (readonly [number, number])[]
  }
  /** Of the trained policy; the number of its features. */
  readonly weights: readonly number[]
  /** At the largest budget only. */
  readonly diagnosis?: Diagnosis
}
