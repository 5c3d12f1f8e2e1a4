/**
 * What may be done here with a run. It can be read; it can go on where no other tab writes it, and its data and agent are
 * at hand.
 */
import type { TaskWords } from '../../core/exploration/actor.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import type { Result } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { Visitor } from '../../policies/visitor.ts'
import type { Locks, Release } from '../machine/locks.ts'
import type { LoadedEnvironment } from '../worlds/loaded-environment.ts'
import type { World } from '../worlds/world.ts'
import { blockedIn } from './blocked.ts'

export class RunAccess {
  /** Undefined for a run that can only be read. */
  world: Result<World> | undefined
  readonly #header: RunStarted
  readonly #readOnly: string | undefined
  #release: Release | undefined
  #elsewhere = false
  /** Once data that matches has been seen. */
  #tasks: readonly TaskWords[] | undefined

  /** @param readOnly why nobody may write this run, in a sentence */
  constructor(header: RunStarted, world: Result<World> | undefined, readOnly: string | undefined) {
    this.world = world
    this.#header = header
    this.#readOnly = readOnly
  }

  /** Whether another tab writes this run, as far as is known. */
  get elsewhere(): boolean {
    return this.#elsewhere
  }

  /** Asks for the right to write it, where it can be written at all. */
  async acquire(locks: Locks, id: string): Promise<void> {
    if (this.#readOnly !== undefined) return
    this.#release = await locks.acquire(id)
    this.#elsewhere = this.#release === undefined
  }

  /** Gives it back to other tabs: it is asked for again before anything is written. */
  async release(): Promise<void> {
    if (this.#release !== undefined) this.#elsewhere = true
    await this.#release?.()
    this.#release = undefined
  }

  /** Why the run cannot go on, in a sentence; undefined if it can. */
  get blocked(): string | undefined {
    if (this.#readOnly !== undefined) return this.#readOnly
    if (this.#elsewhere) {
      return 'This run is being written in another tab. It can be read here; close it there to go on here.'
    }
    return this.world && blockedIn(this.world, this.#header)
  }

  /** Who acts in it, where somebody does. */
  get visitor(): Visitor | undefined {
    return this.world?.ok ? this.world.value.visitor : undefined
  }

  /** Its tasks, or where a file has them all of its split; none where the environment is not on the run's data. */
  tasksIn({ data, tasks }: LoadedEnvironment): readonly TaskWords[] {
    const { config, data: own } = this.#header
    if (data.fingerprint !== own.fingerprint) return []
    const all = tasks(config.split)
    this.#tasks ??= config.method === 'replay' ? all : drawTasks(config, all)
    return this.#tasks
  }
}
