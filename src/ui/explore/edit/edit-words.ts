/** What was changed in a world, and what came of it, in words. */
import type { RunEvent } from '../../../core/log/events.ts'
import { foldTask } from '../../../core/log/fold-task.ts'
import type { WorldEdit } from '../../../core/log/world-edit.ts'
import { actionsTo } from '../../state/selection.ts'
import { plural, rewardText } from '../../words/format.ts'

/** `Price of B0123: $56.95 → $20.0`. */
export function editWords(edit: WorldEdit): string {
  const { kind } = edit
  const change = `${edit.from ?? 'NULL'} → ${edit.to ?? 'NULL'}`
  switch (kind) {
    case 'title':
      return `Title of ${edit.asin}: ${change}`
    case 'price':
      return `Price of ${edit.asin}: ${change}`
    case 'option':
      return `${edit.name} of ${edit.asin}: ${change}`
    case 'cell':
      return `${edit.table}, row ${edit.row + 1}, ${edit.column}: ${change}`
    case 'instruction':
      return `Instruction: ${change}`
  }
}

export interface PathOutcome {
  /** Undefined while the task is not explored to its end. */
  readonly reward: number | undefined
  readonly actions: readonly string[]
}

/** @param events all that are known of a task */
export function outcomeOf(events: readonly RunEvent[]): PathOutcome {
  const task = foldTask(events)
  const last = task?.steps.findLast(({ decided }) => decided !== undefined)
  const at = { step: last?.step ?? 0, candidate: last?.decided?.continued ?? 0 }
  return { reward: task?.finished?.reward, actions: task === undefined ? [] : actionsTo(task, at) }
}

/** `Before: reward 0.75 in 3 steps; now 1.00 in 4. The paths part at step 2.` */
export function againWords(before: PathOutcome, now: PathOutcome): string {
  if (now.reward === undefined) return 'The task is being explored again…'
  const here = `now reward ${rewardText(now.reward)} in ${plural(now.actions.length, 'step')}`
  if (before.reward === undefined) return `Before, the task was not explored to its end; ${here}.`
  const then = `Before: reward ${rewardText(before.reward)} in ${plural(before.actions.length, 'step')}`
  const longer = Math.max(before.actions.length, now.actions.length)
  const parting = Array.from({ length: longer }, (_, i) => i).find((i) => before.actions[i] !== now.actions[i])
  const same = 'The path takes the same actions.'
  return `${then}; ${here}. ${parting === undefined ? same : `The paths part at step ${parting + 1}.`}`
}
