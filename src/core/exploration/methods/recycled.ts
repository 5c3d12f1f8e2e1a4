/**
 * RRO with recycled rollouts: our own variant. The rollouts that scored the accepted action are samples of the next
 * action, each with an outcome, already paid for. So the candidates of a step are the actions that the rollouts through
 * its state took, and the bar is the mean of their outcomes: an unbiased estimate of the state's value, where RRO's bar, an
 * accepted estimate, is biased upward by its own selection. The most promising candidate is verified by m fresh
 * rollouts; it rises if their mean reaches the bar, else the next one is verified, up to K. Where every outcome through a
 * state is the same, nothing can rise, and the task gives its budget to the next. Wherever rollouts part, their
 * outcomes make pairs (rollout-tree.ts).
 */
import { exactReward, processReward, roundReward } from '../process-reward.ts'
import { rises } from '../rise.ts'
import { endAfter, type TaskEvents, type TaskExploration } from './method.ts'
import { addRollout, branchPairs, type RolloutNode, rootOf, siblingPairs, stateValue } from './rollout-tree.ts'
import { createSampler } from './sampler.ts'

export async function* recycled<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, actor, index: task, maxReward } = exploration
  const sampler = createSampler(exploration)
  let node = rootOf(actor, start)
  for (const rollout of await sampler.rollouts(start, 0, 0, config.startRollouts)) {
    yield rollout
    addRollout(actor, node, rollout)
  }

  for (let step = 1; step <= config.stepLimit; step++) {
    const bar = stateValue(node)
    if (node.least === node.most) {
      yield { type: 'task-finished', task, reward: bar, end: 'no-difference' }
      return
    }
    yield { type: 'step-started', task, step, bar }
    const siblings = byPromise(node)
    for (const [i, { proposal, prefix, rollouts, sum }] of siblings.entries()) {
      const end = endAfter(exploration, prefix, step)
      const seen = { rollouts, reward: roundReward(sum / rollouts) }
      yield {
        ...{ type: 'candidate-proposed', task, step, candidate: i + 1, ...proposal },
        ...{ done: end !== undefined, outcome: end?.reward ?? null, source: 'recycled', recycled: seen },
      }
    }

    let rising: RolloutNode<P> | undefined
    const verified: RolloutNode<P>[] = []
    for (const [i, candidate] of siblings.slice(0, config.candidates).entries()) {
      const end = endAfter(exploration, candidate.prefix, step)
      let value = exactReward(end?.reward ?? 0)
      if (end === undefined) {
        const fresh = await sampler.rollouts(candidate.prefix, step, i + 1, config.rollouts)
        yield* fresh
        for (const rollout of fresh) addRollout(actor, candidate, rollout)
        value = processReward(fresh.map(({ reward }) => reward))
      }
      verified.push(candidate)
      const { mean: reward, standardError } = value
      const risen = rises(config, reward, bar, maxReward)
      yield { type: 'candidate-scored', task, step, candidate: i + 1, reward, standardError, rises: risen }
      if (risen) {
        rising = candidate
        break
      }
    }

    const chosen = rising ?? verified.reduce((best, one) => (stateValue(one) > stateValue(best) ? one : best))
    const number = siblings.indexOf(chosen) + 1
    const reason = rising === undefined ? 'no-rise' : 'rise'
    const observation = actor.observe(chosen.prefix)
    yield { type: 'step-decided', task, step, chosen: number, continued: number, reason, observation }
    for (const pair of siblingPairs(node)) {
      if (pair.weight === 0) continue
      yield {
        ...{ type: 'pair-made', task, step, chosen: siblings.indexOf(pair.chosen) + 1 },
        ...{ rejected: siblings.indexOf(pair.rejected) + 1, weight: pair.weight },
        ...{ chosenReward: stateValue(pair.chosen), rejectedReward: stateValue(pair.rejected) },
      }
    }
    for (const sibling of siblings) if (sibling !== chosen) yield* branchPairs(actor, sibling, task, step)

    if (chosen.end !== undefined) {
      yield { type: 'task-finished', task, reward: chosen.end.reward, end: 'done' }
      return
    }
    node = chosen
  }
  yield { type: 'task-finished', task, reward: 0, end: 'step-limit' }
}

/** The children by mean outcome, then by how often they were seen; the one drawn first of equals. */
function byPromise<P>({ children }: RolloutNode<P>): RolloutNode<P>[] {
  return [...children.values()].sort((a, b) => stateValue(b) - stateValue(a) || b.rollouts - a.rollouts)
}
