/**
 * Time: plays events at a humane pace, on to the following tasks, and runs the whole run at full speed. While playing it
 * has the next task explored ahead, so that the picture never waits.
 */
import type { LabApi } from '../../worker/protocol/lab-api.ts'
import { isResting } from './acting.ts'
import type { Changes } from './changes.ts'
import type { Explorer } from './explorer.ts'
import { drawn, nextFrame } from './frames.ts'
import type { Intentions } from './intentions.ts'
import { Newest } from './newest.ts'
import type { Notices } from './notices.ts'
import { dwellMs, isWhole, type SPEEDS } from './playhead.ts'

/** While running at full speed, the newest finished task is shown this often. */
const FOLLOW_MS = 1500
/** How long to wait before looking again for more, where play has caught up with a run in progress. */
const WAIT_MS = 200

export class Player {
  playing = false
  speed: (typeof SPEEDS)[number] = 1
  /** Whether the whole run was asked for; stays while it is paused, so that it can go on. */
  runningAll = false
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #notices: Notices
  readonly #explorer: Explorer
  readonly #intentions: Intentions
  #due = 0
  #until = Number.POSITIVE_INFINITY
  #followedAt = 0
  readonly #plays = new Newest()
  readonly #follows = new Newest()

  constructor(lab: LabApi, changes: Changes, notices: Notices, explorer: Explorer, intentions: Intentions) {
    this.#lab = lab
    this.#changes = changes
    this.#notices = notices
    this.#explorer = explorer
    this.#intentions = intentions
  }

  /** What Play does now: the button and its key are one. At the end of a finished task it plays that again. */
  get next(): 'play' | 'pause' | 'replay' {
    if (this.playing) return 'pause'
    return this.#explorer.atTaskEnd && !this.#intentions.opening ? 'replay' : 'play'
  }

  toggle(): void {
    const { next } = this
    if (next === 'replay') this.#explorer.moveTo(1)
    if (next === 'pause') this.halt()
    else this.play()
  }

  /** @param until the event of the task that stands here after which it halts by itself */
  play(until = Number.POSITIVE_INFINITY): void {
    this.#until = until
    this.playing = true
    this.#explorer.following = false
    this.#due = performance.now()
    this.#changes.say()
    void this.#loop(this.#plays.next())
  }

  /** Stops playing; a run at full speed goes on. */
  halt(): void {
    const { playing } = this
    if (playing) this.#explorer.stay()
    this.playing = false
    this.#plays.next()
    if (playing) this.#changes.say()
  }

  /** @returns whether it was neither played nor halted since */
  untouched(): () => boolean {
    return this.#plays.now()
  }

  async runAll(): Promise<void> {
    this.halt()
    await this.#intentions.idle()
    const { progress } = this.#explorer
    if (progress === undefined || progress.info.finished) return
    this.runningAll = true
    this.#explorer.following = true
    this.#changes.say()
    if ((await this.#notices.ask(this.#lab.start())) === undefined) this.runningAll = false
    this.#changes.say()
  }

  async pauseAll(): Promise<void> {
    await this.#notices.ask(this.#lab.pause())
    this.#changes.say()
  }

  /** Pauses and leaves full speed; the run is kept and can go on later. */
  async stopAll(): Promise<void> {
    this.runningAll = false
    this.#explorer.following = false
    this.#changes.say()
    await this.pauseAll()
    await this.#explorer.refresh()
  }

  /** Called with every update of the lab. */
  hear(): void {
    const explorer = this.#explorer
    const { progress } = explorer
    if (progress === undefined) return
    if (progress.info.finished || progress.status === 'failed') this.runningAll = false
    const now = performance.now()
    const newest = progress.info.tasksFinished - 1
    const due = now - this.#followedAt > FOLLOW_MS || progress.info.finished
    if (explorer.following && newest >= 0 && due) {
      this.#followedAt = now
      if (progress.info.finished) explorer.following = false
      if (newest !== explorer.playhead.task || !explorer.atTaskEnd) void this.#show(newest)
    }
  }

  /** A task that is followed: its events come in one turn of the page, and are drawn in another. */
  async #show(task: number): Promise<void> {
    const explorer = this.#explorer
    const { following } = explorer
    const [newest, unmoved] = [this.#follows.next(), explorer.unmoved()]
    await explorer.fetch(task)
    await drawn()
    if (newest() && unmoved() && explorer.following === following) await explorer.openTask(task, Infinity)
  }

  async #loop(newest: () => boolean): Promise<void> {
    const explorer = this.#explorer
    while (newest()) {
      const now = await nextFrame()
      if (!newest()) return
      if (now - this.#due > 1000) this.#due = now // asleep in the background: do not rush to catch up
      let count = explorer.playhead.count
      const end = Math.min(explorer.events.length, this.#until)
      while (count < end && this.#due <= now) {
        this.#due += dwellMs(explorer.events[count]) / this.speed
        count++
      }
      if (count !== explorer.playhead.count) explorer.moveTo(count)
      else if (count >= this.#until) return this.halt()
      else if (this.#due <= now && !(await this.#goOn(newest))) {
        if (newest()) this.halt()
        return
      }
    }
  }

  /** At the end of what is known: more of the task, or the next one. @returns false at the end of the run, and when halted */
  async #goOn(newest: () => boolean): Promise<boolean> {
    const explorer = this.#explorer
    if (explorer.atRunEnd || isResting(explorer)) return false
    const { task } = explorer.playhead
    if (!isWhole(explorer.events)) {
      const known = explorer.events.length
      if (!explorer.running && !(await explorer.exploreTo(task))) return false
      if (!newest()) return false
      await explorer.refresh()
      if (explorer.events.length === known) this.#due = performance.now() + WAIT_MS
      return explorer.running || explorer.events.length > known
    }
    if (task + 1 >= explorer.knownTasks && !explorer.running && !(await explorer.exploreTo(task + 1))) return false
    if (!newest()) return false
    if (task + 1 >= explorer.knownTasks) {
      this.#due = performance.now() + WAIT_MS
      return explorer.running
    }
    if (await explorer.openTask(task + 1, 1)) void explorer.prepare(task + 2)
    return true
  }
}
