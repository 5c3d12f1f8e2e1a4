/**
 * Full-text search as WebShop does it: Lucene 8's BM25Similarity with Anserini's k1 = 0.9 and b = 0.4 over a bag of
 * words, equal scores by ascending id. The arithmetic is BM25Scorer's of Lucene 8.7, to the bit: float32 where it has
 * float32, weight - weight / (1 + tf / norm) rather than weight * tf / (tf + norm), document lengths in one byte. These
 * decide which of two near-equal products comes first.
 *
 * The index is plain data in typed arrays (it survives structured clone): 8 bytes a posting, so a million products of
 * 60 distinct terms take half a gigabyte. Casts to number: indices here are in range by construction, and
 * `noUncheckedIndexedAccess` cannot know it.
 */
import { analyze } from './analysis.ts'

const K1 = Math.fround(0.9)
const B = Math.fround(0.4)

export interface Document {
  readonly id: string
  readonly text: string
}

export interface SearchIndex {
  /** Ids in ascending order (UTF-16); a document's number is its place here. */
  readonly ids: readonly string[]
  /** Term to its number. */
  readonly terms: ReadonlyMap<string, number>
  /** By term number: where its postings start; one more entry closes the last. */
  readonly starts: Uint32Array
  /** Document numbers, ascending within a term. */
  readonly documents: Uint32Array
  /** Per posting 1 + tf / (k1 (1 - b + b dl / avgdl)), above 1: a term adds weight - weight / damping to the score. */
  readonly dampings: Float32Array
  /** By term number: ln(1 + (N - df + 0.5) / (df + 0.5)), as a float32. */
  readonly weights: Float32Array
}

export interface SearchHit {
  readonly id: string
  /** BM25 as Lucene 8 gives it, without the factor k1 + 1; above 0. */
  readonly score: number
}

/** SmallFloat.byte4ToInt(SmallFloat.intToByte4(length)): exact to 40, then four significant bits above 24. */
export function quantizeLength(length: number): number {
  const free = 24
  if (length < free) return length
  const rest = length - free
  const shift = Math.max(0, 28 - Math.clz32(rest))
  return free + ((rest >>> shift) << shift)
}

/** A Uint32Array that grows. */
class Growing {
  values = new Uint32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }
}

/** Indexes documents; their ids are taken to be distinct. An empty list gives an index without hits. */
export function buildIndex(documents: readonly Document[]): SearchIndex {
  const sorted = [...documents].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const terms = new Map<string, number>()
  const frequencies: number[] = [] // by term number: documents that hold it
  const counts: number[] = [] // by term number: occurrences in the document at hand, else 0
  const pairTerms = new Growing() // (term, occurrences) of one document after the other
  const pairCounts = new Growing()
  const ends = new Uint32Array(sorted.length)
  const lengths = new Uint32Array(sorted.length)
  let totalLength = 0
  let filled = 0 // Lucene counts only documents that have a term

  sorted.forEach(({ text }, d) => {
    const words = analyze(text)
    const distinct: number[] = []
    for (const word of words) {
      let term = terms.get(word)
      if (term === undefined) {
        term = terms.size
        terms.set(word, term)
        frequencies.push(0)
        counts.push(0)
      }
      const count = counts[term] as number
      if (count === 0) distinct.push(term)
      counts[term] = count + 1
    }
    for (const term of distinct) {
      pairTerms.push(term)
      pairCounts.push(counts[term] as number)
      frequencies[term] = (frequencies[term] as number) + 1
      counts[term] = 0
    }
    ends[d] = pairTerms.length
    lengths[d] = words.length
    totalLength += words.length
    if (words.length > 0) filled++
  })

  const starts = new Uint32Array(terms.size + 1)
  const weights = new Float32Array(terms.size)
  frequencies.forEach((df, term) => {
    starts[term + 1] = (starts[term] as number) + df
    weights[term] = Math.log(1 + (filled - df + 0.5) / (df + 0.5))
  })

  const averageLength = Math.fround(totalLength / filled)
  const next = starts.slice()
  const postings = new Uint32Array(pairTerms.length)
  const dampings = new Float32Array(pairTerms.length)
  for (let d = 0, pair = 0; d < sorted.length; d++) {
    const inverse = inverseNorm(lengths[d] as number, averageLength)
    for (; pair < (ends[d] as number); pair++) {
      const term = pairTerms.values[pair] as number
      const tf = pairCounts.values[pair] as number
      const at = next[term] as number
      next[term] = at + 1
      postings[at] = d
      dampings[at] = 1 + Math.fround(tf * inverse)
    }
  }
  return { ids: sorted.map(({ id }) => id), terms, starts, documents: postings, dampings, weights }
}

