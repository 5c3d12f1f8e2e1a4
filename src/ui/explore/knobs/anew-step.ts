/** A step as it would stand under other settings: what the words and numbers of recorded steps are told from. */
import type { Redecision, Rules } from '../../../core/exploration/redecide.ts'
import type { CandidateScored } from '../../../core/log/events.ts'
import type { CandidateState, StepState } from '../../../core/log/fold-task.ts'

/** Only the candidates that it comes to draw, as far as is known. @param step with what was drawn on top */
export function anewStep(step: StepState, { bar, candidates, decision }: Redecision, { rollouts }: Rules): StepState {
  const drawn = step.candidates.flatMap((candidate, i): CandidateState | [] => {
    const { value, rises, wanted, number } = candidates[i] ?? {}
    if (wanted !== true) return []
    const { task } = candidate.proposed
    const place = { task, step: step.step, candidate: number ?? i + 1 }
    const scored: CandidateScored | undefined =
      value === undefined || rises === undefined
        ? undefined
        : { type: 'candidate-scored', ...place, reward: value.mean, standardError: value.standardError, rises }
    return { ...candidate, rollouts: candidate.rollouts.slice(0, rollouts), scored }
  })
  const { chosen = 0, continued = 0, reason = 'rise', rejected = [] } = decision ?? {}
  const { task = 0 } = step.candidates[0]?.proposed ?? {}
  return {
    ...{ ...step, bar: bar ?? step.bar, candidates: drawn },
    decided: decision && { type: 'step-decided', task, step: step.step, chosen, continued, reason, observation: '' },
    pairs: rejected.map((lower) => ({ chosen, rejected: lower })),
  }
}
