/**
 * What a search finds: the engine's 50 best, or what a special first word asks for. Follows
 * `get_top_n_product_from_keywords` of web_agent_site/engine/engine.py. Results are kept, since rollouts repeat queries.
 */
import { stream } from '../../core/random.ts'
import { remembered } from '../../core/remembered.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { strip } from './python-text.ts'
import { search } from './search/search.ts'

/** How many products the engine returns (SEARCH_RETURN_N). */
export const MOST_HITS = 50

/** Queries kept, about 1 kB each; the oldest goes first. */
const MOST_KEPT = 20_000

export interface Found {
  readonly keywords: readonly string[]
  /** ASINs, best first. */
  readonly hits: readonly string[]
}

/** Searches by the whole query; undefined for a query that makes upstream raise (`<a>`, and `<c>` alone). */
export type Queries = (query: string) => Found | undefined

export function createQueries(catalogue: Catalogue): Queries {
  return remembered((query) => find(catalogue, query), MOST_KEPT)
}

function find(catalogue: Catalogue, query: string): Found | undefined {
  const keywords = query.split(' ')
  const asins = special(catalogue, keywords)
  if (asins === null) return undefined
  return { keywords, hits: asins ?? searched(catalogue, query) }
}

function searched(catalogue: Catalogue, query: string): readonly string[] {
  const hits: string[] = []
  for (const { id } of search(catalogue.index, query, MOST_HITS)) hits.push(id)
  return hits
}

/** The products a special first word names; null where upstream raises; undefined for an ordinary search. */
function special(catalogue: Catalogue, keywords: readonly string[]): readonly string[] | null | undefined {
  const rest = keywords.slice(1)
  switch (keywords[0]) {
    case '<r>': // upstream samples 50 anew at each page; ours are the same whenever the same words are searched
      return stream(0)
        .child('webshop', 'random-results', rest.join(' '))
        .shuffled(catalogue.products.asins())
        .slice(0, MOST_HITS)
    case '<a>': // the text environment passes no attribute map
      return null
    case '<c>': {
      const category = rest[0]
      return category === undefined ? null : catalogue.products.having('category', strip(category))
    }
    case '<q>':
      return catalogue.products.having('query', strip(rest.join(' ')))
    default:
      return undefined
  }
}
