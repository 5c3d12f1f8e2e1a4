/**
 * The pages of the shop: what can be clicked on each, and their addresses. Follows `get_available_actions` of
 * web_agent_site/envs/web_agent_text_env.py and the templates. Clickables are keyed by text upstream, so equal texts
 * are one clickable at the first one's place, and what it does is the last one's.
 */
import { dictRepr, jsonDumps } from './python-text.ts'
import type { PageName, Product, WebShopState } from './types.ts'

/** Products on a page of results (PRODUCT_WINDOW). */
const WINDOW = 10

const NOTHING: readonly string[] = []
const INDEX: readonly string[] = ['search']
const SUB_PAGE: readonly string[] = ['back to search', '< prev']

/** What an item page offers; the same for every visit. */
export interface ItemPage {
  /** Lower-cased texts, in page order. */
  readonly clickables: readonly string[]
  readonly offered: ReadonlySet<string>
  /** Option value to the option that a click on it sets: the last one with that value. */
  readonly optionOf: ReadonlyMap<string, string>
}

export function itemPage(product: Product, showAttributes: boolean): ItemPage {
  const buttons = ['back to search', '< prev', 'description', 'features', 'reviews']
  if (showAttributes) buttons.push('attributes')
  const offered = new Set([...buttons, 'buy now'])
  const optionOf = new Map<string, string>()
  for (const [name, values] of product.options)
    for (const value of values) {
      offered.add(value)
      optionOf.set(value, name)
    }
  return { clickables: [...offered], offered, optionOf }
}

/**
 * First and last-but-one place of a page's products among the hits, as Python slices them: page 6 of 50 hits and
 * page 0 (see `pageInUrl`) are empty.
 */
export function windowOf(hits: number, pageNumber: number): readonly [start: number, end: number] {
  return [clip((pageNumber - 1) * WINDOW, hits), clip(pageNumber * WINDOW, hits)]
}

/** Where a slice's end comes to lie, which counts from behind when it is negative. */
function clip(place: number, hits: number): number {
  return Math.min(hits, Math.max(0, place < 0 ? place + hits : place))
}

/** ASINs on the results page of a state. */
export function resultsOf(state: WebShopState): readonly string[] {
  return state.hits.slice(...windowOf(state.hits.length, state.pageNumber))
}

/** What can be clicked, lower-cased, in upstream's order. `item` is the open product's page. */
export function clickablesOf(state: WebShopState, item: ItemPage | undefined): readonly string[] {
  switch (state.page) {
    case 'index':
      return INDEX
    case 'search_results':
      return resultsClickables(state)
    case 'item_page':
      return item?.clickables ?? NOTHING
    case 'item_sub_page':
      return SUB_PAGE
    case 'done':
      return NOTHING
  }
}

function resultsClickables(state: WebShopState): readonly string[] {
  const prev = state.pageNumber > 1 ? ['< prev'] : NOTHING
  const links = resultsOf(state).map((asin) => asin.toLowerCase())
  return [...new Set(['back to search', ...prev, 'next >', ...links])]
}

/** The address upstream would be at; `session` is the name of the session in it. */
export function urlOf(state: WebShopState, session: string): string {
  const base = 'http://127.0.0.1:3000'
  const keywords = state.keywords.join('+')
  switch (state.page) {
    case 'index':
      return `${base}/${session}`
    case 'search_results':
      return `${base}/search_results/${session}/${keywords}/${state.pageNumber}`
    case 'item_page':
      return `${base}/item_page/${session}/${state.asin}/${keywords}/${state.pageNumber}/${jsonDumps(state.options)}`
    case 'item_sub_page':
      return `${base}/item_sub_page/${session}/${state.asin}/${keywords}/${state.pageNumber}/${state.subPage}/${dictRepr(state.options)}`
    case 'done':
      return `${base}/done/${session}/${state.asin}/${dictRepr(state.options)}`
  }
}

const IN_URLS: readonly PageName[] = ['search_results', 'item_page', 'item_sub_page']

/**
 * Where upstream believes to be (`get_page_name`): the first page name that occurs anywhere in the address, keywords
 * and options included. After `search[item_page]` the `< prev` of a description leads to the results, and after
 * `search[search_results]` that of a product leads to the page of results before, even to page 0.
 */
export function pageInUrl(state: WebShopState): PageName {
  for (const name of IN_URLS) if (state.page === name || occursInUrl(name, state)) return name
  return state.page
}

function occursInUrl(name: PageName, { keywords, options }: WebShopState): boolean {
  for (const word of keywords) if (word.includes(name)) return true
  for (const [option, value] of options) if (option.includes(name) || value.includes(name)) return true
  return false
}
