/**
 * One arm of a comparison with one seed: explore until the budget of policy calls is spent, optimise by DPO what was
 * found, and score the policy that comes of it on the test tasks; a cell for each budget. With one round, one exploration
 * serves all budgets: each takes what stood before the call that exceeds it. With more, every budget has its own, split
 * evenly over the rounds, each of which explores with the policy of the one before.
 *
 * All draws come from streams named by the seed and by what they are for, never by the arm or the budget: equal policies
 * get equal scores, and a budget gives the same cell alone as among others.
 */

import type { Cell, Diagnosis, Score } from '../../core/comparison/cell.ts'
import { type Arm, type Comparison, configOf, type Training, trainingOf } from '../../core/comparison/comparison.ts'
import type { TaskWords } from '../../core/exploration/actor.ts'
import { exploreTask } from '../../core/exploration/explore-task.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { type Anchor, DPO_DEFAULTS, optimise, type Preference } from '../dpo.ts'
import { evaluate } from '../evaluation.ts'
import { type ExpertBook, expertAt } from '../expert.ts'
import { type Material, preferencesOf } from '../preferences.ts'
import { type Accepted, type Compared, checkPairs, checkRises, probesOf, risingShare } from './diagnosis.ts'
import { createForest, type Forest } from './forest.ts'
import { quietActor } from './quiet-actor.ts'
import { createSample, type Sample } from './sample.ts'
import { createTally, type Tally } from './tally.ts'

/** Where arms explore. */
export interface StudyWorld<S = unknown, M = unknown> {
  /** The start policy. */
  readonly actor: LinearActor<S, M>
  readonly maxReward: number
  readonly minReward: number
  tasks(split: RunConfig['split']): readonly TaskWords[]
  /** By task id. */
  readonly experts: ExpertBook
  /** Called after every task and every policy: a host that must answer others lets them speak here. */
  breathe?(): Promise<unknown>
}

const MOST_ANCHORS = 1500
const ACCEPTED_CHECKED = 40
const PAIRS_CHECKED = 60
const RISING_TASKS = 60
/** Behind an exact value. */
const EXACT_ROLLOUTS = 200

/** One cell for each budget, ascending. Ends early, without a word, when the signal says so. */
export async function* runArm<S, M>(
  world: StudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  seed: number,
  signal?: AbortSignal,
): AsyncGenerator<Cell, void, void> {
  const arm = comparison.arms[armIndex]
  if (arm === undefined) throw new Error(`A comparison of ${comparison.arms.length} arms has no arm ${armIndex}`)
  const judge = judgeOf(world, comparison, arm, seed)
  const training = trainingOf(comparison, arm)
  const { explorer: start } = sharedOf(world)
  const { budgets, rounds } = comparison
  const largest = budgets[budgets.length - 1]

  async function* cells(arm: Arm): AsyncGenerator<Omit<Cell, 'arm' | 'seed'>, void, void> {
    if (arm.method === 'sft') {
      const score = await judge.score(world.actor.parameters)
      for (const budget of budgets) {
        const weights = world.actor.parameters
        const numbers = { ...createTally().numbers(), weights: [...weights] }
        const diagnosed = budget === largest && { diagnosis: await judge.diagnosis(world.actor, weights) }
        const after = Array.from({ length: rounds }, () => ({ policyCalls: 0, score }))
        yield { budget, score, rounds: after, ...numbers, ...diagnosed }
      }
    } else if (rounds === 1) {
      const expedition = { world, comparison, arm, seed, actor: start, tally: createTally(), signal }
      for await (const { limit, haul } of explore({ ...expedition, round: 0, limits: budgets })) {
        const { weights, score } = await learn(start, haul, 0)
        const after = [{ policyCalls: haul.numbers.cost.policyCalls, score }]
        const diagnosed = limit === largest && { diagnosis: await judge.diagnosis(start, weights, haul) }
        yield { budget: limit, score, rounds: after, ...haul.numbers, weights: [...weights], ...diagnosed }
      }
    } else {
      for (const budget of budgets) {
        const tally = createTally()
        const after: Cell['rounds'][number][] = []
        let actor = start
        for (let round = 0; round < rounds; round++) {
          const limits = [Math.floor((budget * (round + 1)) / rounds)]
          const expedition = { world, comparison, arm, seed, actor, tally, round, limits, signal }
          for await (const { haul } of explore(expedition)) {
            const { weights, score } = await learn(actor, haul, round)
            after.push({ policyCalls: haul.numbers.cost.policyCalls, score })
            if (round === rounds - 1) {
              const diagnosed = budget === largest && { diagnosis: await judge.diagnosis(actor, weights, haul) }
              yield { budget, score, rounds: after, ...haul.numbers, weights: [...weights], ...diagnosed }
            }
            actor = quietActor(world.actor.withParameters(weights))
          }
          if (signal?.aborted) return
        }
      }
    }
  }

  async function learn(actor: LinearActor<S, M>, { preferences, anchors }: Haul, round: number) {
    const weights = train(actor.parameters, preferences, anchors, training, seed, round)
    await world.breathe?.()
    const score = await judge.score(weights)
    await world.breathe?.()
    return { weights, score }
  }

  for await (const cell of cells(arm)) {
    if (signal?.aborted) return
    yield { arm: armIndex, seed, ...cell }
  }
}

