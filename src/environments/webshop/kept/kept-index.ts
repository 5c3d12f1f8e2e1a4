/** The search index of a kept shop: which terms there are is held, their postings are read when a query has them. */
import { type Postings, type SearchIndex, termWeight } from '../search/search-index.ts'
import { decodePostings } from './posting-code.ts'
import { type Sections, unreadable } from './sections.ts'
import { Texts } from './texts.ts'

/** Postings that are held, eight bytes each, besides those of the term that was asked for last; the oldest go first. */
const MOST_POSTINGS = 2 ** 24

/** @param ids in ascending order @param most postings that are held */
export function openIndex(file: Sections, ids: Texts, most = MOST_POSTINGS): SearchIndex {
  const terms = new Texts(file, 'index.terms')
  const frequencies = new Uint32Array(file.read('index.frequencies').buffer)
  const ends = new Float64Array(file.read('index.ends').buffer)
  const inverses = new Float32Array(file.read('index.inverses').buffer)
  const [filled = 0] = new Uint32Array(file.read('index.filled').buffer)
  const [from] = file.range('index.postings')
  const held = new Map<string, Postings>()
  let count = 0

  function read(word: string): Postings | undefined {
    const term = terms.find(word)
    if (term === -1) return undefined
    const [start, end] = [ends[term - 1] ?? 0, ends[term] ?? 0]
    const df = frequencies[term] ?? 0
    try {
      return decodePostings(file.source.read(from + start, from + end), df, inverses, termWeight(df, filled))
    } catch {
      throw unreadable('The search index')
    }
  }

  return {
    size: ids.size,
    id: (document) => ids.at(document),
    postings(word) {
      const known = held.get(word)
      if (known !== undefined) {
        held.delete(word) // it is the newest again
        held.set(word, known)
        return known
      }
      const postings = read(word)
      if (postings === undefined) return undefined
      for (const [oldest, { documents }] of held) {
        if (count + postings.documents.length <= most) break
        held.delete(oldest)
        count -= documents.length
      }
      held.set(word, postings)
      count += postings.documents.length
      return postings
    },
  }
}
