/**
 * How good a policy is: mean outcome reward over tasks, each played to its end, with the standard error of the mean, and
 * the success rate (episodes that earned all there is, as WebShop and InterCode count it).
 */
import type { Actor, TaskWords } from '../core/exploration/actor.ts'
import type { RandomStream } from '../core/random.ts'
import { mean, standardDeviation } from '../core/statistics.ts'

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
}

/** Plays every task; episode `i` of task `id` draws from the stream named by both, so the order does not matter. */
export async function evaluate<P>(
  actor: Actor<P>,
  tasks: readonly TaskWords[],
  random: RandomStream,
  { temperature, stepLimit, episodesPerTask, maxReward = 1 }: EvaluationOptions,
): Promise<Evaluation> {
  const means: number[] = []
  let steps = 0
  let successes = 0
  for (const task of tasks) {
    const streams = Array.from({ length: episodesPerTask }, (_, i) => random.child('evaluate', task.id, i))
    const rollouts = await actor.rollouts(actor.begin(task), stepLimit, temperature, streams)
    means.push(mean(rollouts.map(({ reward }) => reward)))
    for (const { actions, reward } of rollouts) {
      steps += actions.length
      if (reward >= maxReward - 1e-9) successes++
    }
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
