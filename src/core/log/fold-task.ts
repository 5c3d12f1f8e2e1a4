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
  let state: Growing | undefined
  const costs = createCostFold()
  for (let index = 0; index < Math.min(count, events.length); index++) {
    const event = events[index] as RunEvent // the index is below the length
    if (event.type === 'task-started') {
      const { task, taskId, instruction, observation } = event
      state = {
        ...{ task, taskId, instruction, observation, valueRollouts: [], steps: [], branchPairs: [] },
        ...{ trajectoryPair: undefined, finished: undefined, cost: costs.cost },
      }
      continue
    }
    if (state === undefined) continue
    costs.add(event)
    addTo(state, event)
  }
  return state
}

/** The state while it grows, all of its parts made here. */
interface Growing extends Mutable<Omit<TaskState, 'valueRollouts' | 'steps' | 'branchPairs'>> {
  readonly valueRollouts: RolloutFinished[]
  readonly steps: GrowingStep[]
  readonly branchPairs: BranchPairMade[]
}

interface GrowingStep extends Mutable<Omit<StepState, 'candidates' | 'pairs'>> {
  readonly candidates: (Mutable<CandidateState> & { readonly rollouts: RolloutFinished[] })[]
  readonly pairs: Pair[]
}

function addTo(state: Growing, event: RunEvent): void {
  const step = 'step' in event ? state.steps[event.step - 1] : undefined
  switch (event.type) {
    case 'step-started':
      state.steps.push({
        ...{ step: event.step, bar: event.bar, through: rolloutsTo(state) },
        ...{ candidates: [], decided: undefined, pairs: [] },
      })
      break
    case 'candidate-proposed':
      step?.candidates.push({ proposed: event, rollouts: [], scored: undefined })
      break
    case 'rollout-finished':
      if (event.step === 0) state.valueRollouts.push(event)
      else step?.candidates[event.candidate - 1]?.rollouts.push(event)
      break
    case 'candidate-scored': {
      const candidate = step?.candidates[event.candidate - 1]
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
