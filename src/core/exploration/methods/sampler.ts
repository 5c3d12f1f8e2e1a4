/** Samples a task's proposals and rollouts by named stream, except for what the record already has. */

import type { RolloutFinished } from '../../log/events.ts'
import type { Maybe, Proposal, Rollout } from '../actor.ts'
import { NOTHING_RECORDED } from '../record.ts'
import { type TaskExploration, taskStream } from './method.ts'

export interface Sampler<P> {
  /** The next action, drawn from the policy; counted from 1. */
  proposal(prefix: P, step: number, candidate: number): Maybe<Proposal>
  /** `count` rollouts to the end of the episode from the prefix that a candidate of `step` leads to, as events. */
  rollouts(prefix: P, step: number, candidate: number, count: number): Promise<readonly RolloutFinished[]>
}

export function createSampler<P>(exploration: TaskExploration<P>): Sampler<P> {
  const { config, actor, index: task, signal, record = NOTHING_RECORDED } = exploration
  const root = taskStream(exploration)
  return {
    proposal(prefix, step, candidate) {
      const recorded = record.proposal(step, candidate)
      if (recorded !== undefined) return recorded
      return actor.propose(prefix, config.temperature, root.child('propose', step, candidate), signal)
    },
    async rollouts(prefix, step, candidate, count) {
      const numbers = Array.from({ length: count }, (_, i) => i + 1)
      const recorded = numbers.map((number) => record.rollout(step, candidate, number))
      const missing = numbers.filter((_, i) => recorded[i] === undefined)
      const streams = missing.map((number) => root.child('rollout', step, candidate, number))
      const limit = config.stepLimit - step
      const sampled =
        missing.length === 0 ? [] : await actor.rollouts(prefix, limit, config.temperature, streams, signal)
      let used = 0
      return recorded.map((known, i) => {
        const { actions, reward, texts, usages } = known ?? (sampled[used++] as Rollout) // one for each that is missing
        const said = { ...(texts && { texts }), ...(usages && { usages }) }
        return { type: 'rollout-finished', task, step, candidate, rollout: i + 1, actions, reward, ...said }
      })
    },
  }
}
