/**
 * The search index of a shop too large to be held, made as its products come by: four bytes of memory for each of a product's words,
 * and a bounded number more while they are put in order and written.
 *
 * Casts to number: indices here are in range by construction, and `noUncheckedIndexedAccess` cannot know it.
 */
import { analyze } from '../search/analysis.ts'
import { dampingOf, inverseNorm, MOST_DOCUMENTS, type Postings, termWeight } from '../search/search-index.ts'
import { bytesOf, Numbers } from './bytes.ts'
import { type Pace, POSTING } from './pace.ts'
import { PostingBytes } from './posting-code.ts'
import type { SectionWriter } from './sections.ts'
import { writeTexts } from './texts.ts'

/** Different words of a shop: their numbers share 32 bits with how often each occurs. */
const MOST_TERMS = 2 ** 23
/** How often a word occurs in a text is kept in a byte; what is more is kept aside. */
const OFTEN = 255
/** Postings that are put in order together, four bytes each. */
const AT_ONCE = 2 ** 24
/** Bytes of postings written together. */
const CHUNK = 2 ** 20

export class IndexWriter {
  readonly #terms = new Map<string, number>()
  /** By term: occurrences in the document at hand, else 0. */
  readonly #counts: number[] = []
  /** Term and occurrences, one document after the other. */
  readonly #pairs = new Numbers()
  /** By place of a pair: occurrences that are more than a byte holds. */
  readonly #often = new Map<number, number>()
  /** By document: where its pairs end, and how many words it has. */
  readonly #ends = new Numbers()
  readonly #lengths = new Numbers()
  #words = 0
  #filled = 0 // Lucene counts only documents that have a term

  /** The text of the next document. @returns false where there are too many documents or words */
  add(text: string): boolean {
    const words = analyze(text)
    const distinct: number[] = []
    for (const word of words) {
      let term = this.#terms.get(word)
      if (term === undefined) {
        term = this.#terms.size
        this.#terms.set(word, term)
        this.#counts.push(0)
      }
      const count = this.#counts[term] as number
      if (count === 0) distinct.push(term)
      this.#counts[term] = count + 1
    }
    for (const term of distinct) {
      const count = this.#counts[term] as number
      if (count >= OFTEN) this.#often.set(this.#pairs.length, count)
      this.#pairs.push(term * 256 + Math.min(count, OFTEN))
      this.#counts[term] = 0
    }
    this.#ends.push(this.#pairs.length)
    this.#lengths.push(words.length)
    this.#words += words.length
    if (words.length > 0) this.#filled++
    return this.#terms.size <= MOST_TERMS && this.#ends.length <= MOST_DOCUMENTS
  }

  /** Documents so far. */
  get size(): number {
    return this.#ends.length
  }

