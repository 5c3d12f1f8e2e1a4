/** A stored run that an agent learns from: whether it can be played again here, and its log task by task. */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import { SPLIT_NAMES } from '../../core/settings/settings.ts'
import { FRAME } from '../../store/batch.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { eventsOf } from '../runs/log-text.ts'
import type { World } from '../worlds/world.ts'
import { type Pace, STOPPED } from './training-pace.ts'

export interface RunToLearnFrom {
  readonly runs: Store
  readonly record: RunRecord
  readonly header: RunStarted
  /** With the agent that explored. */
  readonly world: World
}

/**
 * Whether the world is the one that the run was made in, with its agent: what was done there can be done again.
 * @param fingerprint of the agent of the world
 */
export function sameMaking({ header, world }: RunToLearnFrom, fingerprint: string): Result<true> {
  if (world.made.data.fingerprint !== header.data.fingerprint) {
    const words = `The run was made with other data (${header.data.name}; loaded is ${world.made.data.name}).`
    return failure('training-other-data', `${words} Load its data to train on it.`)
  }
  if (fingerprint !== header.agent.fingerprint) {
    const words = `The run was made with another version of its agent (${header.agent.name}),`
    return failure('training-other-agent', `${words} which cannot be the reference. Make a run with an agent of here.`)
  }
  return success(true)
}

export interface TaskLog {
  readonly task: number
  readonly events: readonly RunEvent[]
}

/**
 * The log of each task, in their order; ends with the first failure, or with STOPPED.
 * @param count events of the run's log that count
 */
export async function* taskLogs(
  { runs, record, world }: Pick<RunToLearnFrom, 'runs' | 'record' | 'world'>,
  count: number,
  pace: Pace,
): AsyncGenerator<Result<TaskLog>, void, void> {
  const known = new Set(SPLIT_NAMES.flatMap((split) => world.tasks(split)).map(({ id }) => id))
  let task = FRAME
  let events: RunEvent[] = []
  for await (const batch of runs.batches(record.id, count)) {
    if (!batch.ok) return yield batch
    const next = batch.value.task
    if (next === FRAME) continue
    if (next !== task) {
      if (task !== FRAME) yield success({ task, events })
      task = next
      events = []
      if (await pace.breathe('reading', task / Math.max(1, record.tasksFinished))) return yield STOPPED
    }
    const read = await eventsOf(runs, record.id, batch.value)
    if (!read.ok) return yield read
    for (const event of read.value) {
      if (event.type === 'task-started' && !known.has(event.taskId)) {
        const words = `The run has the task ${quote(event.taskId)}, which its data does not have here`
        return yield failure('training-task-unknown', `${words} (${world.made.data.name}). It cannot be learnt from.`)
      }
      events.push(event)
    }
  }
  if (task !== FRAME) yield success({ task, events })
}

/** Of demonstrations, which no other data has. */
export const SHIPPED_DATA_ONLY = failure(
  'training-other-data',
  'The demonstrations are of the data that ships with the page. Go back to that data to teach by them.',
)

export const NO_PAIRS = failure(
  'training-no-pairs',
  'The run has no pairs to learn from yet: no step had a better and a worse action. Explore more tasks, then train again.',
)
