/** The parts that the checks of all methods share: steps, candidates, rollouts, scores, the end of a task. */

import { exactReward, type ProcessReward, processReward } from '../../core/exploration/process-reward.ts'
import { rises } from '../../core/exploration/rise.ts'
import type {
  CandidateProposed,
  RolloutFinished,
  RunStarted,
  StepStarted,
  TaskFinished,
} from '../../core/log/events.ts'
import { type Check, type Part, take } from './expectation.ts'

/** Sums are computed in the same order everywhere; the room is for logs of other programs. */
const SAME = 1e-9

export function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME
}

export function outside({ minReward, maxReward }: RunStarted, reward: number): string | undefined {
  return reward < minReward || reward > maxReward ? `outside ${minReward} to ${maxReward}` : undefined
}

export function* stepStarted(step: number, bar: number): Check {
  yield* take('step-started', undefined, (event) => stepFault(event, step, bar))
}

export function stepFault(event: StepStarted, step: number, bar: number): string | undefined {
  if (event.step !== step) return `starts step ${event.step} where step ${step} is expected`
  return close(event.bar, bar) ? undefined : `has the bar ${event.bar} where ${bar} follows from the log`
}

/** What is wrong with a candidate by itself. Where it came from and what it cost is for its method to say. */
export function candidateFault(run: RunStarted, event: CandidateProposed, number: number): string | undefined {
  const { step, candidate, done, outcome } = event
  if (candidate !== number) return `has candidate ${candidate} where candidate ${number} is expected`
  if (done !== (outcome !== null)) return 'disagrees with itself on whether the episode is done'
  if (step === run.config.stepLimit && !done) return 'goes on at the step limit'
  const range = outcome === null ? undefined : outside(run, outcome)
  return range && `has the outcome ${outcome}, ${range}`
}

/**
 * A candidate that was drawn from the policy, for one call.
 * @param other one of the same step: the same action comes to the same end
 */
export function* drawnCandidate(
  run: RunStarted,
  step: number,
  number: number,
  other?: CandidateProposed,
): Part<CandidateProposed> {
  return yield* take('candidate-proposed', step, (event) => {
    const { source, calls, recycled } = event
    const drawn = run.config.policy === 'human' ? 'you' : undefined
    if (drawn === 'you' && source !== drawn) return 'is not marked as yours, in a run where you act'
    if (source !== drawn || calls !== undefined || recycled !== undefined) return notPlain('a candidate')
    if (other?.action === event.action && other.outcome !== event.outcome) return 'ends otherwise than the same action'
    return candidateFault(run, event, number)
  })
}

export function notPlain(what: string): string {
  return `says more of ${what} than this method does`
}

/** What is wrong with a rollout by itself. */
export function rolloutFault(run: RunStarted, event: RolloutFinished, of: number, number: number): string | undefined {
  const { candidate, rollout, reward, actions, step } = event
  if (candidate !== of) return `rolls out candidate ${candidate} where candidate ${of} is expected`
  if (rollout !== number) return `has rollout ${rollout} where rollout ${number} is expected`
  const range = outside(run, reward)
  if (range !== undefined) return `has the reward ${reward}, ${range}`
  for (const told of [event.texts, event.usages])
    if (told !== undefined && told.length !== actions.length) return 'has another number of replies than of actions'
  return actions.length > run.config.stepLimit - step ? 'takes more actions than the step limit leaves' : undefined
}

/** @param more what else must hold of each */
export function* rollouts(
  run: RunStarted,
  step: number,
  candidate: number,
  count: number,
  more: (event: RolloutFinished) => string | undefined = () => undefined,
): Part<readonly RolloutFinished[]> {
  const events: RolloutFinished[] = []
  for (let number = 1; number <= count; number++) {
    const event = yield* take('rollout-finished', step, (event) => {
      if (event.calls !== undefined) return notPlain('a rollout')
      return rolloutFault(run, event, candidate, number) ?? more(event)
    })
    events.push(event)
  }
  return events
}

export function rewardsOf(events: readonly RolloutFinished[]): number[] {
  return events.map(({ reward }) => reward)
}

/** What a candidate is worth: its outcome where it ended the episode, else the mean of rollouts. */
export function worthOf({ outcome }: CandidateProposed, rewards: readonly number[]): ProcessReward {
  return outcome === null ? processReward(rewards) : exactReward(outcome)
}

export interface Scored {
  readonly reward: number
  readonly rises: boolean
}

export function* scored(
  run: RunStarted,
  { step, candidate, outcome }: CandidateProposed,
  value: ProcessReward,
  bar: number,
): Part<Scored> {
  return yield* take('candidate-scored', step, (event) => {
    const { reward, standardError } = event
    if (event.candidate !== candidate)
      return `scores candidate ${event.candidate} where candidate ${candidate} is expected`
    if (!close(reward, value.mean)) {
      const source = outcome === null ? 'the mean of its rollouts' : 'its outcome'
      return `has the process reward ${reward} where ${source} is ${value.mean}`
    }
    if (!close(standardError ?? -1, value.standardError ?? -1))
      return `has the standard error ${standardError} where its rollouts give ${value.standardError}`
    if (event.rises !== rises(run.config, reward, bar, run.maxReward))
      return `says that ${reward} ${event.rises ? 'rises' : 'does not rise'} over the bar ${bar}`
    return undefined
  })
}

/** The end of a task in one way. */
export function* finished(reward: number, ...ends: readonly TaskFinished['end'][]): Check {
  yield* take('task-finished', undefined, (event) => endFault(event, reward, ends))
}

export function endFault(
  event: TaskFinished,
  reward: number,
  ends: readonly TaskFinished['end'][],
): string | undefined {
  if (!close(event.reward, reward)) return `ends with the reward ${event.reward} where the outcome is ${reward}`
  return ends.includes(event.end) ? undefined : `ends as ${event.end}, against the log`
}

/** How a task may end with an outcome after `step`: at the step limit it may be the limit's. */
export function endsAfter({ config }: RunStarted, step: number, outcome: number): readonly TaskFinished['end'][] {
  return step === config.stepLimit && outcome === 0 ? ['done', 'step-limit'] : ['done']
}
