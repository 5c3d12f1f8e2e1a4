/** An exploration that ends when its budgets are spent, and says at each what it has brought. */
import { type Arm, type Comparison, configOf } from '../../core/comparison/comparison.ts'
import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import { exploreTask } from '../../core/exploration/explore-task.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import { stream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { expertAt } from '../expert.ts'
import { preferencesOf } from '../preferences.ts'
import type { Budgets } from './budgets.ts'
import { createHold, type Explored } from './explored.ts'
import type { StudyWorld } from './study-world.ts'
import type { Tally } from './tally.ts'

/** An exploration of tasks, whoever acts. */
export interface BudgetedWalk {
  readonly world: Pick<StudyWorld, 'tasks' | 'maxReward' | 'experts' | 'breathe'>
  readonly comparison: Comparison
  readonly arm: Arm
  readonly seed: number
  /** Of this exploration and of the rounds before, whose tasks come first. */
  readonly tally: Tally
  /** At which to say what there is: of policy calls by the tally, or of what `spentWith` counts. */
  readonly budgets: Budgets
  readonly signal: AbortSignal | undefined
  /**
   * What has been spent with one more event, where it is not policy calls that count.
   * @param events of the task before it
   */
  readonly spentWith?: (event: TaskEvent, events: readonly TaskEvent[]) => number
}

export interface BudgetedExploration<S, M> extends BudgetedWalk {
  readonly world: StudyWorld<S, M>
  /** Who explores. */
  readonly actor: LinearActor<S, M>
  readonly round: number
  /** Hears of every update of a policy gradient, with the weights that it made. */
  readonly updated?: (weights: Readonly<Float64Array>) => void
}

/** What the walk has come to: the events of a task, which is whole, or under way where a limit cuts through it. */
export interface Passed {
  /** Undefined where a whole task has been explored. */
  readonly limit: number | undefined
  readonly index: number
  readonly events: readonly TaskEvent[]
}

/** Explores task after task, round the split without end, until the last limit; yields at each limit. */
export async function* explore<S, M>(
  exploring: BudgetedExploration<S, M>,
): AsyncGenerator<{ limit: number; explored: Explored }, void, void> {
  const { actor, tally } = exploring
  const hold = createHold(stream(exploring.seed).child('sample', exploring.round))
  for await (const { limit, index, events } of walk(exploring, () => actor)) {
    const material = preferencesOf(actor, events)
    if (limit === undefined) hold.add(index, material, events)
    else yield { limit, explored: { numbers: tally.numbers(), ...hold.with(index, material, events) } }
  }
}

/**
 * The way of an exploration through its tasks. Takes what has been explored to the tally, and stops at the last budget.
 * @param acting who explores the next task
 */
export async function* walk<P>(exploring: BudgetedWalk, acting: () => Actor<P>): AsyncGenerator<Passed, void, void> {
  const { world, comparison, arm, seed, tally, budgets, signal } = exploring
  const { spentWith = tally.costWith } = exploring
  const config = configOf(comparison, arm, seed, 1)
  const random = stream(seed)
  const first = tally.tasks
  const split = world.tasks(config.split)
  /** Tasks in a row that cost nothing: a whole round of them (no expert has shown any) would never end. */
  let idle = 0
  for (let index = first; ; index++) {
    const task = taskAt(config, split, index)
    const expert = expertAt(world.experts, task?.id ?? '', index)
    const events: TaskEvent[] = []
    if (task === undefined || idle === split.length) {
      for (const limit of budgets.exceededBy(Number.POSITIVE_INFINITY)) yield { limit, index, events }
      return
    }
    const exploration = { config, actor: acting(), maxReward: world.maxReward, index, task, random }
    const optional = { ...(expert && { expert }), ...(signal && { signal }) }
    for await (const event of exploreTask({ ...exploration, ...optional })) {
      for (const limit of budgets.exceededBy(spentWith(event, events))) yield { limit, index, events }
      if (budgets.spent || signal?.aborted) return
      tally.add(event)
      events.push(event)
    }
    idle = events.some(({ type }) => type === 'rollout-finished' || type === 'candidate-proposed') ? 0 : idle + 1
    yield { limit: undefined, index, events }
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
