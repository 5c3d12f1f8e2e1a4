/**
 * One open run: its position, the exploration that continues it, the recorder that writes it down. It holds at most one
 * event that is not recorded yet (looked at to see where a phase ends); whatever happens, the truth is what is stored,
 * and `load` goes back to it.
 */
import type { TaskWords } from '../../core/exploration/actor.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import { type Failure, failure, messageOf, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { endsStride, type RunEvent, type RunStarted, type Stride } from '../../core/log/events.ts'
import type { TaskSummary } from '../../core/log/fold-run.ts'
import type { Visitor } from '../../policies/visitor.ts'
import type { Store } from '../../store/store.ts'
import type { Locks, Release } from '../machine/locks.ts'
import { macrotask } from '../machine/macrotask.ts'
import { Rate } from '../machine/rate.ts'
import type { RunProgress, RunUpdate } from '../protocol/runs.ts'
import type { LoadedEnvironment } from '../worlds/loaded-environment.ts'
import type { World } from '../worlds/world.ts'
import { headerOf, taskEventsOf } from './log-text.ts'
import { Recorder } from './recorder.ts'
import { infoOf } from './records.ts'

/** Exploration gives way to calls this often. */
const SLICE_MS = 8
const UPDATE_MS = 100
/** How long `pause` waits for an agent to finish what it is at. */
const PATIENCE_MS = 300

export interface SessionPorts {
  readonly store: Store
  readonly locks: Locks
  /** Milliseconds from any origin. */
  now(): number
  emit(update: RunUpdate): void
}

/** Of all sessions of this worker. */
let reports = 0

/** In place of an event: it comes when the visitor has acted. */
const YOUR_TURN = 'your turn'

