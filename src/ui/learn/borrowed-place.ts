/**
 * Explore's place while Learn has it, for the example or for a run that a chapter brings. What stood there comes back when Learn is
 * left, unless the visitor has brought something else there.
 */
import type { Result } from '../../core/failure.ts'
import type { OpenedRun } from '../../worker/protocol/lab-api.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { Intention } from '../state/intentions.ts'
import type { PageState } from '../state/page-state.ts'
import type { Place } from '../state/place.ts'

/** What stood in Explore when Learn took its place. */
interface Before {
  readonly place: Place
  /** That Learn's run stands there: it is Learn's to put back as long as it is the newest one. */
  readonly wish: Intention
  /** Whether it was being explored at full speed. */
  readonly going: boolean
}

export class BorrowedPlace {
  readonly #page: PageState
  /** Until it is back. */
  #before: Before | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  /** The example comes to stand there. @returns whether it did */
  async open(runId: string): Promise<boolean> {
    const { explorer, intentions, opener } = this.#page
    const { place } = explorer
    if (place?.runId === runId) return true
    const borrowed = this.#borrowed
    const wish = borrowed?.wish ?? intentions.wish()
    const going = explorer.running || (this.#before?.going === true && this.#before.place.runId === place?.runId)
    this.#before = borrowed ?? (place && { place, wish, going })
    return opener.open(runId, { runId, task: 0, count: 1 }, wish)
  }

  /** A run of a chapter's own comes to stand there. @returns whether it did */
  bring(call: () => Promise<Result<Pick<OpenedRun, 'progress'>>>): Promise<boolean> {
    const { explorer, intentions, opener } = this.#page
    const { place } = explorer
    this.#before ??= place && { place, wish: intentions.newest, going: false }
    return opener.bring(call, () => undefined, this.#before?.wish)
  }

  /** @param newest whether Learn was not come back to meanwhile */
  async putBack(newest: () => boolean): Promise<void> {
    const { explorer, intentions, opener, player } = this.#page
    const before = this.#before
    if (before === undefined) return
    const { place, wish, going } = before
    await intentions.byItself((own) =>
      newest() && this.#borrowed !== undefined ? opener.open(place.runId, place, own) : undefined,
    )
    if (!newest()) return // Learn is open again, and puts it back when it is left
    this.#before = undefined
    // It may have been put back already when Learn was left the last time but one.
    const back = explorer.place?.runId === place.runId && intentions.stands(wish)
    if (back && going) await player.runAll()
  }

  /** What stood there before, while what stands there now is Learn's: nobody has wished for anything since. */
  get #borrowed(): Before | undefined {
    const { explorer, intentions } = this.#page
    const before = this.#before
    return before && intentions.stands(before.wish) && explorer.place?.runId !== before.place.runId ? before : undefined
  }
}

export const borrowedPlaceOf = keptByPage((page) => new BorrowedPlace(page))
