/** What the tabs to try things in have in common: how they look, and that what a desk asked there is kept. */

import css from '../compare/tabs.css?inline'
import type { Desk } from '../state/page-state.ts'
import { adoptStyle } from './adopt-style.ts'

adoptStyle(css)

/** Makes one for each desk, when it is first asked for; it stays when its tab is left. */
export function keptByDesk<T>(make: (desk: Desk) => T): (desk: Desk) => T {
  const kept = new WeakMap<Desk, T>()
  return (desk) => {
    const known = kept.get(desk)
    if (known !== undefined) return known
    const made = make(desk)
    kept.set(desk, made)
    return made
  }
}
