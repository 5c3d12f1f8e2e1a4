/** Exploration of many tasks, from the beginning or from where a log stops. The caller pauses by not asking for more. */

import { failure, Interruption } from '../failure.ts'
import type { RunEvent, RunFailed, RunStarted, TaskEvent } from '../log/events.ts'
import { stream } from '../random.ts'
import type { Actor, TaskWords } from './actor.ts'
import { type Expert, exploreTask, type TaskExploration } from './explore-task.ts'
import { recordOf } from './record.ts'

export interface RunExploration<P> {
  readonly header: RunStarted
  readonly actor: Actor<P>
  /** The tasks of the run, in order: `header.config.tasks` of them. */
  readonly tasks: readonly TaskWords[]
  /** What the expert did in a task, by its place in the order of the seed, from 0 (rounds count, too); for the methods that need one. */
  readonly expert?: (task: TaskWords, index: number) => Expert | undefined
  readonly from?: RunPosition
  readonly signal?: AbortSignal
}

/** Where a stored log stops. */
export interface RunPosition {
  /** Whether `run-started` is stored. */
  readonly started: boolean
  /** Tasks stored to their end. */
  readonly tasksFinished: number
  /** Events stored of the task after those. */
  readonly unfinished: readonly RunEvent[]
}

const BEGINNING: RunPosition = { started: false, tasksFinished: 0, unfinished: [] }

/** Yields the events that come after `from`, up to `run-finished`. */
export async function* exploreRun<P>(run: RunExploration<P>): AsyncGenerator<RunEvent, void, void> {
  const { header, actor, tasks, from = BEGINNING } = run
  const random = stream(header.config.seed)
  if (!from.started) yield header
  for (let index = from.tasksFinished; index < tasks.length; index++) {
    const stored = index === from.tasksFinished ? from.unfinished : []
    const task = tasks[index] as TaskWords // index is below the length
    const expert = run.expert?.(task, header.config.firstTask - 1 + index)
    const exploration = {
      ...{ config: header.config, maxReward: header.maxReward, actor, index, random, task },
      ...(expert && { expert }),
      ...(run.signal && { signal: run.signal }),
    }
    for await (const event of continueTask(exploration, stored)) {
      yield event
      if (event.type === 'run-failed') return
    }
  }
  yield { type: 'run-finished' }
}

/**
 * Yields the events of one task that come after the `stored` ones. A failure of the agent, or a log that does not
 * agree, is the last thing that it yields; an aborted call throws.
 */
export async function* continueTask<P>(
  exploration: Omit<TaskExploration<P>, 'record'>,
  stored: readonly RunEvent[],
): AsyncGenerator<TaskEvent | RunFailed, void, void> {
  let position = 0
  try {
    for await (const event of exploreTask({ ...exploration, record: recordOf(stored) })) {
      const known = stored[position++]
      if (known === undefined) yield event
      else if (!sameEvent(known, event)) {
        const place = `task ${exploration.index + 1}, event ${position} (${known.type})`
        const words = `The stored log and this program disagree at ${place}.`
        yield {
          type: 'run-failed',
          failure: failure('log-diverges', `${words} The run can be read and exported, but not continued.`).failure,
        }
        return
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof Interruption) || exploration.signal?.aborted === true) throw thrown
    yield { type: 'run-failed', failure: thrown.failure }
  }
}

/** Events are plain data; their keys may come back from storage in another order. */
function sameEvent(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameEvent(a[key as keyof typeof a], b[key as keyof typeof b]))
  )
}
