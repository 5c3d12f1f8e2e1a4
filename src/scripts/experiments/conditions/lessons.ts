/** What an arm learns under a condition: it explores and is trained as everywhere, and scored exactly. */
import type { Arm, Training } from '../../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../../core/comparison/comparison-numbers.ts'
import { exploreTask } from '../../../core/exploration/explore-task.ts'
import type { TaskEvent } from '../../../core/log/events.ts'
import { stream } from '../../../core/random.ts'
import { DEFAULT_CONFIG, METHODS, type RunConfig } from '../../../core/settings/settings.ts'
import type { Anchor } from '../../../training/dpo/anchors.ts'
import { DPO_DEFAULTS } from '../../../training/dpo/dpo.ts'
import type { Preference } from '../../../training/objectives/pair-objective.ts'
import { type Material, preferencesOf } from '../../../training/preferences.ts'
import { train } from '../../../training/study/rounds.ts'
import { createSample } from '../../../training/study/sample.ts'
import { createTally, type TallyNumbers } from '../../../training/study/tally.ts'
import type { Condition } from './conditions.ts'
import {
  drawKeys,
  expectedReward,
  type KeySteps,
  type KeyStepsActor,
  keyStepsActor,
  startWeights,
  verdictOf,
} from './key-steps.ts'

/** One arm with one seed under a condition. */
export interface ConditionJob {
  readonly condition: Condition
  readonly arm: Arm
  /** Also decides where the key steps are, whatever the arm. */
  readonly seed: number
  readonly budgets: readonly number[]
  readonly adamSteps: number | undefined
}

/** What an arm with a seed has come to at a budget. */
export interface Lesson extends TallyNumbers {
  /** Exact expected rewards of the policy, before and after training. */
  readonly before: number
  readonly after: number
  /** Pairs of a right and a wrong action: in order, and the wrong way round. All others teach nothing. */
  readonly ordered: number
  readonly reversed: number
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
  for await (const { preferences, anchors, numbers } of explorations(
    actor,
    configUnder(condition, arm, seed),
    budgets,
  )) {
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
async function* explorations(
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
