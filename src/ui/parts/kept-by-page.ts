/** What a part that comes late keeps for the page that it stands on: it is there again when the part is left and comes back. */
import type { PageState } from '../state/page-state.ts'

/** Makes one for each page, when it is first asked for. */
export function keptByPage<T>(make: (page: PageState) => T): (page: PageState) => T {
  const kept = new WeakMap<PageState, T>()
  return (page) => {
    const known = kept.get(page)
    if (known !== undefined) return known
    const made = make(page)
    kept.set(page, made)
    return made
  }
}
