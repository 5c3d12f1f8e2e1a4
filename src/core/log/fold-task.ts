/** The fold of one task's events: the rising path with its candidates, as far as the events go. */
import { type Cost, createCostFold } from './cost-fold.ts'
import type {
  BranchPairMade,
  CandidateProposed,
  CandidateScored,
  PairMade,
  RolloutFinished,
  RunEvent,
  StepDecided,
  TaskFinished,
  TrajectoryPairMade,
} from './events.ts'

export interface CandidateState {
  readonly proposed: CandidateProposed
  readonly rollouts: readonly RolloutFinished[]
  /** Undefined until it is compared with the bar; for good where earlier rollouts are all that is known of it. */
  readonly scored: CandidateScored | undefined
}

export type Pair = Pick<PairMade, 'chosen' | 'rejected' | 'weight' | 'chosenReward' | 'rejectedReward'>

export interface StepState {
  /** From 1. */
  readonly step: number
  readonly bar: number
  /** Rollouts from this step's state, or through it, before the step began. */
  readonly through: number
  /** In the order they were drawn; candidate n is at n - 1. */
  readonly candidates: readonly CandidateState[]
  readonly decided: StepDecided | undefined
  readonly pairs: readonly Pair[]
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
  /** At states off the path, in the order they were made. */
  readonly branchPairs: readonly BranchPairMade[]
  /** The path against the expert's (ETO). */
  readonly trajectoryPair: TrajectoryPairMade | undefined
  readonly finished: TaskFinished | undefined
  readonly cost: Cost
}

/**
 * Folds the first `count` events of one task.
 * @param events one task's events, from its `task-started`; others before it are passed over
 * @returns undefined when no task has started
 */
export function foldTask(events: readonly RunEvent[], count: number = events.length): TaskState | undefined {
  return new TaskFold().at(events, count)
}

/** The state while it grows. */
interface Growing extends Mutable<Omit<TaskState, 'valueRollouts' | 'steps' | 'branchPairs'>> {
  readonly valueRollouts: RolloutFinished[]
  readonly steps: GrowingStep[]
  readonly branchPairs: BranchPairMade[]
}

interface GrowingStep extends Mutable<Omit<StepState, 'candidates' | 'pairs'>> {
  readonly candidates: GrowingCandidate[]
  readonly pairs: Pair[]
}

type GrowingCandidate = Mutable<CandidateState> & { readonly rollouts: RolloutFinished[] }

/**
 * The fold of a task that is looked at again and again, mostly a few events further on: those are all that it then folds. Steps
 * and candidates that they do not touch are the same objects as before; none that was given away ever changes.
 */
export class TaskFold {
  #events: readonly RunEvent[] = []
  #count = 0
  #state: Growing | undefined
  #costs = createCostFold()
  /** Made since the state was last given away: those may grow. */
  readonly #own = new Set<object>()

  /** @see foldTask */
  at(events: readonly RunEvent[], count: number): TaskState | undefined {
    const end = Math.min(count, events.length)
    if (events !== this.#events || end < this.#count) this.#begin(events)
    if (end > this.#count) this.#goOn(end)
    return this.#state
  }

  #begin(events: readonly RunEvent[]): void {
    this.#events = events
    this.#count = 0
    this.#state = undefined
    this.#costs = createCostFold()
  }

  #goOn(end: number): void {
    this.#own.clear()
    if (this.#state !== undefined) {
      const { valueRollouts, steps, branchPairs } = this.#state
      this.#state = {
        ...this.#state,
        ...{ valueRollouts: [...valueRollouts], steps: [...steps], branchPairs: [...branchPairs] },
      }
    }
    for (; this.#count < end; this.#count++) {
      const event = this.#events[this.#count] as RunEvent // the index is below the length
      if (event.type === 'task-started') {
        const { task, taskId, instruction, observation } = event
        this.#state = {
          ...{ task, taskId, instruction, observation, valueRollouts: [], steps: [], branchPairs: [] },
          ...{ trajectoryPair: undefined, finished: undefined, cost: this.#costs.cost },
        }
        continue
      }
      if (this.#state === undefined) continue
      this.#costs.add(event)
      this.#add(this.#state, event)
    }
    if (this.#state !== undefined) this.#state.cost = { ...this.#costs.cost }
  }

  #add(state: Growing, event: RunEvent): void {
    const step = 'step' in event ? this.#step(state, event.step) : undefined
    switch (event.type) {
      case 'step-started':
        state.steps.push(
          this.#made({
            ...{ step: event.step, bar: event.bar, through: rolloutsTo(state) },
            ...{ candidates: [], decided: undefined, pairs: [] },
          }),
        )
        break
      case 'candidate-proposed':
        step?.candidates.push(this.#made({ proposed: event, rollouts: [], scored: undefined }))
        break
      case 'rollout-finished':
        if (event.step === 0) state.valueRollouts.push(event)
        else this.#candidate(step, event.candidate)?.rollouts.push(event)
        break
      case 'candidate-scored': {
        const candidate = this.#candidate(step, event.candidate)
        if (candidate !== undefined) candidate.scored = event
        break
      }
      case 'step-decided':
        if (step !== undefined) step.decided = event
        break
      case 'pair-made':
        step?.pairs.push(event)
        break
      case 'branch-pair-made':
        state.branchPairs.push(event)
        break
      case 'trajectory-pair-made':
        state.trajectoryPair = event
        break
      case 'task-finished':
        state.finished = event
        break
    }
  }

  /** A step that may grow, in place of what it was. */
  #step({ steps }: Growing, number: number): GrowingStep | undefined {
    const step = steps[number - 1]
    if (step === undefined || this.#own.has(step)) return step
    const own = this.#made({ ...step, candidates: [...step.candidates], pairs: [...step.pairs] })
    steps[number - 1] = own
    return own
  }

  /** A candidate that may grow, in place of what it was. */
  #candidate(step: GrowingStep | undefined, number: number): GrowingCandidate | undefined {
    const candidate = step?.candidates[number - 1]
    if (step === undefined || candidate === undefined || this.#own.has(candidate)) return candidate
    const own = this.#made({ ...candidate, rollouts: [...candidate.rollouts] })
    step.candidates[number - 1] = own
    return own
  }

  #made<T extends object>(part: T): T {
    this.#own.add(part)
    return part
  }
}

/** How many rollouts came through the state that the next step begins in. */
function rolloutsTo({ steps, valueRollouts }: Growing): number {
  const before = steps.at(-1)
  if (before === undefined) return valueRollouts.length
  const continued = before.candidates[(before.decided?.continued ?? 0) - 1]
  return continued === undefined ? 0 : (continued.proposed.recycled?.rollouts ?? 0) + continued.rollouts.length
}

/** What each of the two is worth: the values that were compared, which are the scores unless the pair says otherwise. */
export function pairRewards(
  step: StepState,
  pair: Pair,
): { readonly chosen: number; readonly rejected: number } | undefined {
  const chosen = pair.chosenReward ?? step.candidates[pair.chosen - 1]?.scored?.reward
  const rejected = pair.rejectedReward ?? step.candidates[pair.rejected - 1]?.scored?.reward
  return chosen === undefined || rejected === undefined ? undefined : { chosen, rejected }
}

/** How many pairs of any kind a task has made. */
export function pairCount({ steps, branchPairs, trajectoryPair }: TaskState): number {
  const made = steps.reduce((sum, { pairs }) => sum + pairs.length, 0)
  return made + branchPairs.length + (trajectoryPair === undefined ? 0 : 1)
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }
