/** The states that steps lead to, each written out whole. */
import type { Goal, SubPage, WebShopState } from './types.ts'

const NO_WORDS: readonly string[] = []
const NO_OPTIONS: ReadonlyMap<string, string> = new Map()

/** The page with the search bar, where a session begins. */
export function indexState(goal: Goal): WebShopState {
  return {
    goal,
    page: 'index',
    keywords: NO_WORDS,
    pageNumber: 1,
    hits: NO_WORDS,
    asin: undefined,
    subPage: undefined,
    visited: NO_WORDS,
    options: NO_OPTIONS,
    reward: undefined,
  }
}

/** A page of results; what was chosen on the product before is forgotten. */
export function resultsState(
  state: WebShopState,
  keywords: readonly string[],
  hits: readonly string[],
  pageNumber: number,
): WebShopState {
  return {
    goal: state.goal,
    page: 'search_results',
    keywords,
    pageNumber,
    hits,
    asin: undefined,
    subPage: undefined,
    visited: state.visited,
    options: NO_OPTIONS,
    reward: undefined,
  }
}

/** So many pages of results further on. */
export function turned(state: WebShopState, pages: number): WebShopState {
  return resultsState(state, state.keywords, state.hits, state.pageNumber + pages)
}

/** The page of a product. */
export function itemState(
  state: WebShopState,
  asin: string | undefined,
  visited: readonly string[],
  options: ReadonlyMap<string, string>,
): WebShopState {
  return {
    goal: state.goal,
    page: 'item_page',
    keywords: state.keywords,
    pageNumber: state.pageNumber,
    hits: state.hits,
    asin,
    subPage: undefined,
    visited,
    options,
    reward: undefined,
  }
}

/** A page of the open product's. */
export function subPageState(state: WebShopState, subPage: SubPage): WebShopState {
  return {
    goal: state.goal,
    page: 'item_sub_page',
    keywords: state.keywords,
    pageNumber: state.pageNumber,
    hits: state.hits,
    asin: state.asin,
    subPage,
    visited: state.visited,
    options: state.options,
    reward: undefined,
  }
}

/** After the purchase. */
export function doneState(state: WebShopState, reward: number): WebShopState {
  return {
    goal: state.goal,
    page: 'done',
    keywords: state.keywords,
    pageNumber: state.pageNumber,
    hits: state.hits,
    asin: state.asin,
    subPage: undefined,
    visited: state.visited,
    options: state.options,
    reward,
  }
}
