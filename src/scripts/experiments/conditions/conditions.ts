/**
 * `npm run experiments -- --study conditions`: when does the paper's own RRO (arXiv 2505.20737) win? The real benchmarks
 * vary neither the sharpness of the policy, the length of episodes, the rarity of key steps nor the noise of process
 * rewards by themselves; the key-step world (key-steps.ts) does. Exploration and DPO are the page's own, and the score is
 * the exact expected reward of the trained policy.
 */

import { formatArm } from '../../../core/comparison/arm-address.ts'
import type { Arm, Training } from '../../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../../core/comparison/comparison-numbers.ts'
import { DEFAULT_ARMS } from '../../../core/comparison/default-comparison.ts'
import { exploreTask } from '../../../core/exploration/explore-task.ts'
import type { TaskEvent } from '../../../core/log/events.ts'
import { stream } from '../../../core/random.ts'
import { DEFAULT_CONFIG, METHODS, type RunConfig } from '../../../core/settings/settings.ts'
import type { Anchor } from '../../../training/dpo/anchors.ts'
import type { Preference } from '../../../training/dpo/contrasts.ts'
import { DPO_DEFAULTS } from '../../../training/dpo/dpo.ts'
import { type Material, preferencesOf } from '../../../training/preferences.ts'
import { createSample } from '../../../training/study/sample.ts'
import { train } from '../../../training/study/study.ts'
import { createTally, type TallyNumbers } from '../../../training/study/tally.ts'
import {
  drawKeys,
  expectedReward,
  type KeySteps,
  type KeyStepsActor,
  keyStepsActor,
  type SCORINGS,
  startWeights,
  verdictOf,
} from './key-steps.ts'

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

