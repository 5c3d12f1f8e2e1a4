/** What the page has to say: failures stay until dismissed, news goes by itself. Plain text only. */
import { messageOf, type Result } from '../../core/failure.ts'
import type { Changes } from './changes.ts'

const NEWS_MS = 8000

/** In place of an answer: the lab was ended by the page, which says so elsewhere. */
export class LabEnded extends Error {}

/** What can be done about what is said; the notice goes with it. */
export interface NoticeAct {
  readonly label: string
  readonly act: () => void
}

export interface Notice {
  readonly id: number
  readonly kind: 'failure' | 'news'
  readonly text: string
  readonly acts: readonly NoticeAct[]
}

export class Notices {
  items: readonly Notice[] = []
  readonly #changes: Changes
  #nextId = 1

  constructor(changes: Changes) {
    this.#changes = changes
  }

  /** What is said already is said once. */
  fail(text: string, acts: readonly NoticeAct[] = []): number {
    const said = this.items.find((notice) => notice.text === text)
    if (said !== undefined && said.acts.length >= acts.length) return said.id
    if (said !== undefined) this.dismiss(said.id)
    return this.#add('failure', text, acts)
  }

  tell(text: string): void {
    const id = this.#add('news', text, [])
    setTimeout(() => this.dismiss(id), NEWS_MS)
  }

  /** News that stays until it is taken or dismissed. */
  offer(text: string, acts: readonly NoticeAct[]): void {
    if (!this.items.some((notice) => notice.text === text)) this.#add('news', text, acts)
  }

  dismiss(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id)
    this.#changes.say()
  }

  take(notice: Notice, act: NoticeAct['act']): void {
    this.dismiss(notice.id)
    act()
  }

  /** The value of a call to the lab; undefined after the failure has been shown. */
  async ask<T>(call: Promise<Result<T>>): Promise<T | undefined> {
    try {
      const result = await call
      if (result.ok) return result.value
      this.fail(result.failure.message)
    } catch (thrown) {
      if (!(thrown instanceof LabEnded)) this.fail(`The lab did not answer: ${messageOf(thrown)}`)
    }
    return undefined
  }

  #add(kind: Notice['kind'], text: string, acts: Notice['acts']): number {
    const id = this.#nextId++
    this.items = [...this.items, { id, kind, text, acts }]
    this.#changes.say()
    return id
  }
}
