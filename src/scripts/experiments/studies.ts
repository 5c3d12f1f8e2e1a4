/** The studies behind docs/experiments.md: which comparisons each one is. */

import { formatArm } from '../../core/comparison/arm-address.ts'
import { type Arm, type Comparison, PAIR_LOSSES, type Training } from '../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import {
  DEFAULT_ARMS,
  DEFAULT_COMPARISON,
  defaultComparison,
  GRADIENT_ARMS,
  LANGUAGE_ARMS,
  ONE_ROLLOUT_ARMS,
  recordedComparison,
} from '../../core/comparison/default-comparison.ts'
import { ENVIRONMENT_NAMES } from '../../core/settings/settings.ts'
import { type RoomWay, waysBeside } from './room/ways.ts'
import { TUNED } from './tuned.ts'
import { BESIDE_LANGUAGE, GRADIENT_TUNED } from './tuned-gradient.ts'

export const STUDY_NAMES = [
  ...(['page', 'main', 'one-rollout', 'tuned', 'rounds', 'tuning', 'ablation', 'paper-rro'] as const),
  ...(['gradient', 'gradient-tuning', 'gradient-rounds', 'losses', 'official', 'room'] as const),
  'language-model-compare',
] as const
export type StudyName = (typeof STUDY_NAMES)[number]

/** One comparison, or several ways of training the same explorations. */
export interface Part {
  readonly comparison: Comparison
  /** Instead of the comparison's own. */
  readonly trainings?: readonly Training[]
  /** Beside its arms. */
  readonly ways?: readonly RoomWay[]
  /** To which its arm's differences are told; another study computes it. */
  readonly beside?: Comparison
}

/** What the command line may choose; the study says the rest. */
export interface Choice {
  /** Fingerprint of data that was brought. */
  readonly data?: string
  readonly environments?: readonly Comparison['environment'][]
  readonly starts?: readonly string[]
  readonly arms?: readonly Arm[]
  readonly budgets?: readonly number[]
  readonly seeds?: number
  readonly episodes?: number
}

const RECYCLED: Arm = { method: 'rro-recycled', settings: { rollouts: 3, candidates: 3 } }
const FIXED: readonly Arm[] = DEFAULT_ARMS.filter(({ method }) => method === 'fixed-size')
const RRO: Arm = { method: 'rro', settings: {} }

/** Recycled RRO with one thing changed at a time. */
const ABLATION: readonly Arm[] = [
  RECYCLED,
  ...([1, 2, 5, 10] as const).map((rollouts) => changed({ rollouts })),
  ...([1, 2, 5] as const).map((candidates) => changed({ candidates })),
  ...([3, 5, 16] as const).map((startRollouts) => changed({ startRollouts })),
  changed({ riseRule: '>' }),
]

function changed(settings: Arm['settings']): Arm {
  return { ...RECYCLED, settings: { ...RECYCLED.settings, ...settings } }
}

/** The paper's own method under everything that its text leaves open. */
const PAPER: readonly Arm[] = [
  RRO,
  ...[1, 2, 10, 20].map((rollouts): Arm => ({ method: 'rro', settings: { rollouts } })),
  ...[2, 3, 10].map((candidates): Arm => ({ method: 'rro', settings: { candidates } })),
  { method: 'rro', settings: { riseRule: '>' } },
  { method: 'rro', settings: { firstRise: 'draw-one-more' } },
  { method: 'rro', settings: { firstBar: 'value' } },
  ...FIXED,
]

const PACES = [
  { learningRate: 0.03, epochs: 30 },
  { learningRate: 0.01, epochs: 10 },
] as const

/** The same grid for every arm: pace, beta and anchor, and IPR's SFT term at the paces' own beta and two anchors. */
export const GRID: readonly Training[] = [
  ...PACES.flatMap((pace) =>
    [0.1, 0.5].flatMap((beta) => [0.01, 0.1, 1].map((klWeight) => ({ ...DEFAULT_TRAINING, ...pace, beta, klWeight }))),
  ),
  ...PACES.flatMap((pace) =>
    [0.01, 0.1].flatMap((klWeight) =>
      [0.01, 0.1].map((sftWeight) => ({ ...DEFAULT_TRAINING, ...pace, klWeight, sftWeight })),
    ),
  ),
]

/** Twenty ways of training for each policy-gradient method. They explore with what they have learnt, so each explores anew. */
const GRADIENT_GRID: readonly Arm[] = GRADIENT_ARMS.flatMap((arm) => {
  const among = (rates: readonly number[], batches: readonly number[], epochs: readonly number[]) =>
    rates.flatMap((learningRate) =>
      batches.flatMap((batch) => epochs.map((epochs) => ({ learningRate, batch, epochs }))),
    )
  const ways =
    arm.method === 'rloo'
      ? [...among([0.1, 0.3, 1], [2, 4, 8], [1]), ...among([0.3], [1], [1])].map(({ epochs: _, ...way }) => way)
      : [...among([0.1, 0.3], [2, 8], [1, 4]), ...among([0.03], [2, 8], [4])]
  return ways.flatMap((way) => [0, 0.01].map((klWeight): Arm => ({ ...arm, training: { ...way, klWeight } })))
})

/** The losses of pairs, on the pairs of two methods. */
const LOSSES: readonly Arm[] = [{ method: 'fixed-size', settings: { rollouts: 1 } } as const, RECYCLED].flatMap((arm) =>
  PAIR_LOSSES.map((loss) => (loss === 'dpo' ? arm : { ...arm, training: { loss } })),
)

