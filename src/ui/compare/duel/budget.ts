/** Two runs on one clock: policy calls. What each had at any moment, and the moments at which something happens. */
import { type Cost, createCostFold } from '../../../core/log/cost-fold.ts'
import { foldTask, pairCount, type StepState, type TaskState } from '../../../core/log/fold-task.ts'
import type { RunEvent } from '../../../worker/protocol/lab-api.ts'

export interface Side {
  /** Of one task, from its beginning. */
  readonly events: readonly RunEvent[]
  /** Policy calls spent once each event has happened; never falling. */
  readonly calls: readonly number[]
  /** The reward so far whenever it changed. */
  readonly rewards: readonly { readonly calls: number; readonly reward: number }[]
}

export function sideOf(events: readonly RunEvent[]): Side {
  const fold = createCostFold()
  const calls: number[] = []
  const rewards: { calls: number; reward: number }[] = []
  for (const [i, event] of events.entries()) {
    fold.add(event)
    const spent = fold.cost.policyCalls
    calls.push(spent)
    if (event.type !== 'step-decided' && event.type !== 'task-finished') continue
    const task = foldTask(events, i + 1)
    const reward = task && rewardSoFar(task)
    if (reward !== undefined && reward !== rewards.at(-1)?.reward) rewards.push({ calls: spent, reward })
  }
  return { events, calls, rewards }
}

/** All that the side ever spent. */
export function totalCalls({ calls }: Side): number {
  return calls.at(-1) ?? 0
}

/** How many events had happened when so many calls were spent: what costs nothing happens at once. */
export function countAt({ calls }: Side, budget: number): number {
  let low = 0
  let high = calls.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((calls[middle] ?? 0) <= budget) low = middle + 1
    else high = middle
  }
  return low
}

/** Budgets at which either side does something, ascending, from 0. */
export function moments(sides: readonly Side[]): readonly number[] {
  return [...new Set([0, ...sides.flatMap(({ calls }) => calls)])].sort((a, b) => a - b)
}

/** The process reward of the newest step of the path; of a finished task, its outcome. */
export function rewardSoFar({ steps, finished }: TaskState): number | undefined {
  if (finished !== undefined) return finished.reward
  const decided = steps.findLast((step) => step.decided !== undefined)
  return decided && valueOfStep(decided)
}

/** Of the continued candidate: its score, or what earlier rollouts say of it where it was not scored. */
function valueOfStep({ candidates, decided }: StepState): number | undefined {
  const continued = candidates[(decided?.continued ?? 0) - 1]
  return continued?.scored?.reward ?? continued?.proposed.recycled?.reward ?? continued?.proposed.outcome ?? undefined
}

export interface Standing {
  readonly reward: number | undefined
  /** Decided. */
  readonly steps: number
  readonly cost: Cost
  readonly pairs: number
  readonly finished: boolean
}

export function standingOf(task: TaskState): Standing {
  const steps = task.steps.filter(({ decided }) => decided !== undefined).length
  const finished = task.finished !== undefined
  return { reward: rewardSoFar(task), steps, cost: task.cost, pairs: pairCount(task), finished }
}
