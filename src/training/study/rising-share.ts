/** How often rewards rise along a policy's own episodes (RRO, arXiv 2505.20737, last table). */
import type { RisingShare } from '../../core/comparison/cell.ts'
import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import { exactReward, processReward } from '../../core/exploration/process-reward.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Values } from './simulated-values.ts'

/**
 * One episode of each task, with a process reward of `rollouts` rollouts after every action; the first action is compared
 * with the value of the empty prefix, estimated alike.
 */
export async function risingShare<P>(
  actor: Actor<P>,
  tasks: readonly TaskWords[],
  random: RandomStream,
  { temperature, stepLimit, rollouts }: Values,
): Promise<RisingShare> {
  const steps = [0, 0, 0]
  const rising = [0, 0, 0]
  const notFalling = [0, 0, 0]
  for (const task of tasks) {
    const streams = random.child(task.id)
    const reward = async (prefix: P, depth: number): Promise<number> => {
      const end = actor.outcome(prefix) ?? (depth >= stepLimit ? { reward: 0 } : undefined)
      if (end !== undefined) return exactReward(end.reward).mean
      const each = Array.from({ length: rollouts }, (_, i) => streams.child('rollout', depth, i))
      const finished = await actor.rollouts(prefix, stepLimit - depth, temperature, each)
      return processReward(finished.map((rollout) => rollout.reward)).mean
    }
    let prefix = actor.begin(task)
    const [episode] = await actor.rollouts(prefix, stepLimit, temperature, [streams.child('episode')])
    const actions = episode?.actions ?? []
    let before = await reward(prefix, 0)
    for (const [i, action] of actions.entries()) {
      prefix = actor.execute(prefix, { text: '', action })
      const after = await reward(prefix, i + 1)
      const third = Math.floor((3 * i) / actions.length)
      add(steps, third)
      if (after > before) add(rising, third)
      if (after >= before) add(notFalling, third)
      before = after
    }
  }
  const share = (count: number, third: number): number | undefined =>
    steps[third] === 0 ? undefined : count / (steps[third] as number)
  return { rising: rising.map(share), notFalling: notFalling.map(share) }
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] as number) + 1 // three thirds
}
