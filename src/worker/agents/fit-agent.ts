/** Fits the embedded policy, measures it before and after on the dev tasks, and keeps what came of it as an agent. */
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { interval95 } from '../../core/statistics.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { TrainedWords } from '../../policies/linear/weights.ts'
import { fourDecimals } from '../../training/warm-start.ts'
import type { TrainedAgent } from '../protocol/agents.ts'
import type { World } from '../worlds/world.ts'
import { type AgentPorts, saveAgent } from './agent-library.ts'
import { type Measured, measure } from './dev-score.ts'
import { type Pace, STOPPED } from './training-pace.ts'

export interface Fit {
  readonly before: LinearActor
  descent(): Generator<number, Float64Array, void>
  readonly facts: TrainedWords
  readonly name: string
}

export async function fitAndMeasure(
  ports: AgentPorts,
  pace: Pace,
  world: World,
  config: RunConfig,
  { before, descent, facts, name }: Fit,
): Promise<Result<TrainedAgent>> {
  const first = await measure(before, world, config, 'before', pace)
  if (first === undefined) return STOPPED
  const slices = descent()
  let weights: Float64Array | undefined
  while (weights === undefined) {
    const { done, value } = slices.next()
    if (done) weights = value
    else if (await pace.breathe('fitting', value)) return STOPPED
  }
  if (weights.some((value) => !Number.isFinite(value))) {
    const words = 'The training ran away: its weights are no numbers any more.'
    return failure('training-diverged', `${words} Lower the learning rate or beta.`)
  }
  const after = before.withParameters(weights)
  if (after.fingerprint === before.fingerprint)
    return failure('training-unchanged', 'The training changed nothing: no pair has a weight. No agent was saved.')
  const second = await measure(after, world, config, 'after', pace)
  if (second === undefined) return STOPPED
  const trained = { ...facts, ...rewardFacts(first, second) }
  const saved = await saveAgent(ports, world.data.environment, { name, origin: 'here', weights: { weights, trained } })
  if (!saved.ok) return saved
  const compared = { before: first.score, gain: gainOf(first, second) }
  return success({ agent: saved.value, compared, after: second.score })
}

/** What an agent's file says of its rewards. @param before of what it was trained from, where that was measured */
export function rewardFacts(before: Measured | undefined, { score }: Measured): TrainedWords {
  return {
    devTasks: score.tasks,
    devReward: fourDecimals(score.sampled.mean),
    ...(before && { devRewardBefore: fourDecimals(before.score.sampled.mean) }),
    devGreedyReward: fourDecimals(score.greedy.mean),
    ...(before && { devGreedyRewardBefore: fourDecimals(before.score.greedy.mean) }),
  }
}

/** After minus before, task by task. */
export function gainOf(before: Measured, after: Measured): NonNullable<TrainedAgent['compared']>['gain'] {
  const gain = (of: 'sampled' | 'greedy') => interval95(after[of].map((value, i) => value - (before[of][i] ?? 0)))
  return { sampled: gain('sampled'), greedy: gain('greedy') }
}
