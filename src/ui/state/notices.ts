/** What the page has to say: failures stay until dismissed, news goes by itself. Plain text only. */
import { messageOf, type Result } from '../../core/failure.ts'
import type { Changes } from './changes.ts'

const NEWS_MS = 8000

export interface Notice {
  readonly id: number
  readonly kind: 'failure' | 'news'
  readonly text: string
}

export class Notices {
  items: readonly Notice[] = []
  readonly #changes: Changes
  #nextId = 1

  constructor(changes: Changes) {
    this.#changes = changes
  }

  fail(text: string): void {
    if (!this.items.some((notice) => notice.text === text)) this.#add('failure', text)
  }

  tell(text: string): void {
    const id = this.#add('news', text)
    setTimeout(() => this.dismiss(id), NEWS_MS)
  }

  dismiss(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id)
    this.#changes.say()
  }

  /** The value of a call to the lab; undefined after the failure has been shown. */
  async ask<T>(call: Promise<Result<T>>): Promise<T | undefined> {
    try {
      const result = await call
      if (result.ok) return result.value
      this.fail(result.failure.message)
    } catch (thrown) {
      this.fail(`The lab did not answer: ${messageOf(thrown)}`)
    }
    return undefined
  }

  #add(kind: Notice['kind'], text: string): number {
    const id = this.#nextId++
    this.items = [...this.items, { id, kind, text }]
    this.#changes.say()
    return id
  }
}
