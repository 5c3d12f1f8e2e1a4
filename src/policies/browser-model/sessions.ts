/**
 * Sessions of the browser's own model. One that others go on from is held and never prompted itself: it is copied
 * (`clone`), so that the candidates of a step and the rollouts of a candidate share what was read up to where they part. A
 * rollout that goes on alone goes on in its own. A conversation that no session holds begins with a copy of the longest
 * beginning of it that one does.
 */
import { type Result, success } from '../../core/failure.ts'
import type { Message } from '../../core/log/conversation.ts'
import type { BrowserDesk, DeskAnswer } from './desk.ts'
import { callTrouble } from './troubles.ts'

export interface Session {
  readonly id: number
  /** What it takes up of the context window, in the browser's units (tokens as a rule). */
  readonly used: number
}

/** With the messages that it holds. */
interface Held extends Session {
  readonly key: string
  readonly length: number
}

/** What sessions cost and saved. */
export interface SessionCounts {
  /** From nothing. */
  made: number
  /** Copied from one that had read the beginning. */
  cloned: number
  /** Units of all prompts together, and those that were really read. */
  prompt: number
  read: number
}

/**
 * Sessions that others go on from: what all tasks begin with, the path, its candidates (K = 5 by default), and one more.
 * Each takes memory in the browser.
 */
const MOST_HELD = 8

/** Runs a call of the desk about one session: it can be cancelled, and is given up when nothing is heard of it. */
export type Watched = <T>(session: number, work: () => Promise<DeskAnswer<T>>) => Promise<Result<T>>

export class Sessions {
  readonly counts: SessionCounts = { made: 0, cloned: 0, prompt: 0, read: 0 }
  readonly #desk: BrowserDesk
  /** The least lately used first. */
  #held: Held[] = []
  /** Of the rollout under way. */
  #going: Held | undefined
  readonly #next: () => number

  /** @param next a number that no session of this desk has had */
  constructor(desk: BrowserDesk, next: () => number) {
    this.#desk = desk
    this.#next = next
  }

  /**
   * A session that holds just these messages, to be prompted and then kept or ended.
   * @param shared whether others are likely to go on from them
   */
  async at(messages: readonly Message[], shared: boolean, watched: Watched): Promise<Result<Session>> {
    const going = this.#going
    if (going !== undefined && going.key === keyOf(messages)) {
      this.#going = undefined
      if (!shared) return success(going)
      this.#hold(going)
    }
    const start = this.#longest(messages)
    if (start?.length === messages.length) return this.#copy(start, watched)
    const session = await (start === undefined
      ? this.#made(messages, watched)
      : this.#copied(start, messages.slice(start.length), watched))
    if (!session.ok || !shared) return session
    this.#hold({ ...session.value, key: keyOf(messages), length: messages.length })
    return this.#copy(session.value, watched)
  }

  /** A session that holds these messages now. @param shared as in `at` */
  keep({ id, used }: Session, messages: readonly Message[], shared: boolean): void {
    const held = { id, used, key: keyOf(messages), length: messages.length }
    if (shared) this.#hold(held)
    else {
      if (this.#going !== undefined) this.end(this.#going.id)
      this.#going = held
    }
  }

  /** Whoever stood at the desk may be gone. */
  end(session: number): void {
    this.#desk.end(session).catch(() => {})
  }

  /** Those that are held may be no more. */
  forget(): void {
    for (const { id } of this.#held.splice(0)) this.end(id)
    if (this.#going !== undefined) this.end(this.#going.id)
    this.#going = undefined
  }

  async #made(messages: readonly Message[], watched: Watched): Promise<Result<Session>> {
    const id = this.#next()
    const used = await watched(id, () => this.#desk.create(id, messages))
    if (!used.ok) return used
    this.counts.made++
    this.counts.read += used.value
    return success({ id, used: used.value })
  }

  async #copy(from: Session, watched: Watched): Promise<Result<Session>> {
    const id = this.#next()
    const used = await watched(id, () => this.#desk.clone(from.id, id))
    if (!used.ok) return used
    this.counts.cloned++
    return success({ id, used: used.value })
  }

  async #copied(from: Session, further: readonly Message[], watched: Watched): Promise<Result<Session>> {
    const copy = await this.#copy(from, watched)
    if (!copy.ok) return copy
    const { id, used } = copy.value
    const read = await watched(id, () => this.#desk.append(id, further))
    if (!read.ok) {
      this.end(id)
      return read
    }
    this.counts.read += Math.max(0, read.value - used)
    return success({ id, used: read.value })
  }

  /** That holds the longest beginning of these messages, and nothing else. */
  #longest(messages: readonly Message[]): Held | undefined {
    for (let length = messages.length; length > 0; length--) {
      const key = keyOf(messages.slice(0, length))
      const at = this.#held.findIndex((held) => held.key === key)
      if (at === -1) continue
      const [held] = this.#held.splice(at, 1)
      if (held !== undefined) this.#held.push(held)
      return held
    }
    return undefined
  }

  /** What all tasks begin with is asked for once a task, and stays. */
  #hold(session: Held): void {
    this.#held.push(session)
    if (this.#held.length <= MOST_HELD) return
    const shortest = this.#held.reduce((a, b) => (b.length < a.length ? b : a))
    const [oldest] = this.#held.splice(this.#held[0] === shortest ? 1 : 0, 1)
    if (oldest !== undefined) this.end(oldest.id)
  }
}

export function answered<T>(answer: DeskAnswer<T>): Result<T> {
  return answer.ok ? success(answer.value) : { ok: false, failure: callTrouble(answer.error) }
}

function keyOf(messages: readonly Message[]): string {
  return JSON.stringify(messages.map(({ role, content }) => [role, content]))
}
