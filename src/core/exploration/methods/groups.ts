/**
 * A group of whole episodes: G times the task from its start to its end, as the policy plays it. No step is scored and no pair is
 * made; what the group teaches is how each of its episodes did beside the others. RLOO, GRPO and GiGPO learn from groups
 * (src/training/objectives/advantages.ts).
 */
import { processReward } from '../process-reward.ts'
import type { TaskEvents, TaskExploration } from './method.ts'
import { createSampler } from './sampler.ts'

export async function* groups<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, index: task } = exploration
  const episodes = await createSampler(exploration).rollouts(start, 0, 0, config.startRollouts)
  yield* episodes
  const { mean: reward } = processReward(episodes.map(({ reward }) => reward))
  yield { type: 'task-finished', task, reward, end: 'group' }
}