/**
 * What one exploration is worth under several ways of training: for each budget a cell for each of `trainings`, without
 * a diagnosis. A comparison with that training and one round has the same cell.
 */
export async function* tuneArm<S, M>(
  world: StudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  seed: number,
  trainings: readonly Training[],
): AsyncGenerator<{ readonly training: number; readonly cell: Cell }, void, void> {
  const arm = comparison.arms[armIndex]
  if (arm === undefined) throw new Error(`A comparison of ${comparison.arms.length} arms has no arm ${armIndex}`)
  const judge = judgeOf(world, comparison, arm, seed)
  const { explorer: actor } = sharedOf(world)
  const expedition = { world, comparison, arm, seed, actor, tally: createTally(), round: 0, signal: undefined }
  for await (const { limit, haul } of explore({ ...expedition, limits: comparison.budgets })) {
    for (const [training, options] of trainings.entries()) {
      const weights = train(actor.parameters, haul.preferences, haul.anchors, options, seed, 0)
      const score = await judge.score(weights)
      const rounds = [{ policyCalls: haul.numbers.cost.policyCalls, score }]
      const cell = { arm: armIndex, seed, budget: limit, score, rounds, ...haul.numbers, weights: [...weights] }
      yield { training, cell }
    }
  }
}

/** The weights that DPO makes of what one round found, with the policy that explored as reference. */
export function train(
  reference: Readonly<Float64Array>,
  preferences: readonly Preference[],
  anchors: readonly Anchor[],
  training: Training,
  seed: number,
  round: number,
): Float64Array {
  const random = stream(seed).child('train', round)
  return optimise(preferences, reference, random, { ...DPO_DEFAULTS, ...training }, anchors)
}

/** What an exploration has brought when its budget is spent. */
interface Haul extends Material {
  readonly numbers: ReturnType<Tally['numbers']>
  readonly accepted: readonly Accepted[]
  readonly pairs: readonly Compared[]
}

interface Expedition<S, M> {
  readonly world: StudyWorld<S, M>
  readonly comparison: Comparison
  readonly arm: Arm
  readonly seed: number
  /** Who explores. */
  readonly actor: LinearActor<S, M>
  /** Of this exploration and of the rounds before, whose tasks come first. */
  readonly tally: Tally
  readonly round: number
  /** Policy calls by the tally at which to say what there is, ascending. */
  readonly limits: readonly number[]
  readonly signal: AbortSignal | undefined
}

/** Explores task after task, round the split without end, until the last limit; yields at each limit. */
async function* explore<S, M>(expedition: Expedition<S, M>): AsyncGenerator<{ limit: number; haul: Haul }, void, void> {
  const { world, comparison, arm, seed, tally, limits, signal } = expedition
  const config = configOf(comparison, arm, seed, 1)
  const { actor } = expedition
  const random = stream(seed)
  const hold = createHold(random.child('sample', expedition.round))
  const first = tally.tasks
  const split = world.tasks(config.split)
  let reached = 0
  /** Tasks in a row that cost nothing: a whole round of them (no expert has shown any) would never end. */
  let idle = 0
  const haul = (index: number, events: readonly TaskEvent[]): Haul => ({
    numbers: tally.numbers(),
    ...hold.with(index, preferencesOf(actor, events), events),
  })
  for (let index = first; ; index++) {
    const task = taskAt(config, split, index)
    const expert = expertAt(world.experts, task?.id ?? '', index)
    const events: TaskEvent[] = []
    if (task === undefined || idle === split.length) {
      for (const limit of limits.slice(reached)) yield { limit, haul: haul(index, events) }
      return
    }
    const exploration = { config, actor, maxReward: world.maxReward, index, task, random }
    const optional = { ...(expert && { expert }), ...(signal && { signal }) }
    for await (const event of exploreTask({ ...exploration, ...optional })) {
      for (; reached < limits.length; reached++) {
        const limit = limits[reached] as number // reached is below the length
        if (tally.costWith(event) <= limit) break
        yield { limit, haul: haul(index, events) }
      }
      if (reached === limits.length || signal?.aborted) return
      tally.add(event)
      events.push(event)
    }
    idle = events.some(({ type }) => type === 'rollout-finished' || type === 'candidate-proposed') ? 0 : idle + 1
    hold.add(index, preferencesOf(actor, events), events)
    await world.breathe?.()
  }
}

