/**
 * One open run: what its store has of it, and the exploration that continues it. Whatever happens, the truth is what is
 * stored, and `#load` goes back to it.
 */
import type { TaskWords } from '../../core/exploration/actor.ts'
import { type Failure, failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import type { TaskSummary } from '../../core/log/fold-run.ts'
import type { Stride } from '../../core/log/strides.ts'
import type { Visitor } from '../../policies/visitor.ts'
import type { Store } from '../../store/store.ts'
import type { Locks } from '../machine/locks.ts'
import type { RunProgress } from '../protocol/runs.ts'
import type { LoadedEnvironment } from '../worlds/loaded-environment.ts'
import type { World } from '../worlds/world.ts'
import type { Exploration } from './exploration.ts'
import { headerOf, taskEventsOf } from './log-text.ts'
import type { Recorder } from './recorder.ts'
import { RunAccess } from './run-access.ts'
import { type ReportPorts, RunReports, type RunState } from './run-reports.ts'
import { StoredRun } from './stored-run.ts'
import { TokenMeter } from './token-meter.ts'

export interface SessionPorts extends ReportPorts {
  readonly store: Store
  readonly locks: Locks
}

export class RunSession {
  readonly id: string
  readonly header: RunStarted
  readonly #ports: SessionPorts
  readonly #access: RunAccess
  readonly #reports: RunReports
  readonly #meter: TokenMeter
  #stored: StoredRun
  /** Set where memory is ahead of the disk. */
  #stale = false
  #exploration: Exploration | undefined
  #loop: Promise<void> | undefined
  #interrupted = false
  #givesWay = false
  #failure: Failure | undefined

  /**
   * @param world undefined for a run that can only be read
   * @param readOnly why nobody may write this run, in a sentence
   */
  static async open(
    ports: SessionPorts,
    id: string,
    world: Result<World> | undefined,
    readOnly?: string,
  ): Promise<Result<RunSession>> {
    const header = await headerOf(ports.store, id)
    if (!header.ok) return header
    const access = new RunAccess(header.value, world, readOnly)
    await access.acquire(ports.locks, id)
    const stored = await StoredRun.read(ports.store, id)
    if (stored.ok) return success(new RunSession(ports, id, header.value, access, stored.value))
    await access.release()
    return stored
  }

  private constructor(ports: SessionPorts, id: string, header: RunStarted, access: RunAccess, stored: StoredRun) {
    this.id = id
    this.header = header
    this.#ports = ports
    this.#access = access
    this.#stored = stored
    this.#reports = new RunReports(ports, stored.finished.length)
    this.#meter = new TokenMeter(() => ports.now())
  }

  get running(): boolean {
    return this.#loop !== undefined
  }

  /** Whether another tab writes this run, as far as is known. */
  get elsewhere(): boolean {
    return this.#access.elsewhere
  }

  /** Who acts in it, where somebody does. */
  get visitor(): Visitor | undefined {
    return this.#access.visitor
  }

  /** All finished tasks on disk. The page is told of later ones by updates. */
  get tasks(): readonly TaskSummary[] {
    return this.#stored.finished
  }

  get progress(): RunProgress {
    return this.#reports.progress(this.#state)
  }

  /** The run must be paused. */
  setWorld(world: Result<World> | undefined): void {
    this.#access.world = world
    this.#drop()
  }

  /** The instruction of a task; undefined where the loaded environment is not of the run's data. */
  taskWords(environment: LoadedEnvironment, task: number): TaskWords | undefined {
    const tasks = this.#access.tasksIn(environment)
    if (this.header.config.method !== 'replay') return tasks[task]
    return tasks.find(({ id }) => id === this.tasks[task]?.taskId)
  }

  /** Explores at full speed. Resolves as soon as it has begun. */
  async start(): Promise<Result<true>> {
    this.#givesWay = false
    if (this.running) return success(true)
    const ready = await this.#ready()
    if (!ready.ok) return ready
    this.#reports.begin(this.#stored)
    this.#loop = this.#explore(undefined).finally(() => {
      this.#loop = undefined
      this.#tell(true)
    })
    this.#tell(true)
    return success(true)
  }

  /** Asks exploration to end after the event at hand; `pause` waits for it. */
  interrupt(): void {
    this.#interrupted = true
    this.#exploration?.hurry()
  }

  /** To `start`, which is about to come: a stride ends after the event at hand, of which nothing is broken off. */
  giveWay(): void {
    this.#givesWay = !this.running
  }

  /** Resolves when exploration rests and its last event is on disk; a failure when it could not be written. */
  async pause(): Promise<Result<true>> {
    this.interrupt()
    await this.#loop
    return this.flush(true)
  }

  async advance(stride: Stride): Promise<Result<RunProgress>> {
    await this.pause()
    const ready = await this.#ready()
    if (!ready.ok) return ready
    await this.#explore(stride)
    this.#tell(this.#failure !== undefined)
    return this.#failure === undefined ? success(this.progress) : { ok: false, failure: this.#failure }
  }

  /** Stores what is not stored yet; a failed write takes the run back to what is stored. */
  async flush(durable: boolean): Promise<Result<true>> {
    const written = await this.#recorder.flush(this.#ports.now(), durable)
    if (!written.ok) await this.#fail(written.failure, true)
    return written
  }

  /** The events of one task so far. */
  async taskEvents(task: number): Promise<Result<readonly RunEvent[]>> {
    if (task === this.#recorder.tasksFinished) return success([...this.#recorder.open])
    if (task >= this.tasks.length && task < this.#recorder.tasksFinished) {
      const written = await this.flush(false)
      if (!written.ok) return written
    }
    return taskEventsOf(this.#ports.store, this.id, task)
  }

  /** Pauses, stores, gives the run back to other tabs. */
  async close(): Promise<void> {
    await this.pause()
    this.#drop()
    await this.#access.release()
  }

  /** The store has the new name already; a run that is going keeps going. */
  rename(name: string): void {
    this.#recorder.rename(name)
  }

  get #recorder(): Recorder {
    return this.#stored.recorder
  }

  get #state(): RunState {
    const { header } = this
    const [stored, reason] = [this.#stored, this.#failure]
    const { blocked, visitor } = this.#access
    const { edits } = header
    return {
      header,
      stored,
      failure: reason,
      running: this.running,
      blocked,
      waiting: visitor?.waiting === true,
      tokens: this.#meter.tokens,
      edits,
    }
  }

  #tell(always: boolean): void {
    this.#reports.tell(this.#state, always)
  }

  /** Makes sure that there is something to explore, from what is on disk. */
  async #ready(): Promise<Result<true>> {
    if (this.elsewhere) {
      await this.#access.acquire(this.#ports.locks, this.id)
      if (!this.elsewhere) this.#stale = true // the other tab may have gone on
    }
    if (this.#stale) {
      const loaded = await this.#load()
      if (!loaded.ok) return loaded
    }
    if (this.#recorder.record.finished) {
      return failure('run-finished', 'All tasks of this run are explored. Start a new run to explore more.')
    }
    const { blocked, world } = this.#access
    if (blocked !== undefined || !world?.ok) return failure('run-blocked', blocked ?? '')
    this.#failure = undefined
    this.#interrupted = false
    if (this.#exploration === undefined) {
      const code = await fetched(() => import('./exploration.ts'))
      if (!code.ok) return code
      this.#exploration = new code.value.Exploration({
        ...{ header: this.header, world: world.value, tasks: this.#access.tasksIn(world.value) },
        recorder: this.#recorder,
        now: () => this.#ports.now(),
        interrupted: () => this.#interrupted || this.#givesWay,
        tell: (nowMs) => {
          this.#reports.mark(this.#stored, nowMs)
          this.#tell(false)
        },
      })
    }
    return success(true)
  }

  /** Goes back to what is stored. */
  async #load(): Promise<Result<true>> {
    this.#drop()
    const stored = await StoredRun.read(this.#ports.store, this.id)
    if (!stored.ok) return stored
    this.#stored = stored.value
    this.#stale = false
    return success(true)
  }

  /** Forgets the exploration under way; a new one begins at what the recorder has. */
  #drop(): void {
    this.#exploration?.drop()
    this.#exploration = undefined
  }

  /** As far as a stride goes, or until something ends it. Everything is on disk afterwards. */
  async #explore(stride: Stride | undefined): Promise<void> {
    const { world } = this.#access
    const reader = world?.ok ? world.value.language?.reader : undefined
    if (reader !== undefined) this.#meter.begin(() => reader.counts)
    const ended = await this.#exploration?.explore(stride)
    this.#meter.end()
    if (ended === 'aborted') this.#drop()
    else if (ended !== undefined) await this.#fail(ended, false)
    await this.flush(true)
  }

  async #fail(reason: Failure, rollBack: boolean): Promise<void> {
    this.#failure = reason
    this.#interrupted = true
    this.#drop()
    if (!rollBack) return
    this.#stale = true
    await this.#load()
  }
}
