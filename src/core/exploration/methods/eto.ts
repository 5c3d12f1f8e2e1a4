/**
 * ETO (Song et al., ACL 2024; Yifan-Song793/ETO): the agent plays the task once, and its whole trajectory stands against
 * the expert's. The one with the lower outcome is rejected; ties are dropped.
 */
import type { Turn } from '../../log/events.ts'
import { roundReward } from '../process-reward.ts'
import { endAfter, replyOf, type TaskEvents, type TaskExploration, usageOf } from './method.ts'
import { createSampler } from './sampler.ts'

export async function* eto<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, actor, index: task, expert } = exploration
  if (expert === undefined) {
    yield { type: 'task-finished', task, reward: 0, end: 'no-expert' }
    return
  }
  const sampler = createSampler(exploration)
  let prefix = start
  let end: { readonly reward: number } | undefined
  for (let step = 1; end === undefined && step <= config.stepLimit; step++) {
    yield { type: 'step-started', task, step, bar: 0 }
    const proposal = await sampler.proposal(prefix, step, 1)
    const { text, action } = proposal
    prefix = actor.execute(prefix, proposal)
    end = endAfter(exploration, prefix, step)
    const done = end !== undefined
    const head = { task, step, candidate: 1, text, action, done, outcome: end?.reward ?? null }
    yield { type: 'candidate-proposed', ...head, ...usageOf(proposal) }
    const observation = actor.observe(prefix)
    yield { type: 'step-decided', task, step, chosen: 1, continued: 1, reason: 'only', observation }
  }
  const reward = roundReward(end?.reward ?? 0)
  const expertReward = roundReward(expert.reward)
  if (reward !== expertReward) {
    const chosen = expertReward > reward ? 'expert' : 'agent'
    yield { type: 'trajectory-pair-made', task, chosen, expert: turnsOf(exploration, start), expertReward }
  }
  const finished = actor.outcome(prefix) !== undefined
  yield { type: 'task-finished', task, reward, end: finished ? 'done' : 'step-limit' }
}

function turnsOf<P>({ actor, expert }: TaskExploration<P>, start: P): Turn[] {
  let prefix = start
  return (expert?.actions ?? []).map((action, i, all) => {
    const proposal = replyOf(actor, prefix, action)
    prefix = actor.execute(prefix, proposal)
    return { ...proposal, observation: i === all.length - 1 ? '' : actor.observe(prefix) }
  })
}
