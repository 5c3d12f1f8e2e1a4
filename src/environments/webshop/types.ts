/**
 * The words of WebShop (princeton-nlp/WebShop @64fa2a5): products, goals and the session of one shopper. Names follow
 * the upstream's; text keeps its upstream form (option names and values lower-cased, titles as they are).
 */
import type { Task } from '../environment.ts'

export const CATEGORIES = ['beauty', 'electronics', 'fashion', 'garden', 'grocery'] as const

export interface Product {
  /** 10 characters, upper case. */
  readonly asin: string
  readonly title: string
  readonly description: string
  readonly bulletPoints: readonly string[]
  /** Hidden from the shopper; only the reward reads them. */
  readonly attributes: readonly string[]
  readonly category: string
  /** Lower-cased, stripped. */
  readonly query: string
  /** Levels joined by ' › '. */
  readonly productCategory: string
  /** As the page shows it: `$12.5` or `$10.0 to $20.0`. */
  readonly priceTag: string
  /** Dollars; what the reward compares with the goal's limit. */
  readonly price: number
  /** Option name to its values, in template order, both lower-cased. */
  readonly options: ReadonlyMap<string, readonly string[]>
  /** Address of a picture or ''. Text from outside: never fetched without consent. */
  readonly image: string
  /** Lower-cased nouns of the title, in order, duplicates kept. */
  readonly titleNouns: readonly string[]
}

/** What the shopper was sent to buy. `instruction` (from Task) is all that the agent sees of it. */
export interface Goal extends Task {
  readonly asin: string
  readonly category: string
  readonly query: string
  readonly title: string
  readonly productCategory: string
  readonly attributes: readonly string[]
  /** Human goals list values; synthetic goals map option name to value. */
  readonly options: readonly string[] | ReadonlyMap<string, string>
  /** Dollars; 1,000,000 when the instruction names no limit. */
  readonly priceUpper: number
  readonly weight: number
  readonly titleNouns: readonly string[]
}

export const SUB_PAGES = ['Description', 'Features', 'Reviews', 'Attributes'] as const
export type SubPage = (typeof SUB_PAGES)[number]

export type PageName = 'index' | 'search_results' | 'item_page' | 'item_sub_page' | 'done'

/** One shopper's session. Immutable; a step makes a new one (or returns the same for a no-op). */
export interface WebShopState {
  readonly goal: Goal
  readonly page: PageName
  /** Words of the last search, split at single spaces; empty on the index page. */
  readonly keywords: readonly string[]
  /** Page of the search results, from 1 (0 only through a quirk; see `pageInUrl`). */
  readonly pageNumber: number
  /** ASINs of the last search's hits, best first; at most 50, save for `<c>` and `<q>`; empty on the index page. */
  readonly hits: readonly string[]
  /** The open product; undefined on index and search results. */
  readonly asin: string | undefined
  readonly subPage: SubPage | undefined
  /** ASINs opened since the last `back to search`, in order. */
  readonly visited: readonly string[]
  /** Chosen options, name to value, in the order they were first chosen. */
  readonly options: ReadonlyMap<string, string>
  /** Outcome reward in [0, 1] once the page is `done`. */
  readonly reward: number | undefined
}

/** Plain data for the page's world pane: what a shopper would see. */
export interface WebShopView {
  readonly environment: 'webshop'
  readonly page: PageName
  readonly instruction: string
  readonly keywords: string
  readonly pageNumber: number
  readonly totalResults: number
  /** Products of a results page (at most 10). */
  readonly results: readonly {
    readonly asin: string
    readonly title: string
    readonly price: string
    readonly category: string
    readonly query: string
    readonly visited: boolean
  }[]
  /** The open product, on item, sub and done pages. */
  readonly product:
    | {
        readonly asin: string
        readonly title: string
        readonly price: string
        readonly category: string
        readonly query: string
        readonly options: readonly {
          readonly name: string
          readonly values: readonly string[]
          readonly chosen: string | undefined
        }[]
      }
    | undefined
  readonly subPage: { readonly name: SubPage; readonly text: readonly string[] } | undefined
  readonly reward: number | undefined
  /** Lower-cased clickable texts, in page order. */
  readonly clickables: readonly string[]
  readonly hasSearchBar: boolean
}
