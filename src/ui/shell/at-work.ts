/** Whether something is at work that a reload would break off: in this tab, and, by a lock that each of them holds, in any. */
import type { LabUpdate } from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'

const NAME = 'rro-lab/at-work'

export class AtWork {
  readonly #page: PageState
  #comparing = false
  /** Lets go of the lock; undefined while it is not wanted. */
  #release: (() => void) | undefined

  constructor(page: PageState) {
    this.#page = page
    page.hearers.add((update) => this.#hear(update))
    page.changes.subscribe(() => this.#hold())
    this.#hold()
  }

  /** In this tab: a run or a comparison is explored or played, an agent trained, or a visitor is to act. */
  get here(): boolean {
    const { explorer, player, atWork } = this.#page
    return (
      explorer.running || player.playing || explorer.progress?.waiting === true || this.#comparing || atWork.size > 0
    )
  }

  /** Does it when nothing is at work in any tab, which may be at once. */
  async rest(act: () => void): Promise<void> {
    let done = false
    while (!done)
      await navigator.locks.request(NAME, async () => {
        const { pending = [] } = await navigator.locks.query()
        if (this.here || pending.some(({ name, mode }) => name === NAME && mode === 'shared')) return // began while this was waited for
        done = true
        act()
      })
  }

  #hear(update: LabUpdate): void {
    if (update.type === 'comparison') this.#comparing = update.progress.status === 'running'
    this.#hold()
  }

  #hold(): void {
    if (this.here === (this.#release !== undefined)) return
    if (!this.here) {
      this.#release?.()
      this.#release = undefined
      return
    }
    const rested = new Promise<void>((release) => {
      this.#release = release
    })
    void navigator.locks.request(NAME, { mode: 'shared' }, () => rested)
  }
}