export class RunSession {
  readonly id: string
  readonly header: RunStarted
  readonly #ports: SessionPorts
  readonly #readOnly: string | undefined
  #world: Result<World> | undefined
  /** Once data that matches has been seen. */
  #tasks: readonly TaskWords[] | undefined
  /** Finished tasks, all on disk. */
  #finished: TaskSummary[]
  /** How many of them the page has been told of. */
  #told: number
  #recorder: Recorder
  #release: Release | undefined
  #elsewhere = false
  #exploration: { readonly events: AsyncGenerator<RunEvent, void, void>; readonly stop: AbortController } | undefined
  #peeked: RunEvent | undefined
  /** Asked of the exploration; stays while the visitor makes up their mind. */
  #pulling: Promise<IteratorResult<RunEvent, void>> | undefined
  #loop: Promise<void> | undefined
  #interrupted = false
  #exploring = false
  #failure: Failure | undefined
  /** Set where memory is ahead of the disk. */
  #stale = false
  #lastUpdateMs = Number.NEGATIVE_INFINITY
  readonly #rate = new Rate()

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
    const release = readOnly === undefined ? await ports.locks.acquire(id) : undefined
    const stored = await loadStored(ports.store, id)
    if (!stored.ok) {
      await release?.()
      return stored
    }
    return success(new RunSession(ports, id, header.value, world, readOnly, release, stored.value))
  }

  private constructor(
    ports: SessionPorts,
    id: string,
    header: RunStarted,
    world: Result<World> | undefined,
    readOnly: string | undefined,
    release: Release | undefined,
    stored: Stored,
  ) {
    this.id = id
    this.header = header
    this.#ports = ports
    this.#readOnly = readOnly
    this.#release = release
    this.#elsewhere = readOnly === undefined && release === undefined
    this.#recorder = stored.recorder
    this.#finished = stored.tasks
    this.#told = stored.tasks.length
    this.#world = world
  }

  get running(): boolean {
    return this.#loop !== undefined
  }

  /** Whether another tab writes this run, as far as is known. */
  get elsewhere(): boolean {
    return this.#elsewhere
  }

  /** All finished tasks on disk. The page is told of later ones by updates. */
  get tasks(): readonly TaskSummary[] {
    return this.#finished
  }

  get progress(): RunProgress {
    const record = this.#recorder.record
    const now = this.#ports.now()
    const failed = this.#failure !== undefined
    return {
      revision: ++reports,
      info: infoOf(record),
      status: record.finished ? 'finished' : this.running ? 'running' : failed ? 'failed' : 'paused',
      failure: this.#failure,
      blocked: record.finished ? undefined : this.#blocked(),
      waiting: this.#visitor?.waiting === true,
      steps: record.steps,
      risenSteps: record.risenSteps,
      openTaskEvents: this.#recorder.open.length,
      tasksPerSecond: this.running ? this.#rate.perSecond(now, record.tasksFinished) : undefined,
      saved: this.#recorder.saved,
    }
  }

  /** The run must be paused. */
  setWorld(world: Result<World> | undefined): void {
    this.#world = world
    this.#drop()
  }

  /** The instruction of a task; undefined where the loaded environment is not of the run's data. */
  taskWords(loaded: LoadedEnvironment, task: number): TaskWords | undefined {
    return this.#tasksIn(loaded)[task]
  }

  /** Explores at full speed. Resolves as soon as it has begun. */
  async start(): Promise<Result<true>> {
    if (this.running) return success(true)
    const ready = await this.#ready()
    if (!ready.ok) return ready
    this.#rate.reset()
    this.#rate.mark(this.#ports.now(), this.#recorder.tasksFinished)
    this.#loop = this.#explore(undefined).finally(() => {
      this.#loop = undefined
      this.#update(true)
    })
    this.#update(true)
    return success(true)
  }

  /** Asks exploration to end after the event at hand; `pause` waits for it. */
  interrupt(): void {
    this.#interrupted = true
    const at = this.#exploration
    if (at === undefined || !this.#exploring) return
    // An agent that answers late (a model) is not waited for; what it was asked is asked again later.
    setTimeout(() => {
      if (this.#exploring && this.#interrupted && this.#exploration === at) at.stop.abort()
    }, PATIENCE_MS)
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
    this.#update(this.#failure !== undefined)
    return this.#failure === undefined ? success(this.progress) : { ok: false, failure: this.#failure }
  }

  /** The visitor's next action, and what follows from it: up to where another one is wanted, or to the task's end. */
  async act(action: string): Promise<Result<RunProgress>> {
    if (this.#visitor?.waiting !== true) {
      const ready = await this.advance('task') // a run just opened has not asked yet
      if (!ready.ok) return ready
    }
    return this.#visitor?.act(action) === true ? this.advance('task') : NOT_YOUR_TURN
  }

  /** Stores what is not stored yet; a failed write takes the run back to what is stored. */
  async flush(durable: boolean): Promise<Result<true>> {
    const written = await this.#recorder.flush(this.#ports.now(), durable)
    if (!written.ok) await this.#fail(written.failure, true)
    else this.#keepSaved()
    return written
  }

  /** The events of one task so far. */
  async taskEvents(task: number): Promise<Result<readonly RunEvent[]>> {
    if (task === this.#recorder.tasksFinished) return success([...this.#recorder.open])
    if (task >= this.#finished.length && task < this.#recorder.tasksFinished) {
      const written = await this.flush(false)
      if (!written.ok) return written
    }
    return taskEventsOf(this.#ports.store, this.id, task)
  }

  /** Pauses, stores, gives the run back to other tabs. */
  async close(): Promise<void> {
    await this.pause()
    this.#drop()
    await this.#release?.()
    this.#release = undefined
  }

  /** The store has the new name already; a run that is going keeps going. */
  rename(name: string): void {
    this.#recorder.rename(name)
  }

  get #visitor(): Visitor | undefined {
    return this.#world?.ok ? this.#world.value.visitor : undefined
  }

  #tasksIn(loaded: LoadedEnvironment): readonly TaskWords[] {
    if (loaded.data.fingerprint !== this.header.data.fingerprint) return []
    const { config } = this.header
    this.#tasks ??= drawTasks(config, loaded.tasks(config.split))
    return this.#tasks
  }

  #blocked(): string | undefined {
    if (this.#readOnly !== undefined) return this.#readOnly
    if (this.#elsewhere) {
      return 'This run is being written in another tab. It can be read here; close it there to go on here.'
    }
    if (this.#world === undefined) return undefined
    if (!this.#world.ok) {
      const { code, message } = this.#world.failure
      return `This run cannot go on without its ${code.startsWith('agent-') ? 'agent' : 'data'}. ${message}`
    }
    const { data, agent } = this.header
    const { made } = this.#world.value
    if (made.data.fingerprint !== data.fingerprint) {
      return `This run was made with other data (${data.name}; loaded is ${made.data.name}). It can be read and exported; load its data to go on.`
    }
    if (made.agent.fingerprint !== agent.fingerprint) {
      return `This run was made with another version of its agent (${agent.name}). It can be read and exported, but not continued.${sameModel(this.header)}`
    }
    return undefined
  }

  /** Makes sure that there is something to explore, from what is on disk. */
  async #ready(): Promise<Result<true>> {
    if (this.#elsewhere) {
      this.#release = await this.#ports.locks.acquire(this.id)
      this.#elsewhere = this.#release === undefined
      if (!this.#elsewhere) this.#stale = true // the other tab may have gone on
    }
    if (this.#stale) {
      const loaded = await this.#load()
      if (!loaded.ok) return loaded
    }
    if (this.#recorder.record.finished) {
      return failure('run-finished', 'All tasks of this run are explored. Start a new run to explore more.')
    }
    const blocked = this.#blocked()
    if (blocked !== undefined || !this.#world?.ok) return failure('run-blocked', blocked ?? '')
    this.#failure = undefined
    this.#interrupted = false
    if (this.#exploration === undefined) {
      const code = await fetched(() => import('../../core/exploration/explore-run.ts'))
      if (!code.ok) return code
      const stop = new AbortController()
      const { tasksFinished } = this.#recorder
      const from = { started: this.#recorder.saved > 0, tasksFinished, unfinished: this.#recorder.open }
      const { actor, expert } = this.#world.value
      const tasks = this.#tasksIn(this.#world.value)
      const run = { header: this.header, actor, tasks, from, signal: stop.signal, ...(expert && { expert }) }
      this.#exploration = { events: code.value.exploreRun(run), stop }
    }
    return success(true)
  }

  /** Goes back to what is stored. */
  async #load(): Promise<Result<true>> {
    this.#drop()
    const stored = await loadStored(this.#ports.store, this.id)
    if (!stored.ok) return stored
    this.#recorder = stored.value.recorder
    this.#finished = stored.value.tasks
    this.#stale = false
    return success(true)
  }

  /** Forgets the exploration under way; a new one begins at what the recorder has. */
  #drop(): void {
    this.#exploration?.stop.abort()
    this.#exploration?.events.return().catch(() => {})
    this.#pulling?.catch(() => {})
    this.#pulling = undefined
    this.#exploration = undefined
    this.#peeked = undefined
  }

  /** Until the stride ends (or without end), the run ends, the visitor is to act, or somebody interrupts. Everything is on disk afterwards. */
  async #explore(stride: Stride | undefined): Promise<void> {
    this.#exploring = true
    const stopped = this.#exploration?.stop.signal
    let sliceMs = this.#ports.now()
    let writing: Promise<Result<true>> | undefined
    try {
      while (!this.#interrupted) {
        const event = this.#peeked ?? (await this.#pull())
        this.#peeked = undefined
        if (event === undefined || event === YOUR_TURN) break
        if (event.type === 'run-failed') {
          await this.#fail(event.failure, false)
          break
        }
        this.#recorder.add(event)
        if (event.type === 'run-finished') break
        if (stride !== undefined) {
          if (endsStride(stride, event, undefined)) break
          if (stride !== 'task') {
            const next = await this.#pull()
            this.#peeked = next === YOUR_TURN ? undefined : next
            if (endsStride(stride, event, this.#peeked)) break
          }
        }
        const now = this.#ports.now()
        if (now - sliceMs < SLICE_MS) continue
        this.#rate.mark(now, this.#recorder.tasksFinished)
        if (this.#recorder.due(now)) {
          // One write is under way while exploration goes on; the next one waits for it.
          const written = await writing
          if (written?.ok === false) break
          writing = this.#recorder.flush(now, false)
        }
        this.#update(false)
        await macrotask()
        sliceMs = this.#ports.now()
      }
    } catch (thrown) {
      if (stopped?.aborted === true) this.#drop()
      else {
        const words = `Exploration stopped by an error: ${messageOf(thrown)}. Everything up to here is saved.`
        const sentence = `${words} Go on to try again, or export what there is.`
        await this.#fail(failure('exploration-error', sentence).failure, false)
      }
    } finally {
      this.#exploring = false
    }
    await this.flush(true)
  }

  async #pull(): Promise<RunEvent | typeof YOUR_TURN | undefined> {
    const pulling = this.#pulling ?? this.#exploration?.events.next()
    this.#pulling = pulling
    const asked = this.#visitor?.asked().then(() => YOUR_TURN)
    const next = await (asked === undefined ? pulling : Promise.race([pulling, asked]))
    if (next === YOUR_TURN) return YOUR_TURN
    this.#pulling = undefined
    return next === undefined || typeof next === 'string' || next.done === true ? undefined : next.value
  }

  async #fail(reason: Failure, rollBack: boolean): Promise<void> {
    this.#failure = reason
    this.#interrupted = true
    this.#drop()
    if (!rollBack) return
    this.#stale = true
    await this.#load()
  }

  /** Takes over the tasks that have reached the disk. */
  #keepSaved(): void {
    while (this.#finished.length < this.#recorder.tasksSaved) {
      const task = this.#recorder.finishedTask(this.#finished.length)
      if (task === undefined) break
      this.#finished.push(task)
    }
  }

  /** Tells the page, at most ten times a second unless `always`. */
  #update(always: boolean): void {
    const now = this.#ports.now()
    this.#keepSaved()
    const newTasks = this.#finished.slice(this.#told)
    const due = now - this.#lastUpdateMs >= UPDATE_MS
    if (!always && !due && (this.running || newTasks.length === 0)) return
    this.#lastUpdateMs = now
    this.#told = this.#finished.length
    this.#ports.emit({ type: 'progress', progress: this.progress, newTasks })
  }
}

const NOT_YOUR_TURN = failure(
  'not-your-turn',
  'Nobody waits for an action of yours here. Start a run in which you act.',
)

/** What has to be the same for a language model to go on, beside its name; empty for other agents. */
function sameModel({ conversation }: RunStarted): string {
  if (conversation === undefined) return ''
  const { contextTokens, maxTokens } = conversation
  return ` It can go on with the same model, a context window of ${contextTokens} tokens, replies of at most ${maxTokens}, and replies kept to a form or free as they were.`
}

interface Stored {
  readonly recorder: Recorder
  readonly tasks: TaskSummary[]
}

async function loadStored(store: Store, id: string): Promise<Result<Stored>> {
  const record = await store.run(id)
  if (!record.ok) return record
  const entries = await store.tasks(id)
  if (!entries.ok) return entries
  const { tasksFinished } = record.value
  const unfinished = await taskEventsOf(store, id, tasksFinished)
  if (!unfinished.ok) return unfinished
  const recorder = new Recorder((appended, durable) => store.append(appended, durable), record.value, unfinished.value)
  const tasks = entries.value.slice(0, tasksFinished).map(({ task: _task, ...summary }) => summary)
  return success({ recorder, tasks })
}
