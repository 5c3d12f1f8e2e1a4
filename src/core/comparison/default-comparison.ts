/** The comparisons that are there to begin with. */
import type { Arm, ComparedPolicy, Comparison } from './comparison.ts'
import { COMPARISON_NUMBERS, comparisonField, DEFAULT_TRAINING } from './comparison-numbers.ts'

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

/** The methods that follow the policy gradient. */
export const GRADIENT_ARMS: readonly Arm[] = [
  { method: 'rloo', settings: {} },
  { method: 'grpo', settings: {} },
  { method: 'gigpo', settings: {} },
  { method: 'vineppo', settings: { rollouts: 1 } },
]

/**
 * Every method of the field with the number of rollouts that suits it on our tasks, the paper's own and our variant: what a
 * comparison begins with, since baselines that are held back flatter ours.
 */
export const STRONGEST_ARMS: readonly Arm[] = [
  { method: 'sft', settings: {} },
  { method: 'eto', settings: {} },
  { method: 'ipr', settings: { rollouts: 1 } },
  { method: 'fixed-size', settings: { rollouts: 1, candidates: 2 } },
  { method: 'fixed-size', settings: { rollouts: 1, candidates: 3 } },
  { method: 'fixed-size', settings: { rollouts: 1 } },
  { method: 'uct', settings: { rollouts: 1 } },
  { method: 'rro', settings: { rollouts: 1 } },
  { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } },
]

export const DEFAULT_COMPARISON: Comparison = {
  environment: 'webshop',
  start: 'weak',
  arms: STRONGEST_ARMS,
  budgets: [5000, 10_000, 20_000],
  firstSeed: COMPARISON_NUMBERS.firstSeed.default,
  seeds: COMPARISON_NUMBERS.seeds.default,
  rounds: COMPARISON_NUMBERS.rounds.default,
  episodes: COMPARISON_NUMBERS.episodes.default,
  training: DEFAULT_TRAINING,
  split: 'test',
}

/** What the small language model is compared by: fewer methods, since a cell takes it half a minute. */
export const LANGUAGE_ARMS: readonly Arm[] = [
  { method: 'sft', settings: {} },
  { method: 'fixed-size', settings: { rollouts: 1 } },
  { method: 'rro', settings: { rollouts: 1 } },
  { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } },
  { method: 'rloo', settings: {} },
  { method: 'grpo', settings: {} },
]

const ofLanguage = (name: keyof typeof COMPARISON_NUMBERS): number => comparisonField(name, 'transformer').default

const LANGUAGE_COMPARISON: Comparison = {
  environment: 'webshop',
  policy: 'transformer',
  start: '',
  arms: LANGUAGE_ARMS,
  budgets: [50_000, 100_000, 200_000],
  firstSeed: ofLanguage('firstSeed'),
  seeds: ofLanguage('seeds'),
  rounds: ofLanguage('rounds'),
  episodes: ofLanguage('episodes'),
  training: {
    beta: ofLanguage('beta'),
    learningRate: ofLanguage('learningRate'),
    epochs: ofLanguage('epochs'),
    klWeight: ofLanguage('klWeight'),
    sftWeight: ofLanguage('sftWeight'),
  },
  split: 'test',
}

/** What a comparison of a policy is where nothing else is said. */
export function defaultComparison(policy: ComparedPolicy = 'linear'): Comparison {
  return policy === 'linear' ? DEFAULT_COMPARISON : LANGUAGE_COMPARISON
}

/** The comparison whose cells ship with the page: what Compare opens with in an environment. */
export function recordedComparison(environment: Comparison['environment']): Comparison {
  return { ...DEFAULT_COMPARISON, environment }
}

/** By which the lab opens it, as it opens a stored one by its id. */
export function recordedId(environment: Comparison['environment']): string {
  return `recorded-${environment}`
}
