/**
 * IPR (Xiong et al., EMNLP 2024; WeiminXiong/IPR): at every step of the expert's trajectory the agent acts once. Its action
 * and the expert's are scored by m rollouts each, and the agent's is also played to its end once, as its own trajectory.
 * Where the step's reward and the final reward both differ by more than 0.01 the same way, the better action is
 * preferred. The expert's action goes on.
 */
import { exactReward, processReward } from '../process-reward.ts'
import { rises } from '../rise.ts'
import { endAfter, replyOf, type TaskEvents, type TaskExploration, usageOf } from './method.ts'
import { createSampler } from './sampler.ts'

/** Reward by which actions must differ to make a pair. */
const DIFFERENCE = 0.01
const EXPERT = 1
const AGENT = 2

export async function* ipr<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, actor, index: task, maxReward, expert } = exploration
  if (expert === undefined) {
    yield { type: 'task-finished', task, reward: 0, end: 'no-expert' }
    return
  }
  const sampler = createSampler(exploration)
  let prefix = start
  let bar = 0
  for (let step = 1; step <= Math.min(config.stepLimit, expert.actions.length); step++) {
    yield { type: 'step-started', task, step, bar }
    const shown = replyOf(actor, prefix, expert.actions[step - 1] as string) // step is within the trajectory
    const drawn = await sampler.proposal(prefix, step, AGENT)
    const next = actor.execute(prefix, shown)
    const other = actor.execute(prefix, drawn)
    const ends = [endAfter(exploration, next, step), endAfter(exploration, other, step)] as const
    for (const [i, { text, action }] of [shown, drawn].entries()) {
      const end = ends[i]
      const head = { task, step, candidate: i + 1, text, action, done: end !== undefined, outcome: end?.reward ?? null }
      yield i === 0
        ? { type: 'candidate-proposed', ...head, source: 'expert' }
        : { type: 'candidate-proposed', ...head, ...usageOf(drawn) }
    }

    let preferred: number | undefined
    if (drawn.action !== shown.action) {
      const rewards: number[] = []
      let final = ends[1]?.reward ?? 0
      for (const [i, from] of [next, other].entries()) {
        const candidate = i + 1
        const end = ends[i]
        let value = exactReward(end?.reward ?? 0)
        if (end === undefined) {
          const own = candidate === AGENT ? 1 : 0
          const rollouts = await sampler.rollouts(from, step, candidate, config.rollouts + own)
          yield* rollouts
          value = processReward(rollouts.slice(0, config.rollouts).map(({ reward }) => reward))
          if (own === 1) final = rollouts[config.rollouts]?.reward ?? 0
        }
        const { mean: reward, standardError } = value
        rewards.push(reward)
        const risen = rises(config, reward, bar, maxReward)
        yield { type: 'candidate-scored', task, step, candidate, reward, standardError, rises: risen }
      }
      const [experts = 0, agents = 0] = rewards
      if (experts - agents > DIFFERENCE && expert.reward - final > DIFFERENCE) preferred = EXPERT
      if (agents - experts > DIFFERENCE && final - expert.reward > DIFFERENCE) preferred = AGENT
      bar = experts
    }

    const chosen = preferred ?? EXPERT
    const observation = actor.observe(next)
    yield { type: 'step-decided', task, step, chosen, continued: EXPERT, reason: 'expert', observation }
    if (preferred !== undefined) {
      yield { type: 'pair-made', task, step, chosen, rejected: preferred === EXPERT ? AGENT : EXPERT }
    }
    prefix = next
    const outcome = actor.outcome(prefix)
    if (outcome !== undefined) {
      yield { type: 'task-finished', task, reward: outcome.reward, end: 'done' }
      return
    }
  }
  yield { type: 'task-finished', task, reward: 0, end: 'step-limit' }
}
