/** A link to what stands there, for the visitor's clipboard; where that is refused, to be copied by hand. */
import type { PageState } from '../state/page-state.ts'

/** @param hash what the link leads to; by default what stands there */
export async function copyLink(page: PageState, hash = page.address.here): Promise<void> {
  const link = new URL(hash || '#', location.href).href
  try {
    await navigator.clipboard.writeText(link)
    page.notices.tell('Copied: the link leads to what stands here.')
  } catch {
    page.view.link = link
    page.view.show('link')
  }
}
