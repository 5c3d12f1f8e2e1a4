/** What a policy earns on the dev tasks: always with the same random streams. */

import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { interval95 } from '../../core/statistics.ts'
import { evaluate } from '../../training/evaluation.ts'
import type { AgentScore } from '../protocol/agents.ts'
import type { World } from '../worlds/world.ts'
import { trainingDraws } from './training-draws.ts'
import type { Pace } from './training-pace.ts'

/** What was measured so far: grows task by task. */
export interface Measuring {
  readonly sampled: number[]
  readonly greedy: number[]
  /** Sums over tasks. */
  successes: number
  greedySuccesses: number
}

export function nothingMeasured(): Measuring {
  return { sampled: [], greedy: [], successes: 0, greedySuccesses: 0 }
}

/** Of each dev task; greedy is one. */
const EPISODES = 10

export interface Measured {
  readonly score: AgentScore
  /** Mean outcome of each task. */
  readonly sampled: readonly number[]
  readonly greedy: readonly number[]
}

/**
 * On the dev tasks; undefined when it was stopped.
 * @param begun what was measured before, with the same episodes; it grows
 */
export async function measure<P>(
  policy: Actor<P>,
  { tasks, made }: World,
  { stepLimit }: RunConfig,
  phase: 'before' | 'after',
  pace: Pace,
  { episodes = EPISODES, begun = nothingMeasured() }: { readonly episodes?: number; readonly begun?: Measuring } = {},
): Promise<Measured | undefined> {
  const random = trainingDraws('dev')
  const dev = tasks('dev')
  const { sampled, greedy } = begun
  const options = { stepLimit, maxReward: made.maxReward }
  for (let i = sampled.length; i < dev.length; i++) {
    const task = dev[i] as TaskWords // i is inside
    const drawn = await evaluate(policy, [task], random, { ...options, temperature: 1, episodesPerTask: episodes })
    const best = await evaluate(policy, [task], random, { ...options, temperature: 0, episodesPerTask: 1 })
    sampled.push(drawn.mean)
    greedy.push(best.mean)
    begun.successes += drawn.successRate
    begun.greedySuccesses += best.successRate
    if (await pace.breathe(phase, (i + 1) / dev.length)) return undefined
  }
  const score = {
    tasks: dev.length,
    ...{ sampled: interval95(sampled), greedy: interval95(greedy) },
    sampledSuccess: begun.successes / Math.max(1, dev.length),
    greedySuccess: begun.greedySuccesses / Math.max(1, dev.length),
  }
  return { score, sampled, greedy }
}
