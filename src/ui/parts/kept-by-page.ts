/** What the tabs to try things in have in common: how they look, and that what a page asked there is kept. */

import css from '../compare/trial.css?inline'
import type { PageState } from '../state/page-state.ts'
import { adoptStyle } from './adopt-style.ts'

adoptStyle(css)

/** Makes one for each page, when it is first asked for; it stays when its tab is left. */
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
