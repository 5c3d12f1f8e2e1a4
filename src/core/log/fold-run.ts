/** The fold of a whole log to its totals: what the progress line, the library and the task strip show. */

import type { Failure } from '../failure.ts'
import { type Cost, createCostFold } from './cost-fold.ts'
import type { RunEvent, RunStarted, TaskFinished } from './events.ts'
import type { Mutable } from './fold-task.ts'

export interface TaskSummary {
  readonly taskId: string
  readonly reward: number
  readonly end: TaskFinished['end']
  readonly steps: number
  readonly candidates: number
  readonly pairs: number
}

export interface RunState {
  readonly header: RunStarted | undefined
  /** Events folded so far; also the sequence number of the next one. */
  readonly events: number
  readonly tasksStarted: number
  /** Finished tasks, in order. */
  readonly tasks: readonly TaskSummary[]
  readonly steps: number
  /** Steps in which some candidate rose. */
  readonly risenSteps: number
  readonly pairs: number
  readonly cost: Cost
  readonly finished: boolean
  /** The last failure, unless events came after it. */
  readonly failure: Failure | undefined
}

/** Mean outcome reward of the finished tasks; undefined before the first. */
export function meanReward(run: Pick<RunState, 'tasks'>): number | undefined {
  if (run.tasks.length === 0) return undefined
  return run.tasks.reduce((sum, task) => sum + task.reward, 0) / run.tasks.length
}

/** An accumulator for a log of any length: feed it every event once, in order; `state` is the fold so far. */
export interface RunFold {
  readonly state: RunState
  add(event: RunEvent): void
}

export function createRunFold(): RunFold {
  const costs = createCostFold()
  const tasks: TaskSummary[] = []
  const state: Mutable<RunState> = {
    ...{ header: undefined, events: 0, tasksStarted: 0, tasks, steps: 0, risenSteps: 0, pairs: 0 },
    ...{ cost: costs.cost, finished: false, failure: undefined },
  }
  let open = { taskId: '', steps: 0, pairs: 0 }
  /** Candidates of the tasks before the open one. */
  let before = 0
  return {
    state,
    add(event) {
      state.events++
      state.failure = undefined
      costs.add(event)
      switch (event.type) {
        case 'run-started':
          state.header = event
          break
        case 'task-started':
          state.tasksStarted++
          open = { taskId: event.taskId, steps: 0, pairs: 0 }
          before = costs.cost.candidates
          break
        case 'step-started':
          state.steps++
          open.steps++
          break
        case 'step-decided':
          if (event.reason === 'rise') state.risenSteps++
          break
        case 'pair-made':
        case 'branch-pair-made':
        case 'trajectory-pair-made':
          state.pairs++
          open.pairs++
          break
        case 'task-finished':
          tasks.push({ ...open, candidates: costs.cost.candidates - before, reward: event.reward, end: event.end })
          break
        case 'run-finished':
          state.finished = true
          break
        case 'run-failed':
          state.failure = event.failure
          break
      }
    },
  }
}

export function foldRun(events: Iterable<RunEvent>): RunState {
  const fold = createRunFold()
  for (const event of events) fold.add(event)
  return fold.state
}
