/**
 * What a run with more candidates or rollouts would have drawn at a step of a recorded task: by the same named streams, so
 * that it is what such a run has, draw for draw. Nothing of it comes into the log.
 */
import type { CandidateProposed, RolloutFinished } from '../log/events.ts'
import type { TaskState } from '../log/fold-task.ts'
import type { TaskExploration } from './methods/method.ts'
import { createSampler } from './methods/sampler.ts'
import { drawCandidate } from './methods/stepwise.ts'

/** A candidate of a step, with this many rollouts. Step 0, candidate 0 is the start. */
export interface Draw {
  readonly step: number
  readonly candidate: number
  readonly rollouts: number
}

/**
 * @param exploration of the task, with what is recorded of it
 * @param task as far as it is recorded; it has come to the step
 */
export async function drawMore<P>(
  exploration: TaskExploration<P>,
  task: TaskState,
  { step, candidate, rollouts }: Draw,
): Promise<readonly (CandidateProposed | RolloutFinished)[]> {
  const { actor, config } = exploration
  const sampler = createSampler(exploration)
  const start = actor.begin(exploration.task)
  if (step === 0) return sampler.rollouts(start, 0, 0, rollouts)
  const prefix = task.steps.slice(0, step - 1).reduce((at, { candidates, decided }) => {
    const continued = candidates[(decided?.continued ?? 0) - 1]?.proposed
    return continued === undefined ? at : actor.execute(at, continued)
  }, start)
  const drawn: (CandidateProposed | RolloutFinished)[] = []
  const further = { ...exploration, config: { ...config, rollouts } }
  for await (const event of drawCandidate(further, sampler, prefix, step, candidate, 0))
    if (event.type === 'candidate-proposed' || event.type === 'rollout-finished') drawn.push(event)
  return drawn
}
