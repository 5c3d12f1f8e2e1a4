/** The one run that is open. Opening another one pauses, saves and closes it; where that one cannot be opened, it stays. */
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import type { Store } from '../../store/store.ts'
import { MOST_TASKS_TOLD, type OpenedRun } from '../protocol/runs.ts'
import type { World } from '../worlds/world.ts'
import { headerOf } from './log-text.ts'
import { RunSession, type SessionPorts } from './run-session.ts'
import { isShipped, SHIPPED_WORDS } from './shipped-runs.ts'

export interface OpenRunPorts extends Omit<SessionPorts, 'store'> {
  storeOf(runId: string): Promise<Store>
  /** The world with the agent that the settings name. @param header of the run, where the agent may come with it */
  worldOf(config: RunConfig, header: RunStarted | undefined): Promise<Result<World>>
}

export interface OpenRun {
  session(): RunSession | undefined
  /** Does something with it; a failure where no run is open. */
  use<T>(work: (session: RunSession) => Promise<Result<T>>): Promise<Result<T>>
  open(runId: string): Promise<Result<OpenedRun>>
  close(): Promise<void>
  /** Makes its world again, from the data and agents at hand now. It must be paused. */
  renewWorld(): Promise<void>
}

export const NOTHING_OPEN = failure('nothing-open', 'No run is open. Open one from the library, or start a new one.')

export function createOpenRun(ports: OpenRunPorts): OpenRun {
  let session: RunSession | undefined

  /** Undefined for a run that can only be read: it stands there without waiting for data and agent. */
  const worldFor = async (
    runId: string,
    finished: boolean,
    config: RunConfig,
    header: RunStarted | undefined,
  ): Promise<Result<World> | undefined> => (finished || isShipped(runId) ? undefined : ports.worldOf(config, header))

  const close = async (): Promise<void> => {
    const closing = session
    session = undefined
    await closing?.close()
  }

  return {
    session: () => session,
    use: async (work) => (session === undefined ? NOTHING_OPEN : work(session)),
    close,
    async open(runId) {
      const store = await ports.storeOf(runId)
      const known = await store.run(runId)
      if (!known.ok) return known
      const before = session
      if (before?.id === runId) await close() // its lock is asked for again
      const { finished, config } = known.value
      // What does not ship with the page stands in the header: an agent, and what was changed in the world.
      const header = await headerOf(store, runId)
      const world = await worldFor(runId, finished, config, header.ok ? header.value : undefined)
      const opened = await RunSession.open(
        { ...ports, store },
        runId,
        world,
        isShipped(runId) ? SHIPPED_WORDS : undefined,
      )
      if (!opened.ok) {
        session = before
        return opened
      }
      if (before?.id !== runId) await close()
      session = opened.value
      return success({ progress: session.progress, tasks: session.tasks.slice(0, MOST_TASKS_TOLD) })
    },
    async renewWorld() {
      const open = session
      if (open === undefined) return
      open.setWorld(await worldFor(open.id, open.progress.info.finished, open.header.config, open.header))
    },
  }
}