/** One arm with one seed under a condition. */
export interface ConditionJob {
  readonly condition: Condition
  readonly arm: Arm
  /** Also decides where the key steps are, whatever the arm. */
  readonly seed: number
  readonly budgets: readonly number[]
  readonly adamSteps: number | undefined
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

/** What an arm with a seed has come to at a budget. */
export interface Lesson extends TallyNumbers {
  /** Exact expected rewards of the policy, before and after training. */
  readonly before: number
  readonly after: number
  /** Pairs of a right and a wrong action: in order, and the wrong way round. All others teach nothing. */
  readonly ordered: number
  readonly reversed: number
}

/**
 * Policy calls: in proportion to the length of an episode, and a tenth where a process reward costs one call, so that
 * there is something to learn, and not all of it is learnt.
 */
export function budgetsOf({ callsPerStep }: Setting, { scoring, length }: Condition): readonly number[] {
  return callsPerStep.map((calls) => (calls * length) / (scoring === 'exact, one call' ? 10 : 1))
}

/** How an arm explores. Episodes may be longer than the settings table has it, so this does not go through it. */
export function configUnder({ length, rollouts }: Condition, { method, settings }: Arm, seed: number): RunConfig {
  const known = METHODS.find((name) => name === method)
  if (known === undefined) throw new Error(`${method} does not explore`)
  const scored = known === 'rro' || known === 'fixed-size' ? { rollouts } : {}
  return { ...DEFAULT_CONFIG, ...scored, ...settings, method: known, seed, stepLimit: length }
}

const ACTIONS = 4
const MOST_ANCHORS = 1500

/** One lesson for each budget. */
export async function lessonsOf({ condition, arm, seed, budgets, adamSteps }: ConditionJob): Promise<Lesson[]> {
  const { p, length, every, outcome } = condition
  const keys = drawKeys(length, every, stream(seed).child('keys'))
  const world: KeySteps = { length, keys, actions: ACTIONS, outcome }
  const start = startWeights(world, p)
  // Recycling lives off outcomes that differ: exact values are no use to it.
  const actor = keyStepsActor(world, start, arm.method === 'rro-recycled' ? 'rollouts' : condition.scoring)
  const lessons: Lesson[] = []
  for await (const { preferences, anchors, numbers } of hauls(actor, configUnder(condition, arm, seed), budgets)) {
    const training = adamSteps === undefined ? DEFAULT_TRAINING : inSteps(adamSteps, preferences.length)
    const weights = train(start, preferences, anchors, training, seed, 0)
    const verdicts = preferences.map((preference) => verdictOf(world, preference))
    lessons.push({
      ...numbers,
      before: expectedReward(world, start),
      after: expectedReward(world, weights),
      ordered: verdicts.filter((verdict) => verdict === 'ordered').length,
      reversed: verdicts.filter((verdict) => verdict === 'reversed').length,
    })
  }
  return lessons
}

function inSteps(adamSteps: number, pairs: number): Training {
  const perEpoch = Math.max(1, Math.ceil(pairs / DPO_DEFAULTS.batchSize))
  return { ...DEFAULT_TRAINING, epochs: Math.ceil(adamSteps / perEpoch) }
}

/** Explores episode after episode; what stands before the call that exceeds a budget is what it brings. */
async function* hauls(
  actor: KeyStepsActor,
  config: RunConfig,
  budgets: readonly number[],
): AsyncGenerator<Material & { readonly numbers: TallyNumbers }, void, void> {
  const random = stream(config.seed)
  const tally = createTally()
  const preferences: Preference[] = []
  const anchors = createSample<Anchor>(MOST_ANCHORS, random.child('anchors'))
  const task = { id: 'key-steps', instruction: '' }
  let reached = 0
  for (let index = 0; ; index++) {
    const events: TaskEvent[] = []
    for await (const event of exploreTask({ config, actor, maxReward: 1, index, task, random })) {
      while (tally.costWith(event) > (budgets[reached] as number)) {
        const open = preferencesOf(actor, events)
        const all = { preferences: [...preferences, ...open.preferences], anchors: anchors.with(index, open.anchors) }
        yield { ...all, numbers: tally.numbers() }
        reached++
        if (reached === budgets.length) return
      }
      tally.add(event)
      events.push(event)
    }
    const found = preferencesOf(actor, events)
    preferences.push(...found.preferences)
    anchors.add(index, found.anchors)
  }
}

/** The lessons of an arm under a condition: by budget, then by seed. */
export type Lessons = (condition: Condition, arm: Arm) => readonly (readonly Lesson[])[]

/** Runs jobs, here or in other processes, and tells of each as it ends, in whatever order. */
export type RunConditions = (
  jobs: readonly ConditionJob[],
  found: (job: ConditionJob, lessons: readonly Lesson[]) => void,
) => Promise<void>

/** Every arm under every condition, with every seed. */
export async function runSetting(setting: Setting, run: RunConditions): Promise<Lessons> {
  const { conditions, seeds, adamSteps } = setting
  const jobs = new Map<string, ConditionJob>()
  for (const condition of conditions) {
    const budgets = budgetsOf(setting, condition)
    for (const arm of CONDITION_ARMS) {
      for (let seed = 1; seed <= seeds; seed++)
        jobs.set(jobName(condition, arm, seed), { condition, arm, seed, budgets, adamSteps })
    }
  }
  const known = new Map<string, readonly Lesson[]>()
  await run([...jobs.values()], ({ condition, arm, seed }, lessons) =>
    known.set(jobName(condition, arm, seed), lessons),
  )
  return (condition, arm) =>
    budgetsOf(setting, condition).map((_, i) =>
      Array.from({ length: seeds }, (_, before) => {
        const lesson = known.get(jobName(condition, arm, before + 1))?.[i]
        if (lesson === undefined) throw new Error(`${formatArm(arm)} was not run under ${JSON.stringify(condition)}`)
        return lesson
      }),
    )
}

/** All that decides an arm's lessons: what it does not heed is left out, so that nothing is run twice. */
function jobName(condition: Condition, arm: Arm, seed: number): string {
  const { words: _, scoring, rollouts, ...world } = condition
  const cheap = scoring === 'exact, one call' // decides the budgets
  const heeded = arm.method === 'rro-recycled' ? [cheap] : arm.method === 'uct' ? [scoring] : [scoring, rollouts]
  return JSON.stringify([world, heeded, formatArm(arm), seed])
}
