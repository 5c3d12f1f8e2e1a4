/**
 * The one selection that the three panes share: a candidate of a step, or the start of the task (step 0). It follows the
 * playhead unless the user has picked another candidate.
 */
import type { CandidateState, StepState, TaskState } from '../../core/log/fold-task.ts'

export interface Selection {
  readonly step: number
  readonly candidate: number
}

export const START: Selection = { step: 0, candidate: 0 }

export function isSame(a: Selection, b: Selection): boolean {
  return a.step === b.step && a.candidate === b.candidate
}

/** What the last event is about: the newest candidate, or the one that a decided step chose. */
export function currentOf(task: TaskState): Selection {
  const step = task.steps.at(-1)
  if (step === undefined) return START
  if (step.decided !== undefined) return { step: step.step, candidate: step.decided.continued }
  if (step.candidates.length > 0) return { step: step.step, candidate: newestIn(step) }
  const before = task.steps.at(-2)
  return before?.decided === undefined ? START : { step: before.step, candidate: before.decided.continued }
}

/** The newest candidate; where all are known before any is rolled out, the one that rollouts have come to. */
function newestIn({ candidates }: StepState): number {
  const foreknown = candidates.some(
    ({ proposed: { source, calls } }) => source === 'recycled' || source === 'expert' || calls !== undefined,
  )
  const tried = candidates.findLastIndex(({ rollouts, scored }) => rollouts.length > 0 || scored !== undefined)
  return foreknown && tried >= 0 ? tried + 1 : candidates.length
}

/** The selection if it exists as far as the playhead has come, else what is current. */
export function selectionIn(task: TaskState, pinned: Selection | undefined): Selection {
  if (pinned === undefined) return currentOf(task)
  return pinned.step === 0 || candidateAt(task, pinned) !== undefined ? pinned : currentOf(task)
}

export function stepAt(task: TaskState, { step }: Selection): StepState | undefined {
  return task.steps[step - 1]
}

export function candidateAt(task: TaskState, at: Selection): CandidateState | undefined {
  return stepAt(task, at)?.candidates[at.candidate - 1]
}

/** The actions from the task's start up to and with the selected one. */
export function actionsTo(task: TaskState, { step, candidate }: Selection): string[] {
  return task.steps.slice(0, step).flatMap((state) => {
    const number = state.step === step ? candidate : (state.decided?.continued ?? 1)
    return state.candidates[number - 1]?.proposed.action ?? []
  })
}

/** The action that comes after the selected one, as far as it is known: what to point at in the world. */
export function nextActionOf(task: TaskState, at: Selection): string | undefined {
  const goesOn = at.step === 0 || stepAt(task, at)?.decided?.continued === at.candidate
  const next = task.steps[at.step]
  if (!goesOn || next === undefined) return undefined
  const number = next.decided?.continued ?? next.candidates.length
  return next.candidates[number - 1]?.proposed.action
}

/** The observation that the log keeps for a selection: along the explored trajectory only. */
export function recordedObservation(task: TaskState, at: Selection): string | undefined {
  if (at.step === 0) return task.observation
  const decided = stepAt(task, at)?.decided
  return decided?.continued === at.candidate ? decided.observation : undefined
}

/** Steps with more candidates than this do not fit on a small screen. */
const MOST_FITTING = 3

export interface Lesson {
  readonly selection: Selection
  /** How well it shows: its rise above the bar, less for a step that does not fit. */
  readonly clarity: number
}

/** What to look at first in a task: the clearest rise after others had fallen short, which so made a pair. */
export function lessonOf(task: TaskState): Lesson | undefined {
  const lessons = task.steps.flatMap(({ step, bar, candidates, decided, pairs }): Lesson | [] => {
    if (decided?.reason !== 'rise' || pairs.length === 0) return []
    const rise = (candidates[decided.chosen - 1]?.scored?.reward ?? 0) - bar
    const clarity = rise - 0.2 * Math.max(0, candidates.length - MOST_FITTING)
    return { selection: { step, candidate: decided.chosen }, clarity }
  })
  return lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
}
