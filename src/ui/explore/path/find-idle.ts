/** Which actions were none: said on cards and in words, where an agent can say anything. */
import type { PageState } from '../../state/page-state.ts'

let asked = false

/** Fetches what finds it out, once. */
export function findIdle(page: PageState): void {
  if (asked) return
  asked = true
  import('../act/idle-actions.ts').then(
    ({ idleActionsOf }) => {
      page.idle = idleActionsOf(page)
      page.changes.say()
    },
    () => {}, // without it the page is as it was
  )
}
