/**
 * Reward rising sampling (RRO, arXiv 2505.20737) and fixed-size exploration, which differ only in when a step stops
 * drawing and how it picks. Candidates are drawn one at a time, each is scored by m rollouts.
 */

import { exactReward, processReward } from '../process-reward.ts'
import { rises } from '../rise.ts'
import { decide, drawsAnother, type ScoredCandidate } from '../step-decision.ts'
import { endAfter, type TaskEvents, type TaskExploration, usageOf } from './method.ts'
import { createSampler, type Sampler } from './sampler.ts'

interface Candidate<P> extends ScoredCandidate {
  readonly prefix: P
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
    do drawn.push(yield* drawCandidate(exploration, sampler, prefix, step, drawn.length + 1, bar))
    while (drawsAnother(config, drawn))

    const { chosen, continued: goesOn, reason, rejected } = decide(config, drawn)
    const continued = drawn[goesOn - 1] as Candidate<P> // one of those drawn
    const observation = actor.observe(continued.prefix)
    yield { type: 'step-decided', task, step, chosen, continued: goesOn, reason, observation }
    for (const lower of rejected) yield { type: 'pair-made', task, step, chosen, rejected: lower }

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

/** One candidate, proposed and scored. */
export async function* drawCandidate<P>(
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
  return { number, action, prefix: next, reward, rises: risen }
}
