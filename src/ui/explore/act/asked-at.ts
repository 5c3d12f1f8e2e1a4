/** The state in which an action of the visitor's own is asked: the one they look at, or else the one before it, with why. */
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import { type Selection, START, stepAt } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'

export interface AskedAt {
  /** As far as it is shown. */
  readonly step: StepState
  /** Which state it is, in a sentence. */
  readonly words: string
}

/** What leads to the state in which a step begins. */
export function placeBefore({ steps }: TaskState, step: number): Selection {
  const before = steps[step - 2]
  return before === undefined ? START : { step: before.step, candidate: before.decided?.continued ?? 1 }
}

/**
 * @param shown the task as far as it is shown, which holds what is looked at
 * @param known the task as far as the log goes: a step that is not shown yet can be asked at
 * @param at what is looked at: the state after it
 * @returns undefined while no step has begun
 */
export function askedAt(shown: TaskState, known: TaskState, at: Selection): AskedAt | undefined {
  const step = stepAt(shown, at)
  const candidate = step?.candidates[at.candidate - 1]
  const next = known.steps[at.step]
  if (step === undefined || candidate === undefined) {
    const first = stepOf(shown, known, 1)
    return first && { step: first, words: 'Asked at the start of the task, which is what you see.' }
  }
  const action = actionWords(candidate.proposed.action)
  if (step.decided?.continued === at.candidate && next !== undefined) {
    const after = stepOf(shown, known, next.step) ?? next
    return { step: after, words: `Asked in the state that you see, after ${action}.` }
  }
  return { step, words: `Asked before ${action}, at the beginning of step ${step.step}: ${why(step, at)}` }
}

function why({ candidates, decided }: StepState, { candidate }: Selection): string {
  if (candidates[candidate - 1]?.proposed.done === true) return 'it ends the episode, and after it nothing can be done.'
  if (decided === undefined) return 'its step is not decided yet, so that no step begins after it.'
  if (decided.continued !== candidate) return 'the path does not go on from it.'
  return 'no step begins after it, as far as the run has come.'
}

/** A step of which only what is shown counts. */
function stepOf(shown: TaskState, known: TaskState, step: number): StepState | undefined {
  const begun = known.steps[step - 1]
  return shown.steps[step - 1] ?? (begun && { ...begun, candidates: [], decided: undefined, pairs: [] })
}
