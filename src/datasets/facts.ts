/** Rows that tell of a run and teach nothing: what each task came to, and every event. */
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { pairCount, type TaskState } from '../core/log/fold-task.ts'
import type { DatasetChoices } from './choices.ts'
import { type DraftRow, originColumns, taskColumns } from './example-rows.ts'
import { pathOf } from './path.ts'

const FACT = { tokens: 0, counted: false, leftOut: false, unverified: false, unusable: false, worth: {} } as const

/** For spreadsheets: one row for each task that is finished. */
export function metricRows(header: RunStarted, task: TaskState): DraftRow[] {
  const { finished, cost } = task
  if (finished === undefined) return []
  const { steps } = pathOf(header, task)
  const row = {
    ...{ ...taskColumns(task), instruction: task.instruction, reward: { float: finished.reward }, end: finished.end },
    ...{ steps: { int: steps.length }, risen_steps: { int: steps.filter(({ rises }) => rises).length } },
    ...{ candidates: { int: cost.candidates }, rollouts: { int: cost.rollouts } },
    ...{ policy_calls: { int: cost.policyCalls }, pairs: { int: pairCount(task) }, ...originColumns(header) },
  }
  return [{ ...FACT, row }]
}

/** The log itself, for programs of one's own: `event` is the event as JSON, before it what it is about (0 where it is about no step). */
export function eventRows(
  header: RunStarted,
  task: TaskState,
  _: DatasetChoices,
  events: readonly RunEvent[],
): DraftRow[] {
  return events.map((event) => {
    const about = { step: 0, candidate: 0, rollout: 0, ...event }
    const row = {
      ...{ type: event.type, ...taskColumns(task), step: { int: about.step } },
      ...{ candidate: { int: about.candidate }, rollout: { int: about.rollout } },
      ...{ event: JSON.stringify(event), ...originColumns(header) },
    }
    return { ...FACT, row }
  })
}
