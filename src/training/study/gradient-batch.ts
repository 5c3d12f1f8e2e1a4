/** What an update of a policy-gradient method learns from: the advantages of its method, and one step of its objective. */
import type { GradientMethod, GradientTraining } from '../../core/comparison/gradient-methods.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import { createThinner } from '../../policies/linear/sparse-rows.ts'
import type { AdamStep } from '../adam.ts'
import { createRooms } from '../dpo/rooms.ts'
import type { Replayer } from '../expert.ts'
import { groupInGroup, groupRelative, leaveOneOut } from '../objectives/advantages.ts'
import { linearPolicy, logProbabilities } from '../objectives/differentiable.ts'
import { clippedSurrogate, reinforce, type Trajectory } from '../objectives/surrogate.ts'
import { type Episode, groupOf, valuedEpisode } from './sampled-episodes.ts'

/** A trajectory, before it is known how many share its batch. */
type Sampled = Omit<Trajectory<Decision>, 'share'>

export interface GradientLearner<P> {
  /** What a task, explored by the policy of these weights, teaches. */
  read(actor: Replayer<P>, events: readonly TaskEvent[], weights: Readonly<Float64Array>): readonly Sampled[]
  /** Takes the steps of one update on a batch of tasks: changes the weights in place. */
  update(weights: Float64Array, batch: readonly (readonly Sampled[])[]): void
}

/**
 * @param reference weights of the frozen reference policy
 * @param move Adam on these weights; it lives on from update to update
 * @param observe what the agent reads in a state
 */
export function gradientLearner<P>(
  method: GradientMethod,
  training: GradientTraining,
  reference: Readonly<Float64Array>,
  move: AdamStep,
  observe: (prefix: P) => string,
): GradientLearner<P> {
  const { klWeight } = training
  const normalise = training.normalise === 1
  const rooms = createRooms()
  let thin = createThinner(reference.length)

  function sampled(decisions: readonly Decision[], weights: Readonly<Float64Array>) {
    const old = logProbabilities(decisions, weights, thin, rooms)
    return { decisions, old, reference: logProbabilities(decisions, reference, thin, rooms) }
  }

  function advantagesOf(episodes: readonly (Episode & Pick<Sampled, 'old' | 'reference'>)[]) {
    if (method === 'gigpo') return groupInGroup(episodes, { ...training, normalise })
    const rewards = episodes.map(({ reward }) => reward)
    const each =
      method === 'grpo'
        ? groupRelative(rewards, normalise)
        : leaveOneOut(episodes.map((episode) => episode.reward - klWeight * divergence(episode)))
    return episodes.map(({ decisions }, i) => decisions.map(() => each[i] as number)) // one for each
  }

  return {
    read(actor, events, weights) {
      if (method === 'vineppo') {
        const { decisions, advantages } = valuedEpisode(actor, events)
        return [{ ...sampled(decisions, weights), advantages }]
      }
      const episodes = groupOf(actor, events, method === 'gigpo' ? observe : () => '').map((episode) => ({
        ...episode,
        ...sampled(episode.decisions, weights),
      }))
      const advantages = advantagesOf(episodes)
      return episodes.map(({ decisions, old, reference }, i) => {
        return { decisions, old, reference, advantages: advantages[i] as readonly number[] } // one for each
      })
    },
    update(weights, batch) {
      const all = batch.flat().filter(({ decisions }) => decisions.length > 0)
      const steps = all.reduce((sum, { decisions }) => sum + decisions.length, 0)
      const shareOf = ({ decisions }: Sampled): number => {
        if (method === 'vineppo') return 1 / steps
        return method === 'rloo' || !normalise ? 1 / all.length : 1 / all.length / decisions.length
      }
      const trajectories = all.map((one) => ({ ...one, share: shareOf(one) }))
      const gradient = new Float64Array(weights.length)
      for (let epoch = 0; epoch < (method === 'rloo' ? 1 : training.epochs); epoch++) {
        gradient.fill(0)
        const policy = linearPolicy(weights, gradient, thin, rooms)
        if (method === 'rloo') reinforce(trajectories, policy)
        else clippedSurrogate(trajectories, policy, training)
        move(weights, gradient)
      }
      thin = createThinner(weights.length) // what the batch has packed goes
    },
  }
}

/** log pi_old - log ref of a whole episode: what RLOO takes from its reward. */
function divergence({ old, reference }: Pick<Sampled, 'old' | 'reference'>): number {
  return old.reduce((sum, log, i) => sum + log - (reference[i] as number), 0)
}