/** The task of a place in the order of a run with this configuration that never ends; undefined if there are none. */
function taskAt(config: RunConfig, split: readonly TaskWords[], index: number): TaskWords | undefined {
  const round = Math.floor(index / Math.max(1, split.length))
  const key = `${config.seed}/${round}`
  const known = ORDERS.get(split)
  if (known?.key === key) return known.tasks[index % split.length]
  const tasks = drawTasks({ ...config, tasks: (round + 1) * split.length }, split).slice(round * split.length)
  ORDERS.set(split, { key, tasks })
  return tasks[index % split.length]
}

/** The order drawn last, by its split. */
const ORDERS = new WeakMap<readonly TaskWords[], { readonly key: string; readonly tasks: readonly TaskWords[] }>()

/** What is kept of the tasks explored: every preference, and samples of the rest. */
function createHold(random: RandomStream) {
  const preferences: Preference[] = []
  const anchors: Sample<Anchor> = createSample(MOST_ANCHORS, random.child('anchors'))
  const accepted: Sample<Accepted> = createSample(ACCEPTED_CHECKED, random.child('accepted'))
  const pairs: Sample<Compared> = createSample(PAIRS_CHECKED, random.child('pairs'))
  return {
    add(index: number, material: Material, events: readonly TaskEvent[]): void {
      const probes = probesOf(events)
      for (const preference of material.preferences) preferences.push(preference)
      anchors.add(index, material.anchors)
      accepted.add(index, probes.accepted)
      pairs.add(index, probes.pairs)
    },
    /** What there is, with a task that is under way. */
    with(index: number, material: Material, events: readonly TaskEvent[]): Omit<Haul, 'numbers'> {
      const probes = probesOf(events)
      return {
        preferences: [...preferences, ...material.preferences],
        anchors: anchors.with(index, material.anchors),
        accepted: accepted.with(index, probes.accepted),
        pairs: pairs.with(index, probes.pairs),
      }
    },
  }
}

/** Scores policies on the test tasks, the same ones alike. */
function judgeOf<S, M>(world: StudyWorld<S, M>, comparison: Comparison, arm: Arm, seed: number) {
  const tests = world.tasks(comparison.split)
  const random = stream(seed)
  const { forest } = sharedOf(world)
  const { stepLimit, temperature } = configOf(comparison, arm, seed, 1)
  const options = { stepLimit, maxReward: world.maxReward }
  const rising = (weights: Readonly<Float64Array>) =>
    risingShare(
      forest.policy(weights),
      random.child('rising-tasks').shuffled(tests).slice(0, RISING_TASKS),
      random.child('rising'),
      { temperature: 1, stepLimit, rollouts: 5 },
    )
  return {
    async score(weights: Readonly<Float64Array>): Promise<Score> {
      const policy = forest.policy(weights)
      const sampling = { ...options, temperature: 1, episodesPerTask: comparison.episodes }
      const sampled = await evaluate(policy, tests, random.child('score'), sampling)
      const best = { ...options, temperature: 0, episodesPerTask: 1 }
      const greedy = await evaluate(policy, tests, random.child('score'), best)
      return {
        ...{ reward: sampled.mean, success: sampled.successRate },
        ...{ greedyReward: greedy.mean, greedySuccess: greedy.successRate },
      }
    },
    /** @param actor who explored what was brought */
    async diagnosis(
      actor: LinearActor<S, M>,
      weights: Readonly<Float64Array>,
      found: Pick<Haul, 'accepted' | 'pairs'> = { accepted: [], pairs: [] },
    ): Promise<Diagnosis> {
      const values = { temperature, stepLimit, rollouts: EXACT_ROLLOUTS }
      return {
        ...checkRises(actor, found.accepted, random.child('exact', 'rises'), values),
        ...checkPairs(actor, found.pairs, random.child('exact', 'pairs'), values),
        before: await rising(world.actor.parameters),
        after: await rising(weights),
      }
    },
  }
}

/** What the arms of one world share, however many there are; what it keeps changes no result. */
interface Shared<S, M> {
  /** The start policy, as it explores. */
  readonly explorer: LinearActor<S, M>
  /** Where policies are scored. */
  readonly forest: Forest<S, M>
}

const SHARED = new WeakMap<object, unknown>()

function sharedOf<S, M>(world: StudyWorld<S, M>): Shared<S, M> {
  const known = SHARED.get(world) as Shared<S, M> | undefined // set below, from the same world
  if (known !== undefined) return known
  const made = { explorer: quietActor(world.actor), forest: createForest(world.actor) }
  SHARED.set(world, made)
  return made
}
