/**
 * Asks the lab which actions were none in their states. Only of runs in which anything can be said (a visitor's, a language
 * model's): the embedded agent chooses among what acts.
 */
import type { TaskState } from '../../../core/log/fold-task.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { IdleActions } from '../../state/idle-actions.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionsTo, type Selection } from '../../state/selection.ts'

export class AskedIdleActions implements IdleActions {
  readonly #page: PageState
  /** What the lab said of one run; `undefined` also while it is asked, and where it cannot say. */
  readonly #known = new Map<string, string | undefined>()
  #run: string | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  of(task: TaskState, at: Selection): string | undefined {
    const { progress } = this.#page.explorer
    if (progress === undefined || progress.info.config.policy === 'linear') return undefined
    if (this.#run !== progress.info.id) this.#known.clear()
    this.#run = progress.info.id
    const actions = actionsTo(task, at)
    const key = JSON.stringify([task.task, actions])
    if (!this.#known.has(key)) void this.#ask(key, task.task, actions)
    return this.#known.get(key)
  }

  async #ask(key: string, task: number, actions: readonly string[]): Promise<void> {
    this.#known.set(key, undefined)
    const here = this.#page.explorer.here()
    const sight = await this.#page.lab.world(task, actions)
    if (!here() || !sight.ok || sight.value.idle === undefined) return
    this.#known.set(key, sight.value.idle)
    this.#page.changes.say()
  }
}

/** Those of a page. */
export const idleActionsOf = keptByPage((page) => new AskedIdleActions(page))
