/** Many tasks at once, each on its own, all into one journal. What ends one task does not end the others, unless it would. */
import type { TaskWords } from '../core/exploration/actor.ts'
import { continueTask } from '../core/exploration/explore-run.ts'
import { type Failure, failure, messageOf } from '../core/failure.ts'
import type { RunStarted, TaskFinished } from '../core/log/events.ts'
import { stream } from '../core/random.ts'
import { BUDGET_SPENT } from '../policies/chat/model.ts'
import type { ReplyMemory } from '../policies/chat/remembering.ts'
import type { World } from '../worker/worlds/world.ts'
import type { Journal } from './journal.ts'

export interface TasksExploration {
  readonly header: RunStarted
  /** The agent for one task, with the replies that it had before. */
  actor(memory: ReplyMemory): World['actor']
  /** Of the whole run. */
  readonly tasks: readonly TaskWords[]
  /** Those to explore, in order. */
  readonly indices: readonly number[]
  /** How many at once. */
  readonly width: number
  readonly journal: Journal
  readonly signal: AbortSignal
  onFinished(event: TaskFinished): void
}

export interface TasksOutcome {
  readonly finished: number
  /** Tasks that could not be finished, and why; another process or another try may. */
  readonly failed: readonly { readonly task: number; readonly failure: Failure }[]
  /** Why it stopped before the last task; undefined where it did not, or was asked to. */
  readonly stopped: Failure | undefined
}

/** What is wrong with one task's conversation. Anything else is wrong with all of them. */
const OWN_FAULT = new Set([
  ...['endpoint-request', 'model-context', 'chat-window', 'log-diverges'],
  ...['endpoint-shape', 'endpoint-too-large', 'endpoint-withheld'],
])
/** So many tasks that fail on their own before any is finished, and something is wrong with all. */
const MOST_FAILED = 20

export async function exploreTasks(exploration: TasksExploration): Promise<TasksOutcome> {
  const { header, tasks, indices, journal } = exploration
  const random = stream(header.config.seed)
  /** Of the tasks under way; one for each, because a signal that hundreds listen to is one that Node warns of. */
  const open = new Set<AbortController>()
  let halted = exploration.signal.aborted
  const abort = (): void => {
    halted = true
    for (const stop of open) stop.abort()
  }
  exploration.signal.addEventListener('abort', abort, { once: true })
  const failed: { task: number; failure: Failure }[] = []
  let finished = 0
  let stopped: Failure | undefined
  let next = 0

  function halt(why: Failure): void {
    if (!halted) stopped = why
    halted = true
    // What is paid for is waited for.
    if (why.code !== BUDGET_SPENT) abort()
  }

  async function explore(index: number, signal: AbortSignal): Promise<void> {
    const task = tasks[index]
    if (task === undefined) return
    const { config, maxReward } = header
    const actor = exploration.actor(journal.memory(index))
    const stored = await journal.stored(index)
    for await (const event of continueTask({ config, actor, maxReward, index, task, random, signal }, stored)) {
      if (event.type === 'run-failed') {
        failed.push({ task: index, failure: event.failure })
        if (!OWN_FAULT.has(event.failure.code) || (finished === 0 && failed.length >= MOST_FAILED)) halt(event.failure)
        return
      }
      journal.append(event)
      if (event.type !== 'task-finished') continue
      await journal.commit()
      finished++
      exploration.onFinished(event)
    }
  }

  async function lane(): Promise<void> {
    while (!halted && next < indices.length) {
      const index = indices[next++] as number // below the length
      const stop = new AbortController()
      open.add(stop)
      try {
        await explore(index, stop.signal)
      } catch (thrown) {
        // An aborted call throws; so does a full disk.
        if (!halted) halt(failure('collect-error', `Exploration stopped: ${messageOf(thrown)}.`).failure)
      } finally {
        open.delete(stop)
      }
    }
  }

  await Promise.all(Array.from({ length: Math.max(1, Math.min(exploration.width, indices.length)) }, lane))
  exploration.signal.removeEventListener('abort', abort)
  const own = failed.filter(({ failure }) => failure !== stopped && failure.code !== BUDGET_SPENT)
  return { finished, failed: own, stopped }
}
