/**
 * The exploration that continues a run: one event after the other, each handed to the recorder. It may be ahead of the
 * recorder by one event, looked at to see where a stride ends. Fetched with the first run that goes on.
 */
import type { TaskWords } from '../../core/exploration/actor.ts'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { type Failure, failure, messageOf, type Result } from '../../core/failure.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import { endsStride, type Stride } from '../../core/log/strides.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { World } from '../worlds/world.ts'
import type { Recorder } from './recorder.ts'

/** Exploration gives way to calls this often. */
const SLICE_MS = 8
/** How long an agent may take to finish what it is at, once it is to rest. */
const PATIENCE_MS = 300
/** In place of an event: it comes when the visitor has acted. */
const YOUR_TURN = 'your turn'

export interface ExploredRun {
  readonly header: RunStarted
  readonly world: World
  readonly tasks: readonly TaskWords[]
  /** With what is on disk: exploration goes on from there. */
  readonly recorder: Recorder
  /** Asked before each event. */
  interrupted(): boolean
  /** Milliseconds from any origin. */
  now(): number
  /** Before calls have their turn. */
  tell(nowMs: number): void
}

export class Exploration {
  readonly #run: ExploredRun
  readonly #events: AsyncGenerator<RunEvent, void, void>
  readonly #stop = new AbortController()
  #exploring = false
  #peeked: RunEvent | undefined
  /** Asked of the events; stays while the visitor makes up their mind. */
  #pulling: Promise<IteratorResult<RunEvent, void>> | undefined

  constructor(run: ExploredRun) {
    const { header, world, tasks, recorder } = run
    const { actor, expert } = world
    const from = { started: recorder.saved > 0, tasksFinished: recorder.tasksFinished, unfinished: recorder.open }
    const { signal } = this.#stop
    this.#run = run
    this.#events = exploreRun({ header, actor, tasks, from, signal, ...(expert && { expert }) })
  }

  /** An agent that answers late (a model) is not waited for; what it was asked is asked again later. */
  hurry(): void {
    if (!this.#exploring) return
    setTimeout(() => {
      if (this.#exploring && this.#run.interrupted()) this.#stop.abort()
    }, PATIENCE_MS)
  }

  /** Nothing more is asked of it. A new one begins at what the recorder has. */
  drop(): void {
    this.#stop.abort()
    this.#events.return().catch(() => {})
    this.#pulling?.catch(() => {})
    this.#pulling = undefined
    this.#peeked = undefined
  }

  /**
   * Until the stride ends (or without end), the run ends, the visitor is to act, or somebody interrupts. What was recorded
   * last need not be on disk then.
   * @param stride without end where undefined
   * @returns why it cannot go on, if it cannot; `aborted` after `hurry`
   */
  async explore(stride: Stride | undefined): Promise<Failure | 'aborted' | undefined> {
    this.#exploring = true
    try {
      return await this.#follow(stride)
    } catch (thrown) {
      if (this.#stop.signal.aborted) return 'aborted'
      const words = `Exploration stopped by an error: ${messageOf(thrown)}. Everything up to here is kept.`
      return failure('exploration-error', `${words} Go on to try again, or export what there is.`).failure
    } finally {
      this.#exploring = false
    }
  }

  async #follow(stride: Stride | undefined): Promise<Failure | undefined> {
    const { recorder, interrupted, now, tell } = this.#run
    let sliceMs = now()
    let writing: Promise<Result<true>> | undefined
    while (!interrupted()) {
      const event = this.#peeked ?? (await this.#pull())
      this.#peeked = undefined
      if (event === undefined || event === YOUR_TURN) break
      if (event.type === 'run-failed') return event.failure
      recorder.add(event)
      if (event.type === 'run-finished') break
      if (stride !== undefined && (await this.#ends(stride, event))) break
      const nowMs = now()
      if (nowMs - sliceMs < SLICE_MS) continue
      if (recorder.due(nowMs)) {
        // One write is under way while exploration goes on; the next one waits for it.
        const written = await writing
        if (written?.ok === false) break
        writing = recorder.flush(nowMs, false)
      }
      tell(nowMs)
      await macrotask()
      sliceMs = now()
    }
    return undefined
  }

  /** Looks at the event that follows where that decides. */
  async #ends(stride: Stride, event: RunEvent): Promise<boolean> {
    if (endsStride(stride, event, undefined)) return true
    if (stride === 'task') return false
    const next = await this.#pull()
    this.#peeked = next === YOUR_TURN ? undefined : next
    return endsStride(stride, event, this.#peeked)
  }

  async #pull(): Promise<RunEvent | typeof YOUR_TURN | undefined> {
    const pulling = this.#pulling ?? this.#events.next()
    this.#pulling = pulling
    const asked = this.#run.world.visitor?.asked().then(() => YOUR_TURN)
    const next = await (asked === undefined ? pulling : Promise.race([pulling, asked]))
    if (next === YOUR_TURN) return YOUR_TURN
    this.#pulling = undefined
    return typeof next === 'string' || next.done === true ? undefined : next.value
  }
}
