import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { analyze } from '../../../../src/environments/webshop/search/analysis.ts'
import { search } from '../../../../src/environments/webshop/search/search.ts'
import { buildIndex, type Document, quantizeLength } from '../../../../src/environments/webshop/search/search-index.ts'

const f = Math.fround

/** BM25 straight from the formula, one document after the other. */
function naiveSearch(documents: readonly Document[], query: string, k: number) {
  const texts = documents.map(({ id, text }) => ({ id, terms: analyze(text) }))
  const filled = texts.filter(({ terms }) => terms.length > 0)
  const average = f(filled.reduce((sum, { terms }) => sum + terms.length, 0) / filled.length)
  const wanted = [...new Set(analyze(query))].map((term) => {
    const df = filled.filter(({ terms }) => terms.includes(term)).length
    const idf = f(Math.log(1 + (filled.length - df + 0.5) / (df + 0.5)))
    return { term, weight: f(analyze(query).filter((t) => t === term).length * idf) }
  })
  const scored = filled.map(({ id, terms }) => {
    let score = 0
    for (const { term, weight } of wanted) {
      const tf = terms.filter((t) => t === term).length
      const relative = f(f(f(0.4) * quantizeLength(terms.length)) / average)
      const inverse = f(1 / f(f(0.9) * f(f(1 - f(0.4)) + relative)))
      if (tf > 0) score += f(weight - f(weight / f(1 + f(tf * inverse))))
    }
    return { id, score: f(score) }
  })
  const hits = scored.filter(({ score }) => score > 0)
  return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, k)
}

test('scores as the formula does by hand', () => {
  const index = buildIndex([
    { id: 'B', text: 'red shoe' },
    { id: 'A', text: 'red red hat' },
    { id: 'C', text: 'blue shoe' },
    { id: 'D', text: '' },
  ])
  // N = 3 (D is empty), avgdl = 7 / 3. For `blue`: df = 1, idf = ln(1 + 2.5 / 1.5) = 0.980829;
  // norm = 0.9 (0.6 + 0.4 * 2 / (7 / 3)) = 0.848571; score = idf / (1 + norm) = 0.530588.
  expect(search(index, 'blue', 50)).toEqual([{ id: 'C', score: expect.closeTo(0.530588, 5) }])
  // For `red`: df = 2, idf = ln(1.6) = 0.470004; A: norm = 1.002857, 2 / 3.002857; B: 1 / 1.848571.
  expect(search(index, 'RED', 50)).toEqual([
    { id: 'A', score: expect.closeTo(0.313038, 5) },
    { id: 'B', score: expect.closeTo(0.254252, 5) },
  ])
})

test('puts equal scores in the order of their ids, and a term counts as often as the query has it', () => {
  const index = buildIndex(['c', 'a', 'b'].map((id) => ({ id, text: 'lamp' })))
  const once = search(index, 'lamp', 2)
  expect(once.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(search(index, 'lamp lamps', 1)[0]?.score).toBeCloseTo(2 * (once[0]?.score ?? 0), 6)
})

test('finds nothing for stop words, unknown words, no hits wanted, or in an empty index', () => {
  const index = buildIndex([{ id: 'a', text: 'the lamp' }])
  expect(search(index, 'the of and', 50)).toEqual([])
  expect(search(index, 'sofa', 50)).toEqual([])
  expect(search(index, 'lamp', 0)).toEqual([])
  expect(search(buildIndex([]), 'lamp', 50)).toEqual([])
})

test('keeps lengths exact to 40 and to four bits beyond', () => {
  for (let length = 0; length <= 40; length++) expect(quantizeLength(length)).toBe(length)
  expect([41, 42, 55, 56, 57, 60, 88, 100, 1000].map(quantizeLength)).toEqual([40, 42, 54, 56, 56, 60, 88, 96, 984])
})

const word = fc.constantFrom('red', 'blue', 'shoe', 'hat', 'lamp', 'men', 'size', 'the', 'oak')
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

test('agrees with a naive scorer on any small corpus', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), text, fc.integer({ min: 1, max: 8 }), (texts, query, k) => {
      const documents = texts.map((content, i) => ({ id: `P${(i * 7) % 20}`, text: content }))
      expect(search(buildIndex(documents), query, k)).toEqual(naiveSearch(documents, query, k))
    }),
  )
})

test('passing over documents that cannot win changes no ranking', () => {
  // Word w is in one of 1 + w / 4 documents: common and rare ones.
  const random = stream(7)
  const documents = Array.from({ length: 5000 }, (_, d) => {
    const words = Array.from({ length: 40 }, (_, w) => w).filter((w) => random.next() < 1 / (1 + w / 4))
    return { id: String(d).padStart(5, '0'), text: [...words, ...words.slice(0, d % 3)].map((w) => `w${w}`).join(' ') }
  })
  const index = buildIndex(documents)
  expect(index.postings('w0')?.documents.length).toBe(5000)
  for (const query of ['w0 w1 w2 w3 w4 w5 w39', 'w38 w37 w0 w1 w2 w3 w4 w5', 'w0 w1 w2 w30 w30 w3 w4 w5 w6 w7']) {
    expect(search(index, query, 10)).toEqual(naiveSearch(documents, query, 10))
  }
})

test('common words still win over a rare word in a very long document', () => {
  const commons = ['sofa', 'lamp', 'sofa lamp', 'chair']
  const documents = Array.from({ length: 16_000 }, (_, d) => ({ id: `d${d}`, text: commons[d % 4] ?? '' }))
  const long = 'chair '.repeat(300)
  documents.push(
    { id: 'short', text: 'rare' },
    { id: 'long 1', text: `rare ${long}` },
    { id: 'long 2', text: `rare ${long}` },
  )
  const hits = search(buildIndex(documents), 'rare sofa lamp', 2)
  expect(hits.map(({ id }) => id)).toEqual(['short', 'd10'])
})