/** 1 / (k1 (1 - b + b dl / avgdl)), each operation in float32. */
function inverseNorm(length: number, averageLength: number): number {
  const f = Math.fround
  const relative = f(f(B * quantizeLength(length)) / averageLength)
  return f(1 / f(K1 * f(f(1 - B) + relative)))
}

// Scratch space of `search`, kept between calls. `sums` is all zero between calls.
let sums = new Float64Array(0)
let touched = new Uint32Array(0)

/**
 * The `k` best documents for a query (its terms count as often as they occur), best first, equal scores by ascending id.
 * Documents that share no term with the query are not hits. Time grows with the postings of the query's terms.
 */
export function search(index: SearchIndex, query: string, k: number): SearchHit[] {
  if (sums.length < index.ids.length) {
    sums = new Float64Array(index.ids.length)
    touched = new Uint32Array(index.ids.length)
  }
  const found = accumulate(index, query)
  const best = selectBest(found, k)
  for (let i = 0; i < found; i++) sums[touched[i] as number] = 0
  return best.map(({ document, score }) => ({ id: index.ids[document] as string, score }))
}

/** Adds up scores in `sums`, lists their documents in `touched`, and returns how many there are. */
function accumulate(index: SearchIndex, query: string): number {
  const boosts = new Map<number, number>()
  for (const word of analyze(query)) {
    const term = index.terms.get(word)
    if (term !== undefined) boosts.set(term, (boosts.get(term) ?? 0) + 1)
  }
  const { starts, documents, dampings, weights } = index
  let found = 0
  for (const [term, boost] of boosts) {
    const weight = Math.fround(boost * (weights[term] as number))
    const end = starts[term + 1] as number
    for (let p = starts[term] as number; p < end; p++) {
      const document = documents[p] as number
      const sum = sums[document] as number
      if (sum === 0) touched[found++] = document
      // Lucene adds float32 scores of terms in float64.
      sums[document] = sum + Math.fround(weight - Math.fround(weight / (dampings[p] as number)))
    }
  }
  return found
}

interface Scored {
  readonly document: number
  readonly score: number
}

/** Whether `a` ranks below `b`. */
function isWorse(a: Scored, b: Scored): boolean {
  return a.score < b.score || (a.score === b.score && a.document > b.document)
}

/** The `k` best of the first `found` touched documents: a heap with the worst on top. */
function selectBest(found: number, k: number): Scored[] {
  const heap: Scored[] = []
  let worst = -1
  for (let i = 0; i < found && k > 0; i++) {
    const document = touched[i] as number
    const score = Math.fround(sums[document] as number)
    if (heap.length < k) {
      heap.push({ document, score })
      if (heap.length === k) {
        heap.sort((a, b) => (isWorse(a, b) ? -1 : 1)) // sorted is a heap, too
        worst = (heap[0] as Scored).score
      }
    } else if (score >= worst) {
      const candidate = { document, score }
      if (!isWorse(heap[0] as Scored, candidate)) continue
      siftDown(heap, candidate)
      worst = (heap[0] as Scored).score
    }
  }
  return heap.sort((a, b) => (isWorse(a, b) ? 1 : -1))
}

/** Replaces the top of the heap by `item` and lets it sink. */
function siftDown(heap: Scored[], item: Scored): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isWorse(heap[child + 1] as Scored, heap[child] as Scored)) child++
    if (!isWorse(heap[child] as Scored, item)) break
    heap[at] = heap[child] as Scored
    at = child
  }
  heap[at] = item
}
