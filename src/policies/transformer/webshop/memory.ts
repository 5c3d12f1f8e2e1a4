/** What the compact view of WebShop remembers: what the log-linear policy does, and what was shown already. */
import { advanceMemory, type ShopMemory } from '../../linear/webshop/memory.ts'
import type { ShownState } from '../../linear/webshop/shown-state.ts'

export interface ViewMemory {
  readonly shop: ShopMemory
  /** Where the last action led. */
  readonly at: Place
  /** `new`: a page to be shown; `again`: one that was shown before; `same`: the action changed nothing. */
  readonly step: 'new' | 'again' | 'same'
  /** Pages of results shown, in order: query and number. */
  readonly pages: readonly string[]
}

/** What tells two states apart. */
type Place = Pick<ShownState, 'page' | 'pageNumber' | 'asin' | 'subPage' | 'options'> & { readonly query: string }

export function beginMemory(shop: ShopMemory, state: ShownState): ViewMemory {
  return { shop, at: placeOf(state), step: 'new', pages: [] }
}

/** The memory after an action that led to `after`. */
export function advanceView(memory: ViewMemory, after: ShownState): ViewMemory {
  const { at: before, pages } = memory
  const at = placeOf(after)
  const shop = advanceMemory(memory.shop, after)
  if (isSame(before, at)) return { shop, at, step: 'same', pages }
  if (at.page === 'search_results') {
    const page = `${at.pageNumber} ${at.query}`
    if (pages.includes(page)) return { shop, at, step: 'again', pages }
    return { shop, at, step: 'new', pages: [...pages, page] }
  }
  const stays = at.page === 'item_page' && before.asin !== undefined && before.asin === at.asin
  return { shop, at, step: stays ? 'again' : 'new', pages }
}

function placeOf({ page, pageNumber, asin, subPage, options, keywords }: ShownState): Place {
  return { page, pageNumber, asin, subPage, options, query: keywords.join(' ') }
}

function isSame(a: Place, b: Place): boolean {
  if (a.page !== b.page || a.pageNumber !== b.pageNumber || a.asin !== b.asin || a.subPage !== b.subPage) return false
  if (a.query !== b.query || a.options.size !== b.options.size) return false
  for (const [name, value] of a.options) if (b.options.get(name) !== value) return false
  return true
}
