/** What a policy earns on the dev tasks: always with the same random streams. */
import type { RunConfig } from '../../core/settings/settings.ts'
import { interval95 } from '../../core/statistics.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { evaluate } from '../../training/evaluation.ts'
import type { AgentScore } from '../protocol/agents.ts'
import type { World } from '../worlds/world.ts'
import { trainingDraws } from './training-draws.ts'
import type { Pace } from './training-pace.ts'

/** Of each dev task; greedy is one. */
const EPISODES = 10

export interface Measured {
  readonly score: AgentScore
  /** Mean outcome of each task. */
  readonly sampled: readonly number[]
  readonly greedy: readonly number[]
}

/** On the dev tasks; undefined when it was stopped. */
export async function measure(
  policy: LinearActor,
  { tasks, made }: World,
  { stepLimit }: RunConfig,
  phase: 'before' | 'after',
  pace: Pace,
): Promise<Measured | undefined> {
  const random = trainingDraws('dev')
  const dev = tasks('dev')
  const sampled: number[] = []
  const greedy: number[] = []
  let successes = 0
  let greedySuccesses = 0
  const options = { stepLimit, maxReward: made.maxReward }
  for (const [i, task] of dev.entries()) {
    const drawn = await evaluate(policy, [task], random, { ...options, temperature: 1, episodesPerTask: EPISODES })
    const best = await evaluate(policy, [task], random, { ...options, temperature: 0, episodesPerTask: 1 })
    sampled.push(drawn.mean)
    greedy.push(best.mean)
    successes += drawn.successRate
    greedySuccesses += best.successRate
    if (await pace.breathe(phase, i / dev.length)) return undefined
  }
  const score = {
    tasks: dev.length,
    ...{ sampled: interval95(sampled), greedy: interval95(greedy) },
    sampledSuccess: successes / Math.max(1, dev.length),
    greedySuccess: greedySuccesses / Math.max(1, dev.length),
  }
  return { score, sampled, greedy }
}
