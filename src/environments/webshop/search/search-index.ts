/**
 * The index behind WebShop's search: for each term the documents that hold it, with what Lucene 8's BM25Similarity can work
 * out beforehand (Anserini's k1 = 0.9 and b = 0.4). The arithmetic is that of Lucene 8.7, to the bit: float32 where it has
 * float32, document lengths in one byte.
 *
 * Postings are typed arrays, 8 bytes each: for shops of some ten thousand products, which are held whole. Casts to number: indices
 * here are in range by construction, and `noUncheckedIndexedAccess` cannot know it.
 */
import { analyze } from './analysis.ts'

const K1 = Math.fround(0.9)
const B = Math.fround(0.4)

export interface Document {
  readonly id: string
  readonly text: string
}

/** The documents that hold a term. */
export interface Postings {
  /** ln(1 + (N - df + 0.5) / (df + 0.5)), as a float32. */
  readonly weight: number
  /** Document numbers, ascending. */
  readonly documents: Uint32Array
  /** By document 1 + tf / (k1 (1 - b + b dl / avgdl)), above 1: the term adds weight - weight / damping to the score. */
  readonly dampings: Float32Array
  readonly largestDamping: number
}

export interface SearchIndex {
  /** How many documents; their numbers are the places of their ids in ascending order (UTF-16). */
  readonly size: number
  id(document: number): string
  /** Undefined for a term that no document holds. */
  postings(term: string): Postings | undefined
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

/** Above this a score's 31 bits and a document's number no longer fit one float64. */
export const MOST_DOCUMENTS = 2 ** 22

/** Indexes documents; their ids are taken to be distinct. An empty list gives an index without hits. */
export function buildIndex(documents: readonly Document[]): SearchIndex {
  if (documents.length > MOST_DOCUMENTS) throw new RangeError(`An index holds at most ${MOST_DOCUMENTS} documents.`)
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
  frequencies.forEach((df, term) => {
    starts[term + 1] = (starts[term] as number) + df
  })

  const averageLength = Math.fround(totalLength / filled)
  const next = starts.slice()
  const documentsOf = new Uint32Array(pairTerms.length)
  const dampings = new Float32Array(pairTerms.length)
  const largestDampings = new Float32Array(terms.size)
  for (let d = 0, pair = 0; d < sorted.length; d++) {
    const inverse = inverseNorm(lengths[d] as number, averageLength)
    for (; pair < (ends[d] as number); pair++) {
      const term = pairTerms.values[pair] as number
      const tf = pairCounts.values[pair] as number
      const at = next[term] as number
      next[term] = at + 1
      documentsOf[at] = d
      const damping = dampingOf(tf, inverse)
      dampings[at] = damping
      if (damping > (largestDampings[term] as number)) largestDampings[term] = damping
    }
  }
  const ids = sorted.map(({ id }) => id)
  return {
    size: ids.length,
    id: (document) => ids[document] as string,
    postings(word) {
      const term = terms.get(word)
      if (term === undefined) return undefined
      const [start, end] = [starts[term] as number, starts[term + 1] as number]
      return {
        weight: termWeight(end - start, filled),
        documents: documentsOf.subarray(start, end),
        dampings: dampings.subarray(start, end),
        largestDamping: largestDampings[term] as number,
      }
    },
  }
}

/** @param df documents that hold the term @param filled documents that hold any */
export function termWeight(df: number, filled: number): number {
  return Math.fround(Math.log(1 + (filled - df + 0.5) / (df + 0.5)))
}

/** What a document damps a term's weight with. @param inverse see `inverseNorm` */
export function dampingOf(occurrences: number, inverse: number): number {
  return Math.fround(1 + Math.fround(occurrences * inverse))
}

/** 1 / (k1 (1 - b + b dl / avgdl)), each operation in float32. */
export function inverseNorm(length: number, averageLength: number): number {
  const f = Math.fround
  const relative = f(f(B * quantizeLength(length)) / averageLength)
  return f(1 / f(K1 * f(f(1 - B) + relative)))
}
