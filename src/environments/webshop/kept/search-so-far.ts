/**
 * A search in the products that have been read of a shop while the others are: what `search` finds in a shop of these alone, with
 * the same scores to the bit.
 *
 * Casts to number: indices here are in range by construction, and `noUncheckedIndexedAccess` cannot know it.
 */
import { analyze } from '../search/analysis.ts'
import { queryTerms, type SearchHit, termScore } from '../search/search.ts'
import type { Product } from '../types.ts'
import type { IndexWriter } from './index-writer.ts'
import { type Pace, POSTING, paced } from './pace.ts'

/** A shop while it is read. */
export interface ShopSoFar {
  /** What its items file is called. */
  readonly name: string
  /** Products that are read by now. */
  readonly size: number
  /** The best `most` of them, best first. @param turn waited for now and then: others have it */
  find(query: string, most: number, turn: () => Promise<void>): Promise<Finds>
}

export type FoundProduct = Pick<Product, 'asin' | 'title' | 'priceTag'>

export interface Finds {
  readonly products: readonly FoundProduct[]
  /** Among how many they were looked for. */
  readonly among: number
}

/** Products in the order of the items file. */
interface ProductsSoFar {
  readonly size: number
  asins(): readonly string[]
  at(place: number): FoundProduct
}

export interface PlacedHit extends SearchHit {
  /** At which place the document was added, from 0. */
  readonly place: number
}

/**
 * The `k` best documents, best first, equal scores by ascending id.
 * @param id of the document at a place @param k at least 1, and few: they are put in order one by one
 */
export async function searchSoFar(
  index: IndexWriter,
  id: (place: number) => string,
  query: string,
  k: number,
  pace: Pace,
): Promise<readonly PlacedHit[]> {
  const { size } = index
  const postings = await index.soFar([...new Set(analyze(query))], pace)
  const sums = new Float64Array(size)
  for (const { weight, documents, dampings } of queryTerms({ postings: (word) => postings.get(word) }, query)) {
    for (let p = 0; p < documents.length; p++) {
      const place = documents[p] as number
      // Lucene, too, adds the terms' float32 scores in float64.
      sums[place] = (sums[place] as number) + termScore(weight, dampings[p] as number)
    }
    await pace.did(POSTING * documents.length)
  }
  const best: PlacedHit[] = []
  let least = 0
  for (let place = 0; place < size; place++) {
    const score = Math.fround(sums[place] as number)
    if (score === 0 || score < least) continue
    const hit = { id: id(place), place, score }
    let at = best.length
    while (at > 0 && isBefore(hit, best[at - 1] as PlacedHit)) at--
    best.splice(at, 0, hit)
    if (best.length > k) best.pop()
    if (best.length === k) least = (best[k - 1] as PlacedHit).score
  }
  return best
}

function isBefore(a: SearchHit, b: SearchHit): boolean {
  return a.score > b.score || (a.score === b.score && a.id < b.id)
}

/** @param index of their texts, in their order */
export function shopSoFar(name: string, index: IndexWriter, products: ProductsSoFar): ShopSoFar {
  return {
    name,
    get size() {
      return products.size
    },
    async find(query, most, turn) {
      const asins = products.asins()
      const hits = await searchSoFar(index, (place) => asins[place] as string, query, most, paced(turn))
      return { products: hits.map(({ place }) => products.at(place)), among: asins.length }
    },
  }
}

/** One after the other: the later one takes the place of the first as soon as it has as many products. */
export function furtherShop(first: ShopSoFar | undefined, later: ShopSoFar): ShopSoFar {
  if (first === undefined) return later
  const further = () => (later.size < first.size ? first : later)
  return {
    name: later.name,
    get size() {
      return further().size
    },
    find: (query, most, turn) => further().find(query, most, turn),
  }
}
