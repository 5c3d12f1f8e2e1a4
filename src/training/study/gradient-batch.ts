/** What an update of a policy-gradient method learns from: the advantages of its method, and one step of its objective. */
import type { GradientMethod, GradientTraining } from '../../core/comparison/gradient-methods.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import type { Replayer } from '../expert.ts'
import type { Learner } from '../learner.ts'
import { groupInGroup, groupRelative, leaveOneOut } from '../objectives/advantages.ts'
import { clippedSurrogate, reinforce, type Trajectory } from '../objectives/surrogate.ts'
import { type Episode, groupOf, valuedEpisode } from './sampled-episodes.ts'

/** A trajectory, before it is known how many share its batch. */
export type Sampled<D> = Omit<Trajectory<D>, 'share'>

export interface GradientLearner<P, D> {
  /** Tokens that reading a task and learning from it take. */
  tokens(actor: Replayer<P, D>, events: readonly TaskEvent[]): number
  /** What a task teaches that was explored by the policy as it is. */
  read(actor: Replayer<P, D>, events: readonly TaskEvent[]): readonly Sampled<D>[]
  /** Takes the steps of one update on a batch of tasks. */
  update(batch: readonly (readonly Sampled<D>[])[]): void
}

/** Steps that an update takes: RLOO's gradient is right for the policy that sampled only. */
export function stepsOf(method: GradientMethod, { epochs }: Pick<GradientTraining, 'epochs'>): number {
  return method === 'rloo' ? 1 : epochs
}

/**
 * @param learner the policy, which is the reference to begin with; its optimiser lives on from update to update
 * @param observe what the agent reads in a state
 */
export function gradientLearner<P, D>(
  method: GradientMethod,
  training: GradientTraining,
  learner: Learner<D>,
  observe: (prefix: P) => string,
): GradientLearner<P, D> {
  const { klWeight } = training
  const normalise = training.normalise === 1
  const looksBack = method !== 'rloo' || klWeight !== 0

  /** Without a divergence nobody looks at the reference, and RLOO not at what was. */
  function sampled(decisions: readonly D[]) {
    const old = looksBack ? learner.logs(decisions) : decisions.map(() => 0)
    return { decisions, old, reference: klWeight === 0 ? old : learner.reference(decisions) }
  }

  function advantagesOf(episodes: readonly (Episode<D> & Pick<Sampled<D>, 'old' | 'reference'>)[]) {
    if (method === 'gigpo') return groupInGroup(episodes, { ...training, normalise })
    const rewards = episodes.map(({ reward }) => reward)
    const each =
      method === 'grpo'
        ? groupRelative(rewards, normalise)
        : leaveOneOut(episodes.map((episode) => episode.reward - klWeight * divergence(episode)))
    return episodes.map(({ decisions }, i) => decisions.map(() => each[i] as number)) // one for each
  }

  const episodesOf = (actor: Replayer<P, D>, events: readonly TaskEvent[]) =>
    groupOf(actor, events, method === 'gigpo' ? observe : () => '')

  return {
    tokens(actor, events) {
      const { tokens } = learner
      if (tokens === undefined) return 0
      const episodes = method === 'vineppo' ? [valuedEpisode(actor, events)] : episodesOf(actor, events)
      const once = episodes.reduce((sum, { decisions }) => sum + tokens(decisions), 0)
      return once * (stepsOf(method, training) + (looksBack ? 1 : 0) + (klWeight === 0 ? 0 : 1))
    },
    read(actor, events) {
      if (method === 'vineppo') {
        const { decisions, advantages } = valuedEpisode(actor, events)
        return [{ ...sampled(decisions), advantages }]
      }
      const episodes = episodesOf(actor, events).map((episode) => ({ ...episode, ...sampled(episode.decisions) }))
      const advantages = advantagesOf(episodes)
      return episodes.map(({ decisions, old, reference }, i) => {
        return { decisions, old, reference, advantages: advantages[i] as readonly number[] } // one for each
      })
    },
    update(batch) {
      const all = batch.flat().filter(({ decisions }) => decisions.length > 0)
      const steps = all.reduce((sum, { decisions }) => sum + decisions.length, 0)
      const shareOf = ({ decisions }: Sampled<D>): number => {
        if (method === 'vineppo') return 1 / steps
        return method === 'rloo' || !normalise ? 1 / all.length : 1 / all.length / decisions.length
      }
      const trajectories = all.map((one) => ({ ...one, share: shareOf(one) }))
      for (let step = 0; step < stepsOf(method, training); step++) {
        if (method === 'rloo') reinforce(trajectories, learner)
        else clippedSurrogate(trajectories, learner, training)
        learner.step()
      }
      learner.forget()
    },
  }
}

/** log pi_old - log ref of a whole episode: what RLOO takes from its reward. */
function divergence({ old, reference }: Pick<Sampled<unknown>, 'old' | 'reference'>): number {
  return old.reduce((sum, log, i) => sum + log - (reference[i] as number), 0)
}