  /**
   * Postings of some words in the documents so far, whose numbers are the places at which they were added: one pass over all pairs.
   * Those that are added meanwhile are not among them.
   */
  async soFar(words: readonly string[], pace: Pace): Promise<ReadonlyMap<string, Postings>> {
    const [filled, averageLength, pairs] = [this.#filled, Math.fround(this.#words / this.#filled), this.#pairs.length]
    const lists = words.map(() => ({ documents: [] as number[], counts: [] as number[] }))
    /** By term: the place of its list, counted from 1. */
    const places = new Uint32Array(this.#terms.size)
    words.forEach((word, i) => {
      const term = this.#terms.get(word)
      if (term !== undefined) places[term] = i + 1
    })
    let document = 0
    for (let from = 0; from < pairs; ) {
      const values = this.#pairs.together(from)
      const to = Math.min(from + values.length, from + pace.most, pairs)
      for (let p = from; p < to; p++) {
        const pair = values[p - from] as number
        const place = places[pair >>> 8] as number
        if (place === 0) continue
        const { documents, counts } = lists[place - 1] as (typeof lists)[number]
        while (this.#ends.at(document) <= p) document++
        const count = pair & 255
        documents.push(document)
        counts.push(count < OFTEN ? count : (this.#often.get(p) as number))
      }
      await pace.did(to - from)
      from = to
    }
    const postings = new Map<string, Postings>()
    for (const [i, { documents, counts }] of lists.entries()) {
      if (documents.length === 0) continue
      const dampings = Float32Array.from(counts, (count, d) =>
        dampingOf(count, inverseNorm(this.#lengths.at(documents[d] as number), averageLength)),
      )
      postings.set(words[i] as string, {
        weight: termWeight(documents.length, filled),
        documents: Uint32Array.from(documents),
        dampings,
        largestDamping: dampings.reduce((a, b) => Math.max(a, b)),
      })
      await pace.did(POSTING * documents.length)
    }
    return postings
  }

  /**
   * @param order documents as they were added, in ascending order of their ids
   * @param step called now and then, with the share that is done
   */
  async write(file: SectionWriter, order: Uint32Array, step: (share: number) => Promise<void>): Promise<void> {
    const averageLength = Math.fround(this.#words / this.#filled)
    const inverses = Float32Array.from(order, (place) => inverseNorm(this.#lengths.at(place), averageLength))
    file.section('index.inverses', bytesOf(inverses))
    const terms = [...this.#terms.keys()].sort()
    writeTexts(file, 'index.terms', terms)
    const ranks = new Uint32Array(terms.length)
    terms.forEach((term, rank) => {
      ranks[this.#terms.get(term) as number] = rank
    })
    const frequencies = this.#frequenciesOf(ranks)
    file.section('index.frequencies', bytesOf(frequencies))
    file.section('index.filled', bytesOf(Uint32Array.of(this.#filled)))

    const bytes = new PostingBytes()
    const ends = new Float64Array(terms.length)
    let written = 0
    for (let first = 0; first < terms.length; ) {
      const last = lastOf(frequencies, first)
      const { postings, starts, often } = this.#ordered(order, ranks, frequencies, first, last)
      for (let rank = first; rank < last; rank++) {
        bytes.begin()
        for (let p = starts[rank - first] as number; p < (starts[rank - first + 1] as number); p++) {
          const posting = postings[p] as number
          const occurrences = posting % 256
          bytes.put(Math.floor(posting / 256), occurrences < OFTEN ? occurrences : (often.get(p) as number))
        }
        ends[rank] = written + bytes.length
        if (bytes.length < CHUNK && rank + 1 < last) continue
        written += bytes.length
        file.write(bytes.take())
      }
      first = last
      await step(first / terms.length)
    }
    file.end('index.postings')
    file.section('index.ends', bytesOf(ends))
  }

  #frequenciesOf(ranks: Uint32Array): Uint32Array {
    const frequencies = new Uint32Array(ranks.length)
    for (let p = 0; p < this.#pairs.length; p++) {
      const rank = ranks[this.#pairs.at(p) >>> 8] as number
      frequencies[rank] = (frequencies[rank] as number) + 1
    }
    return frequencies
  }

  /** Postings of the terms from `first` to before `last`, by term and document. */
  #ordered(order: Uint32Array, ranks: Uint32Array, frequencies: Uint32Array, first: number, last: number) {
    const starts = new Uint32Array(last - first + 1)
    for (let i = 0; i < last - first; i++) starts[i + 1] = (starts[i] as number) + (frequencies[first + i] as number)
    const next = starts.slice()
    const postings = new Uint32Array(starts[last - first] as number)
    const often = new Map<number, number>()
    for (let document = 0; document < order.length; document++) {
      const place = order[document] as number
      const end = this.#ends.at(place)
      for (let p = place === 0 ? 0 : this.#ends.at(place - 1); p < end; p++) {
        const pair = this.#pairs.at(p)
        const rank = ranks[pair >>> 8] as number
        if (rank < first || rank >= last) continue
        const at = next[rank - first] as number
        next[rank - first] = at + 1
        postings[at] = document * 256 + (pair & 255)
        if ((pair & 255) === OFTEN) often.set(at, this.#often.get(p) as number)
      }
    }
    return { postings, starts, often }
  }
}

/** So many terms from `first` on as may be put in order together; at least one. */
function lastOf(frequencies: Uint32Array, first: number): number {
  let last = first
  for (let sum = 0; last < frequencies.length; last++) {
    sum += frequencies[last] as number
    if (sum > AT_ONCE && last > first) break
  }
  return last
}
