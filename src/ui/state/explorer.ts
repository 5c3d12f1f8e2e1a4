/**
 * The open run and where one looks at it: playhead, selection, and the motions that ask the lab for more. The playhead is
 * independent of the lab: behind the newest event, moving is motion only; at the end, a stride is explored first.
 */
import type { Result } from '../../core/failure.ts'
import { foldTask, TaskFold, type TaskState } from '../../core/log/fold-task.ts'
import { Turns } from '../../core/turns.ts'
import type {
  LabApi,
  OpenedRun,
  RunEvent,
  RunProgress,
  RunUpdate,
  Stride,
  TaskSummary,
} from '../../worker/protocol/lab-api.ts'
import type { Change, Changes } from './changes.ts'
import { FinishedTasks } from './finished-tasks.ts'
import { type Intention, Intentions } from './intentions.ts'
import { Newest } from './newest.ts'
import type { Notices } from './notices.ts'
import type { Place } from './place.ts'
import { isWhole, type Playhead, strideBack, strideForward } from './playhead.ts'
import { type Selection, selectionIn } from './selection.ts'
import { TaskEvents } from './task-events.ts'

export class Explorer {
  progress: RunProgress | undefined
  playhead: Playhead = { task: 0, count: 0 }
  /** Known events of the task under the playhead. */
  events: readonly RunEvent[] = []
  /** The candidate that the user picked, until the playhead moves. */
  pinned: Selection | undefined
  /** While the run is explored at full speed: whether the view follows the newest task. */
  following = false
  /** Whether the lab has opened another run that does not stand here yet: it is asked nothing about this one. */
  left = false
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #notices: Notices
  readonly #intentions: Intentions
  readonly #known: TaskEvents
  readonly #runs = new Newest()
  readonly #moves = new Newest()
  readonly #explorations = new Turns()
  readonly #finished: FinishedTasks
  readonly #fold = new TaskFold()
  #strides: Promise<boolean> = Promise.resolve(false)

  constructor(lab: LabApi, changes: Changes, notices: Notices, intentions = new Intentions()) {
    this.#lab = lab
    this.#changes = changes
    this.#notices = notices
    this.#intentions = intentions
    this.#known = new TaskEvents(lab)
    this.#finished = new FinishedTasks(lab, changes, () => this.left)
  }

  /** The task as far as the playhead has come. */
  get task(): TaskState | undefined {
    return this.#fold.at(this.events, this.playhead.count)
  }

  get selection(): Selection | undefined {
    return this.task && selectionIn(this.task, this.pinned)
  }

  /** Where one looks; undefined while no run stands here. */
  get place(): Place | undefined {
    const { progress, playhead, pinned } = this
    return progress && { runId: progress.info.id, ...playhead, ...(pinned === undefined ? {} : { pinned }) }
  }

  /** @see FinishedTasks.list */
  get tasks(): readonly TaskSummary[] {
    return this.#finished.list
  }

  /** Tasks that have at least one event. */
  get knownTasks(): number {
    if (this.progress === undefined) return 0
    return this.progress.info.tasksFinished + (this.progress.openTaskEvents > 0 ? 1 : 0)
  }

  get totalTasks(): number {
    return this.progress?.info.config.tasks ?? 0
  }

  get running(): boolean {
    return this.progress?.status === 'running'
  }

  get atTaskEnd(): boolean {
    return isWhole(this.events) && this.playhead.count >= this.events.length
  }

  get atRunEnd(): boolean {
    return this.atTaskEnd && this.playhead.task + 1 >= this.totalTasks
  }

  /** Takes a run that the lab has just opened. The playhead waits before its first task. */
  take({ progress, tasks = [] }: Pick<OpenedRun, 'progress'> & Partial<OpenedRun>): void {
    this.progress = progress
    this.#known.clear()
    this.#runs.next()
    this.following = false
    this.left = false
    this.#finished.take(tasks, progress)
    this.#place(0, 0, [])
  }

  /** @returns whether the run that stands here still does */
  here(): () => boolean {
    return this.#runs.now()
  }

  /** @returns whether nothing has moved since */
  unmoved(): () => boolean {
    return this.#moves.now()
  }

  /** Lets go of a motion that is under way. */
  stay(): void {
    this.#moves.next()
  }

  /** @returns what it changes */
  hear(update: RunUpdate): Change {
    const before = this.progress
    const { progress } = update
    if (progress.info.id !== before?.info.id) return 'progress'
    this.#progressTo(progress)
    this.#finished.hear(update)
    return stateOf(before) === stateOf(progress) ? 'progress' : 'anything'
  }

  /** Motion within the known events of the task. */
  moveTo(count: number): void {
    this.#place(this.playhead.task, Math.max(Math.min(1, this.events.length), Math.min(this.events.length, count)))
  }

  back(stride: Stride): void {
    if (this.playhead.count <= 1 && this.playhead.task > 0) void this.openTask(this.playhead.task - 1, Infinity)
    else this.moveTo(strideBack(this.events, this.playhead.count, stride))
  }

