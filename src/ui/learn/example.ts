/** The task of the recorded run that Learn is told with: chosen by what happens in it, never by its number. */
import type { CandidateState, StepState, TaskState } from '../../core/log/fold-task.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { RunEvent } from '../../worker/protocol/lab-api.ts'
import { lessonOf } from '../state/selection.ts'

export interface Example {
  readonly runId: string
  readonly config: RunConfig
  /** To its end. */
  readonly task: TaskState
  readonly events: readonly RunEvent[]
  /** Candidates fell short, then one rose. */
  readonly rising: Drawn
  /** A candidate ended the episode too early, for less than the one that was chosen in its place. */
  readonly key: Drawn & { readonly mistake: number }
}

/** A step that is decided, with the number of the chosen candidate. */
export interface Drawn {
  readonly step: StepState
  readonly chosen: number
}

/** What the chapters need of a task; undefined where it does not have it. */
export function partsOfTask(task: TaskState): Pick<Example, 'rising' | 'key'> | undefined {
  const lesson = lessonOf(task)
  const step = task.steps[(lesson?.selection.step ?? 0) - 1]
  const key = task.steps.flatMap((step) => keyIn(step) ?? [])[0]
  if (lesson === undefined || step === undefined || key === undefined || lesson.clarity <= 0) return undefined
  // The bar is to be moved above it.
  if (rewardOf(step.candidates[lesson.selection.candidate - 1]) >= 1) return undefined
  return { rising: { step, chosen: lesson.selection.candidate }, key }
}

function keyIn(step: StepState): Example['key'] | undefined {
  const { candidates, decided } = step
  if (decided?.reason !== 'rise') return undefined
  const chosen = candidates[decided.chosen - 1]
  const mistake = candidates.findIndex(({ proposed }) => proposed.done && (proposed.outcome ?? 0) < rewardOf(chosen))
  return mistake < 0 || chosen?.proposed.done ? undefined : { step, chosen: decided.chosen, mistake: mistake + 1 }
}

export function rewardOf(candidate: CandidateState | undefined): number {
  return candidate?.scored?.reward ?? 0
}

/** How many events stand there when this one of a candidate does: its proposal, its last rollout, its verdict. */
export function countAt(
  events: readonly RunEvent[],
  what: 'candidate-proposed' | 'candidate-scored',
  { step, candidate }: { readonly step: number; readonly candidate: number },
): number {
  return events.findIndex((event) => event.type === what && event.step === step && event.candidate === candidate) + 1
}

/** How many events stand there when a step is decided and its pairs are made. */
export function countDecided(events: readonly RunEvent[], step: number): number {
  return (
    events.findLastIndex(
      (event) => (event.type === 'step-decided' || event.type === 'pair-made') && event.step === step,
    ) + 1
  )
}
