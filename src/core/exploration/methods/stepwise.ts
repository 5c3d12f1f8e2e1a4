/**
 * Reward rising sampling (RRO, arXiv 2505.20737) and fixed-size exploration, which differ only in when a step stops
 * drawing and how it picks. Candidates are drawn one at a time, each is scored by m rollouts.
 */

import type { RunConfig } from '../../settings/settings.ts'
import type { Proposal } from '../actor.ts'
import { exactReward, processReward } from '../process-reward.ts'
import { rises } from '../rise.ts'
import { endAfter, type TaskEvents, type TaskExploration, usageOf } from './method.ts'
import { createSampler, type Sampler } from './sampler.ts'

interface Candidate<P> {
  readonly number: number
  readonly proposal: Proposal
  readonly prefix: P
  readonly reward: number
  readonly rises: boolean
}

export async function* stepwise<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, actor, index: task } = exploration
  const sampler = createSampler(exploration)
  let prefix = start
  let bar = 0
  if (config.firstBar === 'value') {
    const rollouts = await sampler.rollouts(prefix, 0, 0, config.rollouts)
    yield* rollouts
    bar = processReward(rollouts.map(({ reward }) => reward)).mean
  }

  for (let step = 1; step <= config.stepLimit; step++) {
    yield { type: 'step-started', task, step, bar }
    const drawn: Candidate<P>[] = []
    let most = config.candidates
    while (drawn.length < most) {
      const candidate: Candidate<P> = yield* drawCandidate(exploration, sampler, prefix, step, drawn.length + 1, bar)
      drawn.push(candidate)
      if (config.method === 'rro' && candidate.rises) {
        most = drawn.length === 1 && config.firstRise === 'draw-one-more' ? Math.min(2, most) : drawn.length
      }
    }

    const chosen = choose(config, drawn)
    const first = drawn[0] as Candidate<P> // at least one was drawn
    const continued = config.continuation === 'first' ? first : chosen
    const reason = config.method === 'fixed-size' ? 'best-of-k' : drawn.some((c) => c.rises) ? 'rise' : 'no-rise'
    const observation = actor.observe(continued.prefix)
    yield { type: 'step-decided', task, step, chosen: chosen.number, continued: continued.number, reason, observation }
    if (reason !== 'no-rise' || config.noRise !== 'keep-best-unpaired') {
      for (const rejected of rejectedBy(config, chosen, drawn)) {
        yield { type: 'pair-made', task, step, chosen: chosen.number, rejected: rejected.number }
      }
    }

    prefix = continued.prefix
    bar = continued.reward
    const outcome = actor.outcome(prefix)
    if (outcome !== undefined) {
      yield { type: 'task-finished', task, reward: outcome.reward, end: 'done' }
      return
    }
    if (reason === 'no-rise' && config.noRise === 'end-task') {
      yield { type: 'task-finished', task, reward: 0, end: 'no-rise' }
      return
    }
  }
  yield { type: 'task-finished', task, reward: 0, end: 'step-limit' }
}

async function* drawCandidate<P>(
  exploration: TaskExploration<P>,
  sampler: Sampler<P>,
  prefix: P,
  step: number,
  number: number,
  bar: number,
): TaskEvents<Candidate<P>> {
  const { actor, config, index: task, maxReward } = exploration
  const proposal = await sampler.proposal(prefix, step, number)
  const next = actor.execute(prefix, proposal)
  const end = endAfter(exploration, next, step)
  const { text, action } = proposal
  const done = end !== undefined
  const head = { task, step, candidate: number, text, action, done, outcome: end?.reward ?? null }
  const from = config.policy === 'human' ? ({ source: 'you' } as const) : undefined
  yield { type: 'candidate-proposed', ...head, ...from, ...usageOf(proposal) }
  let value = exactReward(end?.reward ?? 0)
  if (!done) {
    const rollouts = await sampler.rollouts(next, step, number, config.rollouts)
    yield* rollouts
    value = processReward(rollouts.map(({ reward }) => reward))
  }
  const { mean: reward, standardError } = value
  const risen = rises(config, reward, bar, maxReward)
  yield { type: 'candidate-scored', task, step, candidate: number, reward, standardError, rises: risen }
  return { number, proposal, prefix: next, reward, rises: risen }
}

/** The rising candidate of RRO (it is the only one unless one more was drawn), else the best; the earlier one of equals. */
function choose<P>(config: RunConfig, drawn: readonly Candidate<P>[]): Candidate<P> {
  const risen = config.method === 'rro' ? drawn.filter((candidate) => candidate.rises) : []
  return (risen.length > 0 ? risen : drawn).reduce((best, candidate) =>
    candidate.reward > best.reward ? candidate : best,
  )
}

/** Who the chosen candidate is preferred to: strictly lower process reward, another action, as the pairing says. */
function rejectedBy<P>(config: RunConfig, chosen: Candidate<P>, drawn: readonly Candidate<P>[]): Candidate<P>[] {
  const lower = drawn.filter(
    (candidate) => candidate.reward < chosen.reward && candidate.proposal.action !== chosen.proposal.action,
  )
  switch (config.pairing) {
    case 'all-lower':
      return lower
    case 'worst':
      return lower.length === 0 ? [] : [lower.reduce((worst, c) => (c.reward < worst.reward ? c : worst))]
    case 'previous':
      return lower.filter((candidate) => candidate.number === chosen.number - 1)
  }
}
