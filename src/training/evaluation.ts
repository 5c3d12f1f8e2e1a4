/**
 * How good a policy is: mean outcome reward over tasks, each played to its end, with the standard error of the mean, and
 * the success rate (episodes that earned all there is, as WebShop and InterCode count it).
 */
import type { Actor, Maybe, Rollout, TaskWords } from '../core/exploration/actor.ts'
import type { RandomStream } from '../core/random.ts'
import { mean, standardDeviation } from '../core/statistics.ts'
import type { Start } from '../policies/policy.ts'

export interface Evaluation {
  /** Mean outcome reward. */
  readonly mean: number
  /** Of the mean, over tasks; undefined for a single one. */
  readonly standardError: number | undefined
  /** Share of the episodes with the largest outcome reward. */
  readonly successRate: number
  /** Mean number of actions in an episode. */
  readonly steps: number
  readonly episodes: number
}

export interface EvaluationOptions {
  /** 1 samples; 0 is greedy for the embedded policy. */
  readonly temperature: number
  /** Actions an episode may take; an unfinished one earns 0. */
  readonly stepLimit: number
  readonly episodesPerTask: number
  /** The environment's largest outcome reward; 1 when left out, as in both environments. */
  readonly maxReward?: number
  /** Called now and then: a host that must answer others lets them speak here. */
  readonly breathe?: (() => Promise<unknown>) | undefined
}

/** Who may play several tasks at once, where that is quicker. */
interface Judged<P> extends Actor<P> {
  finish?(starts: readonly Start<P>[], limit: number, temperature: number): readonly Rollout[]
}

/** Episodes that are played at once. */
const AT_ONCE = 12

/** Plays every task; episode `i` of task `id` draws from the stream named by both, so the order does not matter. */
export async function evaluate<P>(
  actor: Judged<P>,
  tasks: readonly TaskWords[],
  random: RandomStream,
  { temperature, stepLimit, episodesPerTask, maxReward = 1, breathe }: EvaluationOptions,
): Promise<Evaluation> {
  const means: number[] = []
  let steps = 0
  let successes = 0
  const together = actor.finish === undefined ? 1 : Math.ceil(AT_ONCE / episodesPerTask)
  for (let from = 0; from < tasks.length; from += together) {
    const starts = tasks.slice(from, from + together).flatMap((task) => {
      const prefix = actor.begin(task)
      return Array.from({ length: episodesPerTask }, (_, i) => ({
        prefix,
        random: random.child('evaluate', task.id, i),
      }))
    })
    const rollouts = await played(actor, starts, stepLimit, temperature)
    for (let at = 0; at < rollouts.length; at += episodesPerTask) {
      const own = rollouts.slice(at, at + episodesPerTask)
      means.push(mean(own.map(({ reward }) => reward)))
      for (const { actions, reward } of own) {
        steps += actions.length
        if (reward >= maxReward - 1e-9) successes++
      }
    }
    await breathe?.()
  }
  const episodes = tasks.length * episodesPerTask
  const deviation = standardDeviation(means)
  return {
    mean: means.length === 0 ? 0 : mean(means),
    standardError: deviation === undefined ? undefined : deviation / Math.sqrt(means.length),
    successRate: successes / Math.max(1, episodes),
    steps: steps / Math.max(1, episodes),
    episodes,
  }
}

/** @param starts of one task, unless the actor plays several */
function played<P>(
  actor: Judged<P>,
  starts: readonly Start<P>[],
  limit: number,
  temperature: number,
): Maybe<readonly Rollout[]> {
  const [first] = starts
  if (first === undefined) return []
  if (actor.finish !== undefined) return actor.finish(starts, limit, temperature)
  return actor.rollouts(
    first.prefix,
    limit,
    temperature,
    starts.map(({ random }) => random),
  )
}
