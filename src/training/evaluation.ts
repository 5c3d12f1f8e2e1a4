/** How good a policy is: mean outcome reward over tasks, each played to its end, with the standard error of the mean. */
import type { Actor, TaskWords } from '../core/actor.ts'
import type { RandomStream } from '../core/random.ts'

export interface Evaluation {
  /** Mean outcome reward. */
  readonly mean: number
  /** Of the mean, over tasks; undefined for a single one. */
  readonly standardError: number | undefined
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
}

/** Plays every task; episode `i` of task `id` draws from the stream named by both, so the order does not matter. */
export async function evaluate<P>(
  actor: Actor<P>,
  tasks: readonly TaskWords[],
  random: RandomStream,
  { temperature, stepLimit, episodesPerTask }: EvaluationOptions,
): Promise<Evaluation> {
  const means: number[] = []
  let steps = 0
  for (const task of tasks) {
    const streams = Array.from({ length: episodesPerTask }, (_, i) => random.child('evaluate', task.id, i))
    const rollouts = await actor.rollouts(actor.begin(task), stepLimit, temperature, streams)
    means.push(rollouts.reduce((sum, { reward }) => sum + reward, 0) / episodesPerTask)
    for (const { actions } of rollouts) steps += actions.length
  }
  const episodes = tasks.length * episodesPerTask
  const mean = means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length)
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const standardError = means.length < 2 ? undefined : Math.sqrt(squares / (means.length - 1) / means.length)
  return { mean, standardError, steps: steps / Math.max(1, episodes), episodes }
}
