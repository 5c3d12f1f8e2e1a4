/**
 * Full-text search as WebShop does it: Lucene 8's BM25Similarity over a bag of words, equal scores by ascending id. The
 * arithmetic is BM25Scorer's of Lucene 8.7, to the bit: float32 where it has float32, weight - weight / (1 + tf / norm)
 * rather than weight * tf / (tf + norm). These decide which of two near-equal products comes first.
 *
 * Casts to number: indices here are in range by construction, and `noUncheckedIndexedAccess` cannot know it.
 */
import { analyze } from './analysis.ts'
import { MOST_DOCUMENTS, type Postings, type SearchIndex } from './search-index.ts'

export interface SearchHit {
  readonly id: string
  /** BM25 as Lucene 8 gives it, without the factor k1 + 1; above 0. */
  readonly score: number
}

// Scratch space of `search`, kept between calls. `sums` is all zero between calls.
let sums = new Float64Array(0)
let touched = new Uint32Array(0)

/**
 * The `k` best documents for a query (its terms count as often as they occur), best first, equal scores by ascending id.
 * Documents that share no term with the query are not hits.
 *
 * Terms are added up one after the other, those that can add most first. As soon as the terms that are left cannot lift
 * a new document into the best `k` (Turtle and Flood's max-score), only documents that can still get there are looked up.
 */
export function search(index: SearchIndex, query: string, k: number): SearchHit[] {
  if (k <= 0) return []
  if (sums.length < index.size) {
    sums = new Float64Array(index.size)
    touched = new Uint32Array(index.size + 1)
  }
  const terms = queryTerms(index, query)
  let found = 0
  let candidates: Uint32Array | undefined
  let left = terms.reduce((total, term) => total + term.bound, 0) // what the terms from here on can add
  let postingsLeft = terms.reduce((total, term) => total + term.documents.length, 0)
  let added = 0
  for (const term of terms) {
    const known: Uint32Array = candidates ?? touched.subarray(0, found)
    // Worth a look at every known sum only where postings are many.
    if (known.length > k && left < added && postingsLeft > 2 * known.length + 10_000) {
      candidates = contenders(known, k, left * (1 + 1e-6)) ?? candidates
    }
    if (candidates === undefined) found = addToAll(term, found)
    else addToKnown(term, candidates)
    left -= term.bound
    added += term.bound
    postingsLeft -= term.documents.length
  }
  const best = selectBest(candidates ?? touched.subarray(0, found), k)
  for (let i = 0; i < found; i++) sums[touched[i] as number] = 0
  const hits: SearchHit[] = []
  for (const { document, score } of best) hits.push({ id: index.id(document), score })
  return hits
}

/** The postings of a term, whose weight counts how often the query has it. */
export interface QueryTerm extends Postings {
  /** The most that it adds to a score. */
  readonly bound: number
}

/** Score of a term in one document, as BM25Scorer has it. */
export function termScore(weight: number, damping: number): number {
  return Math.fround(weight - Math.fround(weight / damping))
}

/** The query's terms that the index knows, those that can add most first. */
export function queryTerms(index: Pick<SearchIndex, 'postings'>, query: string): QueryTerm[] {
  const boosts = new Map<string, number>()
  for (const word of analyze(query)) boosts.set(word, (boosts.get(word) ?? 0) + 1)
  const known: QueryTerm[] = []
  for (const [word, boost] of boosts) {
    const postings = index.postings(word)
    if (postings === undefined) continue
    const weight = Math.fround(boost * postings.weight)
    known.push({ ...postings, weight, bound: termScore(weight, postings.largestDamping) })
  }
  return known.sort((a, b) => b.bound - a.bound)
}

/** Adds a term to the sums of all its documents, lists new ones in `touched`, and returns how many are listed. */
function addToAll({ weight, documents, dampings }: QueryTerm, listed: number): number {
  let found = listed
  for (let p = 0; p < documents.length; p++) {
    const document = documents[p] as number
    const sum = sums[document] as number
    // Without a branch: which documents are new is hard to predict.
    touched[found] = document
    found += Number(sum === 0)
    // Lucene, too, adds the terms' float32 scores in float64.
    sums[document] = sum + termScore(weight, dampings[p] as number)
  }
  return found
}

/** Adds a term to the sums of the candidates that hold it. Other sums may change, too: they no longer matter. */
function addToKnown({ weight, documents, dampings }: QueryTerm, candidates: Uint32Array): void {
  if (candidates.length * 32 > documents.length) {
    for (let p = 0; p < documents.length; p++) {
      const document = documents[p] as number
      const sum = sums[document] as number
      if (sum !== 0) sums[document] = sum + termScore(weight, dampings[p] as number)
    }
    return
  }
  for (let i = 0; i < candidates.length; i++) {
    const document = candidates[i] as number
    let low = 0
    let high = documents.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((documents[middle] as number) < document) low = middle + 1
      else high = middle
    }
    if (low < documents.length && documents[low] === document) {
      sums[document] = (sums[document] as number) + termScore(weight, dampings[low] as number)
    }
  }
}

/**
 * Those of the known documents that can still be among the `k` best when at most `left` is added to each; undefined
 * while one that is not known yet can be.
 */
function contenders(known: Uint32Array, k: number, left: number): Uint32Array | undefined {
  const worst = kthBestSum(known, k)
  if (left >= worst) return undefined
  let count = 0
  const kept = new Uint32Array(known.length)
  for (let i = 0; i < known.length; i++) {
    const document = known[i] as number
    if ((sums[document] as number) + left >= worst) kept[count++] = document
  }
  return kept.subarray(0, count)
}

/** The `k`th best sum of at least `k` documents. */
function kthBestSum(documents: Uint32Array, k: number): number {
  const best = new Float64Array(k)
  for (let i = 0; i < documents.length; i++) keepLarge(best, sums[documents[i] as number] as number)
  return best[0] as number
}

const scoreOf = new Float32Array(1)
const bitsOf = new Uint32Array(scoreOf.buffer)

/** The `k` best of some touched documents, best first; k is at least 1. */
function selectBest(documents: Uint32Array, k: number): { document: number; score: number }[] {
  const best = new Float64Array(Math.min(k, documents.length))
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] as number
    // One number that ranks: the bits of a positive float32 rise with it, and below them, the smaller number wins.
    scoreOf[0] = sums[document] as number
    keepLarge(best, (bitsOf[0] as number) * MOST_DOCUMENTS + (MOST_DOCUMENTS - 1 - document))
  }
  return Array.from(best.sort().reverse(), (key) => {
    bitsOf[0] = Math.floor(key / MOST_DOCUMENTS)
    return { document: MOST_DOCUMENTS - 1 - (key % MOST_DOCUMENTS), score: scoreOf[0] as number }
  })
}

/** `large` is a heap of the largest positive numbers so far, the least of them on top; zeros are places to fill. */
function keepLarge(large: Float64Array, value: number): void {
  if (value <= (large[0] as number)) return
  let at = 0
  for (let child = 1; child < large.length; child = 2 * at + 1) {
    if (child + 1 < large.length && (large[child + 1] as number) < (large[child] as number)) child++
    if ((large[child] as number) >= value) break
    large[at] = large[child] as number
    at = child
  }
  large[at] = value
}