/** What explores in pairs data that comes without an expert, but for our variant: the strongest baselines and the paper's own. */
const OFFICIAL: readonly Arm[] = [
  { method: 'sft', settings: {} },
  ...ONE_ROLLOUT_ARMS.filter(({ method }) => method !== 'ipr' && method !== 'rro-recycled'),
  RRO,
]

type Setting = Pick<Comparison, 'environment' | 'start'>

function gradientTuned({ environment, start }: Setting) {
  return GRADIENT_TUNED[`${environment} ${start}`] ?? {}
}

/** The policy gradients as they were tuned for a setting. */
function gradientArms(setting: Setting): readonly Arm[] {
  const best = gradientTuned(setting)
  return GRADIENT_ARMS.map((arm) => ({ ...arm, training: best[formatArm(arm)] ?? {} }))
}

/** Seeds that no other study uses. */
const TUNING_SEED = 101

export function partsOf(study: StudyName, choice: Choice = {}): readonly Part[] {
  const { environments = ENVIRONMENT_NAMES, episodes = DEFAULT_COMPARISON.episodes } = choice
  const starts = choice.starts ?? (study === 'paper-rro' ? ['', 'weak', 'sharp'] : ['weak', 'sharp'])
  const worlds = environments.flatMap((environment) => starts.map((start) => ({ environment, start })))
  const make = (world: (typeof worlds)[number], arms: readonly Arm[], budgets: readonly number[], seeds: number) => ({
    ...DEFAULT_COMPARISON,
    ...world,
    ...(choice.data !== undefined && { data: choice.data }),
    arms: choice.arms ?? arms,
    budgets: choice.budgets ?? budgets,
    seeds: choice.seeds ?? seeds,
    episodes,
  })
  const { budgets } = DEFAULT_COMPARISON
  switch (study) {
    case 'page':
      return environments.map((environment) => ({ comparison: recordedComparison(environment) }))
    case 'main':
      return worlds.map((world) => ({ comparison: make(world, DEFAULT_ARMS, budgets, 20) }))
    case 'one-rollout':
      return worlds.map((world) => ({ comparison: make(world, ONE_ROLLOUT_ARMS, budgets, 20) }))
    case 'tuned':
      return worlds.map((world) => {
        const best = TUNED[`${world.environment} ${world.start}`] ?? {}
        const arms = DEFAULT_ARMS.map((arm) => ({ ...arm, training: best[formatArm(arm)] ?? {} }))
        return { comparison: make(world, arms, budgets, 20) }
      })
    case 'rounds':
      return worlds.map((world) => ({ comparison: { ...make(world, ONE_ROLLOUT_ARMS, budgets, 20), rounds: 3 } }))
    case 'tuning':
      return worlds.map((world) => {
        const arms = DEFAULT_ARMS.filter(({ method }) => method !== 'sft')
        const comparison = { ...make(world, arms, [10_000], 2), firstSeed: TUNING_SEED, split: 'dev' as const }
        return { comparison, trainings: GRID }
      })
    case 'losses':
      return worlds.map((world) => ({ comparison: make(world, LOSSES, budgets, 10) }))
    case 'gradient':
    case 'room':
      return worlds.map((world) => {
        const comparison = make(world, [...gradientArms(world), RECYCLED], budgets, 20)
        return study === 'room' ? { comparison, ways: waysBeside(gradientTuned(world).grpo ?? {}) } : { comparison }
      })
    case 'gradient-rounds':
      return partsOf('gradient', choice).map(({ comparison: beside }) => {
        return { comparison: { ...beside, arms: [RECYCLED], rounds: 3 }, beside }
      })
    case 'official':
      return worlds.map((world) => ({
        comparison: make(world, [...OFFICIAL, ...gradientArms(world), RECYCLED], budgets, 20),
      }))
    case 'gradient-tuning':
      return worlds.map((world) => {
        const comparison = { ...make(world, GRADIENT_GRID, [10_000], 3), firstSeed: TUNING_SEED, split: 'dev' as const }
        return { comparison }
      })
    case 'language-model-compare':
      return (choice.environments ?? ['webshop']).flatMap((environment) => languageParts(environment, choice))
    case 'ablation':
      return worlds.map((world) => ({ comparison: make(world, ABLATION, [5000, 20_000], 10) }))
    case 'paper-rro':
      return worlds.map((world) => ({ comparison: make(world, PAPER, [5000, 20_000], 10) }))
  }
}

/** The small language model, and the same methods with the log-linear policy beside it, at policy calls. */
function languageParts(environment: Comparison['environment'], choice: Choice): readonly Part[] {
  const { arms = LANGUAGE_ARMS, seeds = 10 } = choice
  const language = defaultComparison('transformer')
  const { budgets = language.budgets, episodes = language.episodes } = choice
  const tuned = arms.map((arm) => ({ ...arm, training: { ...BESIDE_LANGUAGE[formatArm(arm)], ...arm.training } }))
  return [
    { comparison: { ...language, environment, arms, budgets, seeds, episodes } },
    { comparison: { ...DEFAULT_COMPARISON, environment, arms: tuned, seeds } },
  ]
}

/** A reduced setting, to see that everything works. */
export const QUICK: Choice = {
  environments: ['webshop'],
  starts: ['weak'],
  arms: DEFAULT_ARMS.filter(({ method }) => ['sft', 'ipr', 'rro', 'rro-recycled'].includes(method)),
  budgets: [300, 600],
  seeds: 2,
  episodes: 1,
}
