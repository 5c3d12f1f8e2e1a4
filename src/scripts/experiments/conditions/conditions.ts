/**
 * `npm run experiments -- --study conditions`: when does the paper's own RRO (arXiv 2505.20737) win? The real benchmarks
 * vary neither the sharpness of the policy, the length of episodes, the rarity of key steps nor the noise of process
 * rewards by themselves; the key-step world (key-steps.ts) does. Exploration and DPO are the page's own, and the score is
 * the exact expected reward of the trained policy.
 */
import type { Arm } from '../../../core/comparison/comparison.ts'
import { DEFAULT_ARMS } from '../../../core/comparison/default-comparison.ts'
import type { KeySteps, SCORINGS } from './key-steps.ts'

export interface Condition {
  /** What is not as in the base; empty for the base itself. */
  readonly words: string
  readonly scoring: (typeof SCORINGS)[number]
  /** Probability of the right action at a key step, before training. */
  readonly p: number
  readonly length: number
  /** One step in so many is a key step. */
  readonly every: number
  readonly outcome: KeySteps['outcome']
  /** m of RRO and of fixed-size exploration. */
  readonly rollouts: number
}

/** How a study is run. */
export interface Setting {
  readonly conditions: readonly Condition[]
  readonly seeds: number
  /** Policy calls for each step of an episode, ascending, where a process reward costs rollouts. */
  readonly callsPerStep: readonly number[]
  /** As many steps of Adam for every arm, instead of as many epochs. */
  readonly adamSteps?: number
}

const BASE: Condition = { words: '', scoring: 'rollouts', p: 0.5, length: 8, every: 2, outcome: 'dense', rollouts: 5 }

/** One thing changed at a time, and three of them together. */
const CHANGES: readonly Partial<Condition>[] = [
  {},
  ...[0.2, 0.35, 0.7, 0.9].map((p) => ({ words: `p = ${p}`, p })),
  ...[4, 16, 32].map((length) => ({ words: `${length} steps`, length })),
  { words: 'all steps are key', every: 1 },
  ...[4, 8].map((every) => ({ words: `1 step in ${every} is key`, every })),
  { words: 'all or nothing', outcome: 'all' },
  { words: 'p = 0.7, 32 steps, 1 in 8 key', p: 0.7, length: 32, every: 8 },
]
const NOISES: readonly Partial<Condition>[] = [1, 2, 20].map((rollouts) => ({ words: `m = ${rollouts}`, rollouts }))

const under = (scoring: Condition['scoring'], changes: readonly Partial<Condition>[]): Condition[] =>
  changes.map((change) => ({ ...BASE, ...(scoring === 'exact, one call' && { rollouts: 1 }), ...change, scoring }))

const EXACT = under('exact', CHANGES)
const ONE_CALL = under('exact, one call', CHANGES)

export const STUDY: Setting = {
  conditions: [...under('rollouts', [...CHANGES, ...NOISES]), ...EXACT, ...ONE_CALL],
  seeds: 20,
  callsPerStep: [250, 625],
}

const CHECKED = ['', '32 steps', '1 step in 8 is key']

/** The same number of gradient steps, whatever the number of pairs. */
export const SAME_STEPS: Setting = {
  ...STUDY,
  conditions: STUDY.conditions.filter(({ words }) => CHECKED.includes(words)),
  adamSteps: 300,
}

/** Budgets at which nothing should be left to learn. */
export const PLENTY: Setting = {
  conditions: STUDY.conditions.filter(({ words }) => words === ''),
  seeds: 5,
  callsPerStep: [6250],
}

/** A reduced setting, to see that everything works. */
export const QUICK_STUDY: Setting = {
  conditions: STUDY.conditions.filter(({ words }) => words === '' || words === '4 steps'),
  seeds: 2,
  callsPerStep: [25, 100],
}

const only = (method: Arm['method']): readonly Arm[] => DEFAULT_ARMS.filter((arm) => arm.method === method)

export const FIXED = only('fixed-size')
export const TREE_SEARCH = only('uct')
export const OURS = only('rro-recycled')
/** RRO as the page has it by default, then other readings of what the paper leaves open. */
export const READINGS: readonly Arm[] = [
  ...only('rro'),
  { method: 'rro', settings: { firstBar: 'value' } },
  { method: 'rro', settings: { firstBar: 'value', firstRise: 'draw-one-more' } },
  { method: 'rro', settings: { riseRule: '>' } },
]
export const CONDITION_ARMS: readonly Arm[] = [...FIXED, ...TREE_SEARCH, ...READINGS, ...OURS]

/**
 * Policy calls: in proportion to the length of an episode, and a tenth where a process reward costs one call, so that
 * there is something to learn, and not all of it is learnt.
 */
export function budgetsOf({ callsPerStep }: Setting, { scoring, length }: Condition): readonly number[] {
  return callsPerStep.map((calls) => (calls * length) / (scoring === 'exact, one call' ? 10 : 1))
}
