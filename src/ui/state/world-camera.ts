/** The world after the selected action, asked from the lab one at a time; the last answer stands until the next comes. */
import type { Failure, LabApi, WorldSight } from '../../worker/protocol/lab-api.ts'
import { vantageOf } from './acting.ts'
import type { Changes } from './changes.ts'
import type { Explorer } from './explorer.ts'
import { Newest } from './newest.ts'
import { actionsTo } from './selection.ts'

const MOST_SIGHTS = 100

export class WorldCamera {
  sight: WorldSight | undefined
  /** Why there is none. */
  failure: Failure | undefined
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #explorer: Explorer
  readonly #sights = new Map<string, WorldSight>()
  readonly #runs = new Newest()
  #shown = ''
  #asking = false

  constructor(lab: LabApi, changes: Changes, explorer: Explorer) {
    this.#lab = lab
    this.#changes = changes
    this.#explorer = explorer
  }

  /** Forgets what it saw: another run or other data. */
  clear(): void {
    this.#runs.next()
    this.#sights.clear()
    this.#shown = ''
    this.sight = undefined
    this.failure = undefined
  }

  /** Whether it has seen what is to be looked at now. */
  get current(): boolean {
    return this.#wanted()?.key === this.#shown
  }

  #wanted() {
    const { task, progress, left } = this.#explorer
    const vantage = vantageOf(this.#explorer)
    if (task === undefined || vantage === undefined || progress === undefined || left) return undefined
    const actions = actionsTo(task, vantage)
    return { task, actions, key: JSON.stringify([progress.info.id, task.task, actions]) }
  }

  /** Looks again after anything has changed. */
  async look(): Promise<void> {
    const wanted = this.#wanted()
    if (wanted === undefined || this.#asking || wanted.key === this.#shown) return
    const { task, actions, key } = wanted
    const known = this.#sights.get(key)
    if (known !== undefined) return this.#show(key, known, undefined)
    this.#asking = true
    const here = this.#runs.now()
    try {
      const result = await this.#lab.world(task.task, actions)
      if (here() && result.ok) {
        if (this.#sights.size >= MOST_SIGHTS) this.#sights.clear()
        this.#sights.set(key, result.value)
      }
      if (here()) this.#show(key, result.ok ? result.value : undefined, result.ok ? undefined : result.failure)
    } catch {
      if (here()) this.#show(key, undefined, { code: 'world', message: 'The lab did not draw the world here.' })
    } finally {
      this.#asking = false
    }
    void this.look()
  }

  #show(key: string, sight: WorldSight | undefined, failure: Failure | undefined): void {
    this.#shown = key
    this.sight = sight
    this.failure = failure
    this.#changes.say('sight')
  }
}
