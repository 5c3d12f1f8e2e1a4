/** The fold of one task's events: the rising path with its candidates, as far as the events go. */
import type {
  CandidateProposed,
  CandidateScored,
  RolloutFinished,
  RunEvent,
  StepDecided,
  TaskFinished,
} from './events.ts'

export interface CandidateState {
  readonly proposed: CandidateProposed
  readonly rollouts: readonly RolloutFinished[]
  /** Undefined until it is compared with the bar. */
  readonly scored: CandidateScored | undefined
}

export interface Pair {
  readonly chosen: number
  readonly rejected: number
}

export interface StepState {
  /** From 1. */
  readonly step: number
  readonly bar: number
  /** In the order they were drawn; candidate n is at n - 1. */
  readonly candidates: readonly CandidateState[]
  readonly decided: StepDecided | undefined
  readonly pairs: readonly Pair[]
}

/** The three units of exploration cost, always shown together. */
export interface Cost {
  readonly candidates: number
  readonly rollouts: number
  /** Actions sampled from the policy: one a candidate and one for each action of a rollout. */
  readonly policyCalls: number
}

export interface TaskState {
  readonly task: number
  readonly taskId: string
  readonly instruction: string
  /** The first observation. */
  readonly observation: string
  /** Rollouts from the empty prefix, when they give the first bar. */
  readonly valueRollouts: readonly RolloutFinished[]
  readonly steps: readonly StepState[]
  readonly finished: TaskFinished | undefined
  readonly cost: Cost
}

/**
 * Folds the first `count` events of one task.
 * @param events one task's events, from its `task-started`; others before it are passed over
 * @returns undefined when no task has started
 */
export function foldTask(events: readonly RunEvent[], count: number = events.length): TaskState | undefined {
  let state: Mutable<TaskState> | undefined
  const steps: Mutable<StepState>[] = []
  const cost = { candidates: 0, rollouts: 0, policyCalls: 0 }
  const valueRollouts: RolloutFinished[] = []
  for (const event of events.slice(0, count)) {
    if (event.type === 'task-started') {
      const { task, taskId, instruction, observation } = event
      state = { task, taskId, instruction, observation, valueRollouts, steps: [], finished: undefined, cost }
      continue
    }
    if (state === undefined) continue
    addCost(cost, event)
    switch (event.type) {
      case 'step-started':
        steps.push({ step: event.step, bar: event.bar, candidates: [], decided: undefined, pairs: [] })
        break
      case 'candidate-proposed':
        change(steps, event.step, (step) => {
          step.candidates = [...step.candidates, { proposed: event, rollouts: [], scored: undefined }]
        })
        break
      case 'rollout-finished':
        if (event.step === 0) valueRollouts.push(event)
        else changeCandidate(steps, event, (of) => ({ ...of, rollouts: [...of.rollouts, event] }))
        break
      case 'candidate-scored':
        changeCandidate(steps, event, (of) => ({ ...of, scored: event }))
        break
      case 'step-decided':
        change(steps, event.step, (step) => {
          step.decided = event
        })
        break
      case 'pair-made':
        change(steps, event.step, (step) => {
          step.pairs = [...step.pairs, { chosen: event.chosen, rejected: event.rejected }]
        })
        break
      case 'task-finished':
        state.finished = event
        break
    }
  }
  if (state !== undefined) state.steps = steps
  return state
}

/** Adds what one event cost to a running total. */
export function addCost(cost: Mutable<Cost>, event: RunEvent): void {
  if (event.type === 'candidate-proposed') {
    cost.candidates++
    cost.policyCalls++
  } else if (event.type === 'rollout-finished') {
    cost.rollouts++
    cost.policyCalls += event.actions.length
  }
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function change(steps: Mutable<StepState>[], number: number, apply: (step: Mutable<StepState>) => void): void {
  const step = steps[number - 1]
  if (step !== undefined) apply(step)
}

function changeCandidate(
  steps: Mutable<StepState>[],
  at: { readonly step: number; readonly candidate: number },
  apply: (candidate: CandidateState) => CandidateState,
): void {
  change(steps, at.step, (step) => {
    step.candidates = step.candidates.map((candidate, i) => (i === at.candidate - 1 ? apply(candidate) : candidate))
  })
}