  /** @param look events to show; Infinity for all that are known @returns whether it stands there */
  async openTask(task: number, look: number | ((events: readonly RunEvent[]) => number)): Promise<boolean> {
    if (task < 0 || task >= this.knownTasks) return false
    const newest = this.#moves.next()
    const events = await this.#eventsOf(task)
    // None: the lab was just going over to another run.
    if (!newest() || events.length === 0) return false
    this.#place(task, Math.min(typeof look === 'number' ? look : look(events), events.length), events)
    return true
  }

  /** A task to its end, without going there. */
  async wholeTask(task: number): Promise<TaskState | undefined> {
    return foldTask(await this.#eventsOf(task))
  }

  /**
   * One stride on, exploring it first where the log ends; after those asked for before. While a run is being opened it is
   * one in that run. @returns whether anything moved
   */
  forward(stride: Stride): Promise<boolean> {
    const wish = this.#intentions.newest
    this.#strides = this.#strides.then(() => this.#forward(stride, wish))
    return this.#strides
  }

  /** @returns whether no stride was asked for since */
  unstrided(): () => boolean {
    const last = this.#strides
    return () => last === this.#strides
  }

  async #forward(stride: Stride, wish: Intention): Promise<boolean> {
    await this.#intentions.idle()
    if (this.progress === undefined || this.atRunEnd || !this.#intentions.stands(wish)) return false
    const before = this.playhead
    const within = strideForward(this.events, before.count, stride)
    if (within.complete) {
      this.moveTo(within.count)
      return true
    }
    const newest = this.#moves.next()
    const task = this.atTaskEnd ? before.task + 1 : before.task
    const from = this.atTaskEnd ? 0 : before.count
    await this.#explorations.idle() // what play has asked for may be enough
    let events = task < this.knownTasks ? await this.#eventsOf(task) : []
    if (!strideForward(events, from, stride).complete && !isWhole(events) && (await this.explore(stride)))
      events = await this.#eventsOf(task)
    const { count } = strideForward(events, from, stride)
    if (!newest() || count === 0) return false
    this.#place(task, count, events)
    return task !== before.task || count !== before.count
  }

  /** Has the lab explore one stride more. @returns whether it could */
  async explore(stride: Stride): Promise<boolean> {
    const { progress } = this
    if (progress === undefined || progress.info.finished || this.running) return false
    return this.explored(() => this.#lab.advance(stride))
  }

  /** Has the lab explore a task to its end, where it is not there yet. @returns whether it is */
  async exploreTo(task: number): Promise<boolean> {
    await this.#explorations.idle()
    return task < (this.progress?.info.tasksFinished ?? 0) || this.explore('task')
  }

  /** Takes what the lab explores in the run that stands here. @returns whether it could */
  explored(call: () => Promise<Result<RunProgress>>): Promise<boolean> {
    return this.#explorations.take(() => this.#explored(call))
  }

  async #explored(call: () => Promise<Result<RunProgress>>): Promise<boolean> {
    const here = this.here()
    const ask = async (call: () => Promise<Result<RunProgress>>): Promise<RunProgress | undefined> => {
      await this.#intentions.idle()
      return here() ? this.#notices.ask(call()) : undefined
    }
    let after = await ask(call)
    // After the last task there is one event more, which belongs to none: the run's own end.
    if (after !== undefined && !after.info.finished && after.info.tasksFinished >= after.info.config.tasks)
      after = await ask(() => this.#lab.advance('event'))
    if (after === undefined || !here()) return false
    this.#progressTo(after)
    this.#changes.say()
    return true
  }

  /** Ahead of time, so that play never waits: a task explored to its end. Says nothing where it cannot be. */
  async prepare(task: number): Promise<void> {
    if (task >= this.totalTasks) return
    if (this.progress?.blocked === undefined) await this.exploreTo(task)
    await this.fetch(task)
  }

  /** Has what is known of a task at hand. */
  async fetch(task: number): Promise<void> {
    if (task < this.knownTasks) await this.#eventsOf(task)
  }

  pick(selection: Selection): void {
    this.pinned = selection
    this.#changes.say()
  }

  /** Takes what has been added to the open task since its events were asked for. */
  async refresh(): Promise<void> {
    const { task, count } = this.playhead
    if (task >= this.knownTasks || isWhole(this.events)) return
    const unmoved = this.unmoved()
    const events = await this.#eventsOf(task)
    if (!unmoved() || events.length === 0) return
    // No motion: one that is under way goes on.
    this.playhead = { task, count: Math.max(count, Math.min(1, events.length)) }
    this.events = events
    this.#changes.say()
  }

  async #eventsOf(task: number): Promise<readonly RunEvent[]> {
    return this.left ? [] : this.#known.of(task, task < (this.progress?.info.tasksFinished ?? 0))
  }

  #progressTo(progress: RunProgress): void {
    const now = this.progress
    // Updates and answers come over two ports: an older one may arrive later.
    if (now === undefined || progress.revision > now.revision) this.progress = progress
  }

  #place(task: number, count: number, events = this.events): void {
    this.#moves.next()
    const within = task === this.playhead.task && events === this.events
    this.playhead = { task, count }
    this.events = events
    this.pinned = undefined
    this.#changes.say(within ? 'motion' : 'anything')
  }
}

/** What may change what can be done, and what is said besides numbers: those tell how far it has come and what it cost. */
function stateOf({ status, blocked, waiting, failure, info }: RunProgress): string {
  return JSON.stringify([status, blocked, waiting, failure?.message, info.name])
}
