/**
 * Exploration of one task: reward rising sampling (RRO, arXiv 2505.20737) and fixed-size exploration, which differ only
 * in when a step stops drawing and how it picks. Candidates are drawn one at a time, each is scored by m rollouts.
 *
 * What is already recorded (a run being resumed) is taken from the record instead of being sampled again.
 */
import type { Actor, Maybe, Proposal, Rollout, TaskWords } from './actor.ts'
import type { CandidateScored, TaskEvent } from './events.ts'
import { exactReward, processReward } from './process-reward.ts'
import type { RandomStream } from './random.ts'
import { NOTHING_RECORDED, type TaskRecord } from './record.ts'
import { rises } from './rise.ts'
import type { RunConfig } from './settings.ts'

export interface TaskExploration<P> {
  readonly config: RunConfig
  readonly actor: Actor<P>
  readonly maxReward: number
  /** Index of the task in the run. */
  readonly index: number
  readonly task: TaskWords
  /** The run's root stream. */
  readonly random: RandomStream
  readonly record?: TaskRecord
  readonly signal?: AbortSignal
}

interface Candidate<P> {
  readonly number: number
  readonly proposal: Proposal
  readonly prefix: P
  readonly reward: number
  readonly rises: boolean
}

export async function* exploreTask<P>(exploration: TaskExploration<P>): AsyncGenerator<TaskEvent, void, void> {
  const { config, actor, index: task, maxReward } = exploration
  const sampler = createSampler(exploration)
  let prefix = actor.begin(exploration.task)
  const { id: taskId, instruction } = exploration.task
  yield { type: 'task-started', task, taskId, instruction, observation: actor.observe(prefix) }

  let bar = 0
  if (config.firstBar === 'value') {
    const { events, outcomes } = await sampler.rollouts(prefix, 0, 0)
    yield* events
    bar = processReward(outcomes).mean
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

  async function* drawCandidate(
    { actor, config }: TaskExploration<P>,
    sampler: Sampler<P>,
    prefix: P,
    step: number,
    number: number,
    bar: number,
  ): AsyncGenerator<TaskEvent, Candidate<P>, void> {
    const proposal = await sampler.proposal(prefix, step, number)
    const next = actor.execute(prefix, proposal)
    const end = actor.outcome(next) ?? (step === config.stepLimit ? { reward: 0 } : undefined)
    const { text, action } = proposal
    const done = end !== undefined
    const proposed = { task, step, candidate: number, text, action, done, outcome: end?.reward ?? null }
    yield { type: 'candidate-proposed', ...proposed, ...(proposal.usage && { usage: proposal.usage }) }
    let value = exactReward(end?.reward ?? 0)
    if (!done) {
      const { events, outcomes } = await sampler.rollouts(next, step, number)
      yield* events
      value = processReward(outcomes)
    }
    const { mean: reward, standardError } = value
    const risen = rises(config, reward, bar, maxReward)
    const scored: CandidateScored = {
      type: 'candidate-scored',
      ...{ task, step, candidate: number, reward, standardError, rises: risen },
    }
    yield scored
    return { number, proposal, prefix: next, reward, rises: risen }
  }
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

interface Sampler<P> {
  proposal(prefix: P, step: number, candidate: number): Maybe<Proposal>
  rollouts(prefix: P, step: number, candidate: number): Promise<{ events: TaskEvent[]; outcomes: number[] }>
}

/** Samples from the actor by named stream, except for what the record already has. */
function createSampler<P>(exploration: TaskExploration<P>): Sampler<P> {
  const { config, actor, index: task, signal, record = NOTHING_RECORDED } = exploration
  const root = exploration.random.child('task', task)
  return {
    proposal(prefix, step, candidate) {
      const recorded = record.proposal(step, candidate)
      if (recorded !== undefined) return recorded
      return actor.propose(prefix, config.temperature, root.child('propose', step, candidate), signal)
    },
    async rollouts(prefix, step, candidate) {
      const numbers = Array.from({ length: config.rollouts }, (_, i) => i + 1)
      const known = new Map<number, Rollout>()
      for (const number of numbers) {
        const recorded = record.rollout(step, candidate, number)
        if (recorded !== undefined) known.set(number, recorded)
      }
      const missing = numbers.filter((number) => !known.has(number))
      const streams = missing.map((number) => root.child('rollout', step, candidate, number))
      const limit = config.stepLimit - step
      const sampled =
        missing.length === 0 ? [] : await actor.rollouts(prefix, limit, config.temperature, streams, signal)
      missing.forEach((number, i) => {
        known.set(number, sampled[i] as Rollout) // one for each stream, by the actor's contract
      })
      const events = numbers.map((rollout): TaskEvent => {
        const { actions, reward, texts, usages } = known.get(rollout) as Rollout // filled above
        const said = { ...(texts && { texts }), ...(usages && { usages }) }
        return { type: 'rollout-finished', task, step, candidate, rollout, actions, reward, ...said }
      })
      return { events, outcomes: numbers.map((number) => (known.get(number) as Rollout).reward) }
    },
  }
}
